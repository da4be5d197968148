import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of, speedups
from kmedoids_bench.experiments.rows.reading import rows_frame

OURS = {"implementation": "kmedoids_bench", "order": "C", "tier": "plain"}
LIBRARY_C = {"implementation": "lib", "order": "C", "tier": "library"}
LIBRARY_F = {"implementation": "lib", "order": "F", "tier": "library"}


def runs(factory, seconds, count=6, **fields):
    return [factory.record(seconds=seconds, round=number, **fields) for number in range(count)]


def lines_of(records):
    return speedups(problems_of(rows_frame(records)), "pam").to_dict("records")


@pytest.fixture
def records(factory):
    """One problem: ours 10 and 1 s; the library 40 and 8 s in order C, 30 and 2 s in order F."""
    out = []
    for who, pam, fasterpam in ((OURS, 10, 1), (LIBRARY_C, 40, 8), (LIBRARY_F, 30, 2)):
        out += runs(factory, pam, algorithm="pam", **who) + runs(factory, fasterpam, algorithm="fasterpam", **who)
    return out


def by_code_base(records):
    return {(line["implementation"], line["order"]): line for line in lines_of(records)}


def test_speedup_stays_within_implementation_and_order(records):
    found = by_code_base(records)
    assert {key: line["estimate"] for key, line in found.items()} == pytest.approx(
        {("kmedoids_bench", "C"): 10, ("lib", "C"): 5, ("lib", "F"): 15}
    )
    assert found["lib", "F"]["baseline"] == "lib/pam/F"
    assert found["lib", "F"]["n_pairs"] == 6


def test_faster_order_is_marked(records):
    found = by_code_base(records)
    assert {key: line["faster_order"] for key, line in found.items()} == {
        ("kmedoids_bench", "C"): True,
        ("lib", "C"): False,
        ("lib", "F"): True,
    }


def test_cut_baseline_gives_a_bound(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", limit_seconds=10.0)
    (line,) = lines_of([cut, *runs(factory, 0.05, algorithm="fasterpam")])
    assert pd.isna(line["estimate"])
    assert line["bound"] == pytest.approx(200)
    assert line["note"] == "> 200"


@pytest.mark.parametrize(
    ("status", "limit", "note"),
    [("crash", 10.0, "pam crash"), ("timeout", None, "pam cut"), ("skipped", 10.0, "pam skipped")],
)
def test_baseline_that_failed_otherwise_gives_a_reason(factory, status, limit, note):
    bad = factory.failure(status, "why", algorithm="pam", limit_seconds=limit)
    (line,) = lines_of([bad, *runs(factory, 0.05, algorithm="fasterpam")])
    assert pd.isna(line["bound"])
    assert line["note"] == note


def test_both_sides_cut_names_both(factory):
    bad = [factory.failure("timeout", "cut", algorithm=name, limit_seconds=10.0) for name in ("pam", "fasterpam")]
    (line,) = lines_of(bad)
    assert line["note"] == "fasterpam cut at 10 s; pam cut at 10 s"


def test_no_line_without_a_baseline_or_for_the_baseline_itself(factory):
    assert lines_of(runs(factory, 1.0, algorithm="fasterpam")) == []
    assert lines_of(runs(factory, 1.0, algorithm="pam")) == []


def test_seeds_are_pooled_and_problems_are_not(factory):
    records = []
    for fields in ({"block": "b1", "seed": 0}, {"block": "b2", "seed": 1}, {"block": "b3", "k": 50}):
        records += runs(factory, 10, algorithm="pam", **fields) + runs(factory, 1, algorithm="fasterpam", **fields)
    found = speedups(problems_of(rows_frame(records)), "pam")
    assert found[["k", "n_pairs", "n_runs"]].values.tolist() == [[2, 12, 6], [50, 6, 3]]


def test_nothing_measured_gives_an_empty_table():
    assert problems_of(rows_frame([])) == []
    frame = speedups([], "pam")
    assert frame.empty
    assert {"estimate", "bound", "note"} <= set(frame)


def test_a_problem_of_which_only_results_were_asked_is_a_cell_without_times(factory):
    untimed = rows_frame([factory.record(seconds=None, k=7), factory.record(seconds=1.0, k=5)])
    found = {problem.key["k"]: problem.times for problem in problems_of(untimed)}
    assert found[7] == {}
    assert set(found[5]) == {"kmedoids_bench/pam/C"}
