import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.speedups import cells, overview, speedups, versus, versus_overall
from kmedoids_bench.experiments.rows.reading import rows_frame

OURS = {"implementation": "kmedoids_bench", "order": "C", "tier": "plain"}
LIBRARY_C = {"implementation": "lib", "order": "C", "tier": "library"}
LIBRARY_F = {"implementation": "lib", "order": "F", "tier": "library"}


def runs(factory, seconds, count=6, **fields):
    return [factory.record(seconds=seconds, round=number, **fields) for number in range(count)]


@pytest.fixture
def records(factory):
    """One cell: ours 10 and 1 s; the library 40 and 8 s in order C, 30 and 2 s in order F."""
    out = []
    for who, pam, fasterpam in ((OURS, 10, 1), (LIBRARY_C, 40, 8), (LIBRARY_F, 30, 2)):
        out += runs(factory, pam, algorithm="pam", **who) + runs(factory, fasterpam, algorithm="fasterpam", **who)
    return out


def lines(frame):
    return {(line["implementation"], line["order"]): line for line in frame.to_dict("records")}


def test_speedup_stays_within_implementation_and_order(records):
    found = lines(speedups(cells(rows_frame(records)), "pam"))
    assert {key: line["estimate"] for key, line in found.items()} == pytest.approx(
        {("kmedoids_bench", "C"): 10, ("lib", "C"): 5, ("lib", "F"): 15}
    )
    assert found["lib", "F"]["baseline"] == "lib/pam/F"
    assert found["lib", "F"]["n_pairs"] == 6


def test_faster_order_is_marked(records):
    found = lines(speedups(cells(rows_frame(records)), "pam"))
    assert {key: line["faster_order"] for key, line in found.items()} == {
        ("kmedoids_bench", "C"): True,
        ("lib", "C"): False,
        ("lib", "F"): True,
    }


def test_cut_baseline_gives_a_bound(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", limit_seconds=10.0)
    (line,) = speedups(cells(rows_frame([cut, *runs(factory, 0.05, algorithm="fasterpam")])), "pam").to_dict("records")
    assert pd.isna(line["estimate"])
    assert line["bound"] == pytest.approx(200)
    assert line["note"] == "> 200"


@pytest.mark.parametrize(
    ("status", "limit", "note"),
    [("crash", 10.0, "pam crash"), ("timeout", None, "pam cut"), ("skipped", 10.0, "pam skipped")],
)
def test_baseline_that_failed_otherwise_gives_a_reason(factory, status, limit, note):
    bad = factory.failure(status, "why", algorithm="pam", limit_seconds=limit)
    (line,) = speedups(cells(rows_frame([bad, *runs(factory, 0.05, algorithm="fasterpam")])), "pam").to_dict("records")
    assert pd.isna(line["bound"])
    assert line["note"] == note


def test_both_sides_cut_names_both(factory):
    bad = [factory.failure("timeout", "cut", algorithm=name, limit_seconds=10.0) for name in ("pam", "fasterpam")]
    (line,) = speedups(cells(rows_frame(bad)), "pam").to_dict("records")
    assert line["note"] == "fasterpam cut at 10 s; pam cut at 10 s"


def test_no_line_without_a_baseline_or_for_the_baseline_itself(factory):
    assert speedups(cells(rows_frame(runs(factory, 1.0, algorithm="fasterpam"))), "pam").empty
    assert speedups(cells(rows_frame(runs(factory, 1.0, algorithm="pam"))), "pam").empty


def test_seeds_are_pooled_and_problems_are_not(factory):
    records = []
    for fields in ({"block": "b1", "seed": 0}, {"block": "b2", "seed": 1}, {"block": "b3", "k": 50}):
        records += runs(factory, 10, algorithm="pam", **fields) + runs(factory, 1, algorithm="fasterpam", **fields)
    found = speedups(cells(rows_frame(records)), "pam")
    assert found[["k", "n_pairs", "n_runs"]].values.tolist() == [[2, 12, 2], [50, 6, 1]]


def test_versus_is_library_time_over_ours(records):
    found = versus(cells(rows_frame(records)))
    wanted = {("pam", "C"): 4, ("pam", "F"): 3, ("fasterpam", "C"): 8, ("fasterpam", "F"): 2}
    assert {(line.algorithm, line.order): line.estimate for line in found.itertuples()} == pytest.approx(wanted)


def test_versus_takes_the_plain_tier(factory, records):
    tuned = runs(factory, 0.01, algorithm="fasterpam", implementation="kmedoids_bench", order="C", tier="tuned")
    with_tuned = [record for record in records if record["algorithm"] == "pam"] + tuned
    assert set(versus(cells(rows_frame(with_tuned)))["algorithm"]) == {"pam"}


def test_versus_overall_takes_the_faster_order_of_each_cell(factory, records):
    second = []
    for who, seconds in ((OURS, 1), (LIBRARY_C, 8), (LIBRARY_F, 9)):  # here order C is the faster one
        second += runs(factory, seconds, algorithm="fasterpam", block="b2", k=50, **who)
    found = versus_overall(cells(rows_frame(records + second))).set_index("algorithm").loc["fasterpam"]
    assert found["estimate"] == pytest.approx(4)  # geometric mean of 2 and 8
    assert (found["cells"], found["orders"]) == (2, "C in 1, F in 1")
    assert (found["lowest"], found["highest"]) == pytest.approx((2, 8))


def test_overview_puts_a_code_base_on_one_line(records):
    measured = cells(rows_frame(records))
    found = lines(overview(measured, speedups(measured, "pam"), "pam", "fasterpam"))
    assert set(found) == {("kmedoids_bench", "C"), ("lib", "F")}
    line = found["lib", "F"]
    assert (line["pam_seconds"], line["fasterpam_seconds"], line["n_pairs"]) == (30, 2, 6)
    assert line["fasterpam_estimate"] == pytest.approx(15)


def test_nothing_measured_gives_empty_tables():
    measured = cells(rows_frame([]))
    gained = speedups(measured, "pam")
    for frame in (gained, versus(measured), versus_overall(measured), overview(measured, gained, "pam", "fasterpam")):
        assert frame.empty
        assert len(frame.columns) > 5


def test_a_problem_of_which_only_results_were_asked_is_a_cell_without_times(factory):
    untimed = rows_frame([factory.record(seconds=None, k=7), factory.record(seconds=1.0, k=5)])
    found = {cell.problem["k"]: cell.times for cell in cells(untimed)}
    assert found[7] == {}
    assert set(found[5]) == {"kmedoids_bench/pam/C"}


def test_the_same_frame_is_split_once_and_another_one_anew(records):
    rows = rows_frame(records)
    assert cells(rows) is cells(rows)
    assert cells(rows.copy()) is not cells(rows)
    assert len(cells(rows_frame([]))) == 0
