import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.publishing.stability import changes, report


@pytest.fixture
def write(tmp_path):
    def write(name, *verdicts):
        folder = tmp_path / name / "tables"
        folder.mkdir(parents=True)
        lines = pd.DataFrame({"claim": range(1, len(verdicts) + 1), "code_base": "ours"})
        lines.assign(verdict=verdicts).to_csv(folder / "claims_verdicts.csv", index=False)
        measures = lines.assign(quantity="study.x", value=1.5, low=1.0, high=2.0)
        measures.to_csv(folder / "claims_measures.csv", index=False)
        return folder.parent

    return write


def test_two_like_runs(write):
    changed = changes(write("a", "reproduced", "undecided"), write("b", "reproduced", "undecided"))
    assert changed.empty
    assert report(changed) == "Both runs decide every claim alike.\n"


def test_only_a_change_of_what_was_decided_counts(write):
    before = write("a", "reproduced", "undecided", "not testable", "not reproduced")
    after = write("b", "undecided", "reproduced", "reproduced", "not reproduced")
    changed = changes(before, after)
    assert changed["claim"].tolist() == [1, 2, 3]
    assert changed["decided"].tolist() == [True, False, False]
    assert "claim 1 in ours: reproduced (x 1.50 [1.00, 2.00]), then undecided (x 1.50 [1.00, 2.00])\n" in report(
        changed
    )
    assert report(changed).endswith("1 decided verdict changed.\n")


def test_tables_of_something_else_are_named(write):
    folder = write("a", "reproduced")
    for content in ("", "a,b\n1,2\n", "\0\n1\n", '"'):
        (folder / "tables" / "claims_measures.csv").write_text(content)
        with pytest.raises(Trouble, match="a/tables is not a folder of tables of this version"):
            changes(folder, folder)


def test_a_folder_without_verdicts(write, tmp_path):
    with pytest.raises(FileNotFoundError, match="claims_verdicts"):
        changes(write("a", "reproduced"), tmp_path)
