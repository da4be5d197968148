import pytest
from click.testing import CliRunner

from kmedoids_bench.experiments.tools.bounds import main


@pytest.mark.proof  # compiles the kernels of the bounds for a matrix in a file
def test_shows_the_gap_and_the_proven_optimum(tmp_path):
    result = CliRunner().invoke(main, ["digits", "-n", "60", "-k", "2", "-k", "5", "--matrices", str(tmp_path)])
    assert result.exit_code == 0, result.output
    heading, *lines = result.output.splitlines()
    assert len(lines) == 2
    for line, k in zip(lines, (2, 5), strict=True):
        name, shown, loss, above, percent, bound, *_ = line.split()
        assert (name, shown, percent) == ("digits", str(k), "%")
        assert float(bound) <= float(loss) * (1 + 1e-8)
        assert float(above) == pytest.approx(100 * (float(loss) / float(bound) - 1), abs=1e-3)
        assert "proven" in line


def test_names_an_unknown_dataset():
    result = CliRunner().invoke(main, ["nothing"])
    assert result.exit_code == 2
    assert "there is no dataset 'nothing'" in result.output
