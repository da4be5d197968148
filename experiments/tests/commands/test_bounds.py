import numpy as np
import pytest
from click.testing import CliRunner

from kmedoids_bench.datasets import datasets, write_matrix
from kmedoids_bench.datasets.optima import BestKnown, best_known
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.papers.bounds import bounds

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
    return CliRunner().invoke(bounds, [*map(str, arguments)])


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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("digitz",), "'digitz' is not a dataset, did you mean 'digits'?"),
        (("digits", "-n", 5000), "n=5000: digits has 1797 objects, choose 1 to 1797"),
        (("digits", "-n", 40, "-k", 40), "-k is 40, must be in 1 .. 39"),
        (("digits", "--seconds", "nan"), "--seconds is nan, must be in 0 .. 1e+09"),
        (("digits", "--seconds", -1), "--seconds is -1.0"),
        (("digits", "--threads", 9999), "threads is 9999, must be in 1 .. "),
    ],
)
def test_a_bad_call_is_one_message(words, message):
    result = run(*words)
    assert (result.exit_code, message in result.output) == (2, True), result.output


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "\0", ",".join(vars(BestKnown)["__annotations__"]) + "\n1,2\n"])
def test_a_file_of_something_else_is_kept(tmp_path, content):
    file = tmp_path / "notes.csv"
    file.write_text(content)
    with pytest.raises(Trouble, match="notes.csv is not a file of best known medoids"):
        bounds.main(["digits", "-n", "40", "--keep", str(file)], standalone_mode=False)
    assert file.read_text() == content


def test_wants_either_datasets_or_a_profile():
    assert "either datasets or a profile" in run().output
