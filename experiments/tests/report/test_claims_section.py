import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.verdicts import REPRODUCED, UNTESTABLE, Bounds, Claim, Criterion
from kmedoids_bench.experiments.exhibits.tables import markdown_text
from kmedoids_bench.experiments.report.claims_section import ShownMeasure, brief, claims_table, show_claims
from kmedoids_bench.experiments.rows.keys import OURS

ABOVE = Criterion("x.y", Bounds(least=10), Bounds(least=5))
CLAIM = Claim(7, "speed", ("A", "Someone 1999"), "It is fast.", "how fast", "12 times", (ABOVE,))
EVIDENCE = pd.DataFrame({"k": [10, 20], "estimate": [11.0, 13.0], "block": ["a", "b"]})


def measures(*code_bases):
    return {"x.y": [Measure(12, Interval(11, 13), 9, "there", name, EVIDENCE) for name in code_bases]}


def test_a_claim_shows_value_criterion_and_what_is_behind_it(tmp_path):
    shown = show_claims([CLAIM], measures(OURS), tmp_path)
    ((group, (one,)),) = shown.groups
    assert (group, one.papers, one.ours.verdict) == ("speed", "SISAP 2019, Someone 1999", REPRODUCED)
    (line,) = one.ours.measures
    assert (line.value, line.criterion, line.n) == ("12.0 [11.0, 13.0]", "at least 10 (direction: at least 5)", 9)
    assert one.file == "tables/claim_07.csv"
    behind = pd.read_csv(tmp_path / "claim_07.csv")
    assert behind["block"].tolist() == ["a", "b"]
    assert behind["measure"].unique().tolist() == ["x.y"]
    assert one.remark == "Decided in our code base only."
    assert shown.tested == 1


def test_what_libraries_say_stands_beside_it(tmp_path):
    low = Measure(3, Interval(2, 4), 9, "there", "other", EVIDENCE)
    found = measures(OURS, "library")
    found["x.y"].append(low)
    ((_, (one,)),) = show_claims([CLAIM], found, tmp_path).groups
    assert one.remark == "The same in library. Elsewhere: other: not reproduced."


def test_what_only_libraries_can_decide_is_said_to_be_decided_there(tmp_path):
    ((_, (one,)),) = show_claims([CLAIM], measures("library"), tmp_path).groups
    assert (one.ours.verdict, one.remark) == (UNTESTABLE, "Decided in libraries only: library: reproduced.")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["12.0 [11.9, 12.1]"], "x 12.0 [11.9, 12.1]"),
        (["1,200 [1,100, 1,300]", "3.1 [3.0, 3.2]", "9"], "x 3.1 to 1,200"),
        (["1", "1 [0.9, 1]"], "x 1"),
    ],
)
def test_of_many_values_the_ends_are_said(values, text):
    assert brief([ShownMeasure("x", "there", value, "", "holds", 9) for value in values]) == text


def test_without_measures_there_is_no_file_left_over(tmp_path):
    show_claims([CLAIM], measures(OURS), tmp_path)
    shown = show_claims([CLAIM], {}, tmp_path)
    ((_, (one,)),) = shown.groups
    assert (one.ours.verdict, one.file, shown.tested) == (UNTESTABLE, "", 0)
    assert not list(tmp_path.glob("claim_*"))


def test_the_table_has_a_line_for_every_code_base(tmp_path):
    table = claims_table(show_claims([CLAIM], measures(OURS, "library"), tmp_path))
    assert table.frame["code_base"].tolist() == [OURS, "library"]
    assert "It is fast." in markdown_text(table)
