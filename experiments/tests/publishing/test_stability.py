import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.publishing.stability import changes, numbers, page, report

NOTHING = pd.DataFrame({"what": []})


@pytest.fixture
def write(tmp_path):
    def write(name, *verdicts, value=1.5):
        folder = tmp_path / name / "tables"
        folder.mkdir(parents=True)
        lines = pd.DataFrame({"claim": range(1, len(verdicts) + 1), "code_base": "ours"})
        lines.assign(verdict=verdicts, statement="It is <fast>.").to_csv(folder / "claims_verdicts.csv", index=False)
        measures = lines.assign(quantity="study.x", value=value, low=value - 0.5, high=value + 0.5)
        measures["where"] = [f"digits, k = {line}" for line in lines["claim"]]
        measures.to_csv(folder / "claims_measures.csv", index=False)
        return folder.parent

    return write


def test_two_like_runs(write):
    changed = changes(write("a", "reproduced", "undecided"), write("b", "reproduced", "undecided"))
    assert changed.empty
    assert report(changed, NOTHING) == "Both runs decide every claim alike.\n"


def test_only_a_change_of_what_both_decided_is_a_contradiction(write):
    before = write("a", "reproduced", "undecided", "not testable", "not reproduced", "reproduced")
    after = write("b", "undecided", "reproduced", "reproduced", "not reproduced", "not reproduced")
    changed = changes(before, after)
    assert changed["claim"].tolist() == [1, 2, 3, 5]
    assert changed["decided"].tolist() == [True, False, False, True]
    assert changed["contradicted"].tolist() == [False, False, False, True]
    assert "claim 1 in ours: reproduced (x 1.50 [1.00, 2.00]), then undecided (x 1.50 [1.00, 2.00])\n" in report(
        changed, NOTHING
    )
    said = "decided: 1 decided otherwise by the second, 1 not decided by it.\n"
    assert report(changed, NOTHING).endswith(said)


def test_what_one_run_does_not_decide_any_more_has_changed(write):
    changed = changes(write("a", "reproduced", "reproduced"), write("b", "reproduced"))
    assert changed[["claim", "verdict_after", "values_after", "decided"]].to_numpy().tolist() == [
        [2, "not testable", "not measured", True]
    ]
    text = page(write("c", "undecided"), write("d", "undecided", "reproduced"))
    assert text.count("It is &lt;fast&gt;.") == 2


def test_tables_of_something_else_are_named(write):
    folder = write("a", "reproduced")
    for content in ("", "a,b\n1,2\n", "\0\n1\n", '"'):
        (folder / "tables" / "claims_measures.csv").write_text(content)
        with pytest.raises(Trouble, match="a/tables is not a folder of tables of this version"):
            changes(folder, folder)


def test_a_folder_without_verdicts(write, tmp_path):
    with pytest.raises(FileNotFoundError, match="claims_verdicts"):
        changes(write("a", "reproduced"), tmp_path)


@pytest.mark.parametrize(("value", "within", "apart"), [(1.9, True, False), (2.4, False, False), (2.6, False, True)])
def test_numbers_of_two_runs(write, value, within, apart):
    before, after = write("a", "reproduced"), write("b", "reproduced", "reproduced", value=value)
    compared = numbers(before, after)
    assert compared[["where", "within", "apart"]].to_numpy().tolist() == [
        ["ours, study.x, digits, k = 1", within, apart]
    ]  # the second claim has no number in the first run
    said = report(changes(before, after), compared).splitlines()[-1]
    assert said == (
        f"Measures of claims: 1 number. Of the second run's, {100 if within else 0} % lie in the interval of the "
        f"first; {100 if apart else 0} % of the intervals are disjoint."
    )


def test_a_page_sets_both_side_by_side(write):
    text = page(write("a", "reproduced"), write("b", "undecided", value=2.6))
    assert "It is &lt;fast&gt;." in text
    assert "undecided: 0, then 1" in text
    assert "<td>no</td><td>yes</td>" in text
