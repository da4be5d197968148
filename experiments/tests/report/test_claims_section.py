from dataclasses import replace

import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.reading import Bounds, Claim, Criterion
from kmedoids_bench.experiments.claims.verdicts import REPRODUCED, UNTESTABLE, VERDICTS
from kmedoids_bench.experiments.exhibits.tables import markdown_text
from kmedoids_bench.experiments.report.claims_section import (
    claims_tables,
    decide_claims,
    measured_in_words,
    on_the_page,
)
from kmedoids_bench.experiments.report.outputs import Outputs
from kmedoids_bench.experiments.rows.keys import OURS

QUANTITY = "swap_time.fasterpam_at_100"
ABOVE = Criterion(measure=QUANTITY, least=10, direction=Bounds(least=5))
CLAIM = Claim(
    id=7,
    group="speed",
    papers=("A", "Someone 1999"),
    source="abstract",
    statement="It is fast.",
    quantity="how fast",
    printed="12 times",
    printed_in="the abstract",
    criteria=(ABOVE,),
)
EVIDENCE = pd.DataFrame({"k": [10, 20], "estimate": [11.0, 13.0], "block": ["a", "b"]})


def measures(*code_bases):
    return {QUANTITY: [Measure(12, Interval(11, 13), 9, "there", name, EVIDENCE) for name in code_bases]}


def test_a_claim_has_a_file_with_what_is_behind_it(tmp_path):
    (one,) = decide_claims([CLAIM], measures(OURS), Outputs(tmp_path))
    assert (one.papers, one.ours.verdict) == ("SISAP 2019, Someone 1999", REPRODUCED)
    assert one.file == "tables/claim_07.csv"
    evidence = pd.read_csv(tmp_path / one.file)
    assert evidence["block"].tolist() == ["a", "b"]
    assert evidence["measure"].unique().tolist() == [QUANTITY]
    assert one.remark == "Decided in our code base only."


def test_the_verdicts_of_libraries_are_beside_ours(tmp_path):
    low = Measure(3, Interval(2, 4), 9, "there", "other", EVIDENCE)
    some = measures(OURS, "library")
    some[QUANTITY].append(low)
    (one,) = decide_claims([CLAIM], some, Outputs(tmp_path))
    assert one.remark == "Same verdict in library. Different verdicts: not reproduced in other."


def test_a_claim_that_only_libraries_decide(tmp_path):
    (one,) = decide_claims([CLAIM], measures("library"), Outputs(tmp_path))
    assert (one.ours.verdict, one.remark) == (UNTESTABLE, "Decided in libraries only: library: reproduced.")


def test_without_measures_there_is_no_file(tmp_path):
    (one,) = decide_claims([CLAIM], {}, Outputs(tmp_path))
    assert (one.ours.verdict, one.file) == (UNTESTABLE, "")
    assert not list(tmp_path.rglob("claim_*"))


def test_groups_and_counts(tmp_path):
    other = replace(CLAIM, id=8, group="quality")
    decided = decide_claims([CLAIM, other, replace(CLAIM, id=9)], measures(OURS), Outputs(tmp_path))
    shown = on_the_page(decided)
    groups = [(name, [one.claim.id for one in members]) for name, members in shown["groups"]]
    assert groups == [("speed", [7, 9]), ("quality", [8])]
    assert dict(shown["counts"])[REPRODUCED] == 3
    assert dict(shown["sources"])["abstract"][VERDICTS.index(REPRODUCED)] == 3


def test_tables_have_a_line_for_every_code_base_and_for_every_number(tmp_path):
    tables = claims_tables(decide_claims([CLAIM], measures(OURS, "library"), Outputs(tmp_path)))
    assert tables["verdicts"].frame["code_base"].tolist() == [OURS, "library"]
    assert "It is fast." in markdown_text(tables["verdicts"])
    numbers = tables["measures"].frame
    assert numbers[["claim", "value", "low", "high", "n"]].to_numpy().tolist() == [[7, 12, 11, 13, 9]] * 2
    assert numbers[["quantity", "unit"]].drop_duplicates().to_numpy().tolist() == [[QUANTITY, "ratio"]]
    assert set(numbers["criterion"]) == {"at least 10 (direction: at least 5)"}
    assert "12.0 [11.0, 13.0]" in markdown_text(tables["measures"])
    assert claims_tables([])["measures"].frame.empty


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([(12, 11, 13)], ""),
        (
            [(7, 6, 8), (12, 11, 13)],
            "7.00 [6.00, 8.00] (there); the criterion is at least 10. The direction is as claimed.",
        ),
        ([(7, 6, 8), (3, 2, 4)], "3.00 [2.00, 4.00] (there); the criterion is at least 10."),
        ([(10, 9, 11)], "the interval of 10.0 [9.0, 11.0] (there) contains a bound of the criterion, at least 10"),
        ([], "not measured in kmedoids_bench under this profile: Time of PAM over the time of FasterPAM on plants"),
    ],
    ids=["reproduced", "in direction only", "not reproduced", "undecided", "not testable"],
)
def test_why_a_claim_is_not_reproduced(tmp_path, values, why):
    some = [Measure(value, Interval(low, high), 9, "there", OURS, EVIDENCE) for value, low, high in values]
    (one,) = decide_claims([CLAIM], {QUANTITY: some}, Outputs(tmp_path))
    assert one.why.startswith(why) if why else one.why == ""


def test_what_was_measured_in_words(tmp_path):
    (one,) = decide_claims([CLAIM], measures(OURS), Outputs(tmp_path))
    words = "Time of PAM over the time of FasterPAM on plants texture, k = 100: 12.0 [11.0, 13.0]"
    assert measured_in_words(one.ours) == words
    assert measured_in_words(one.ours, criteria=True) == f"{words} (criterion: at least 10)"
    several = {QUANTITY: [*measures(OURS)[QUANTITY], Measure(40, Interval(39, 41), 9, "here", OURS, EVIDENCE)]}
    (one,) = decide_claims([CLAIM], several, Outputs(tmp_path))
    assert measured_in_words(one.ours).endswith("k = 100: 12.0 to 40.0")
