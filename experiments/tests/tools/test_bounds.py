import numpy as np
import pytest
from click.testing import CliRunner

from kmedoids_bench.datasets import datasets, write_matrix
from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.experiments.tools.bounds import main

PROFILE = """
profile: few
title: "Two sizes"
studies:
  agreement:
    grids:
      - {datasets: [digits], n: [40, 60], k: [2], starts: [build]}
      - {datasets: [digits], n: 60, k: [3, 60], starts: [build]}
limits: {call_seconds: 1, memory_gib: 1}
repetitions: {series: 1, rounds: 1, seconds: 1}
"""


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


# Both compile the kernels of the bounds for a matrix in a file.
@pytest.mark.proof
def test_shows_the_gap_and_the_proven_optimum(tmp_path):
    result = run("digits", "-n", 60, "-k", 2, "-k", 5, "--matrices", tmp_path)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert len(lines) == 2
    for line, k in zip(lines, (2, 5), strict=True):
        assert line.startswith(f"digits (n = 60), k = {k}: the loss of FasterPAM, ")
        assert " % above the optimum (certificate: " in line
        assert "proven optimal" in line


@pytest.mark.proof
def test_what_is_kept_is_not_looked_for_again(tmp_path):
    (tmp_path / "few.yaml").write_text(PROFILE)
    file = tmp_path / "optima.csv"
    arguments = ("--profile", tmp_path / "few.yaml", "--matrices", tmp_path, "--keep", file)
    first = run(*arguments)
    assert first.exit_code == 0, first.output
    known = best_known(file)
    assert sorted((one.n, one.k) for one in known.values()) == [(40, 2), (60, 2), (60, 3)]  # 60 of 60: no question
    matrix = write_matrix(datasets()["digits"], tmp_path, n=60)
    one = known[matrix.sha256, 3]
    assert one.proven
    assert one.loss == pytest.approx(np.load(matrix.path)[list(one.medoids)].min(axis=0).sum(dtype=float))
    assert run(*arguments).output == ""


def test_names_an_unknown_dataset():
    result = run("nothing")
    assert result.exit_code == 2
    assert "there is no dataset 'nothing'" in result.output


def test_wants_either_datasets_or_a_profile():
    assert "either datasets or a profile" in run().output
