import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.libraries import match_libraries, versus, versus_overall

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


def matched(records):
    return match_libraries(problems_of(rows_frame(records)))


def test_versus_is_library_time_over_ours(records):
    frame = versus(matched(records))
    estimates = {(line.algorithm, line.order): line.estimate for line in frame.itertuples()}
    assert estimates == pytest.approx({("pam", "C"): 4, ("pam", "F"): 3, ("fasterpam", "C"): 8, ("fasterpam", "F"): 2})
    assert set(frame["note"]) == {""}


def test_a_library_that_failed_has_a_note_instead_of_a_ratio(factory):
    failure = factory.failure("crash", "why", **LIBRARY_C, algorithm="pam")
    (line,) = versus(matched([*runs(factory, 1, algorithm="pam", **OURS), failure])).to_dict("records")
    assert (line["n_pairs"], line["note"]) == (0, "pam crash")


def test_versus_takes_the_plain_tier(factory, records):
    tuned = runs(factory, 0.01, algorithm="fasterpam", implementation="kmedoids_bench", order="C", tier="tuned")
    with_tuned = [record for record in records if record["algorithm"] == "pam"] + tuned
    assert set(versus(matched(with_tuned))["algorithm"]) == {"pam"}


def test_versus_overall_takes_the_faster_order_of_each_cell(factory, records):
    second = []
    for who, seconds in ((OURS, 1), (LIBRARY_C, 8), (LIBRARY_F, 9)):  # here order C is the faster one
        second += runs(factory, seconds, algorithm="fasterpam", block="b2", k=50, **who)
    line = versus_overall(matched(records + second)).set_index("algorithm").loc["fasterpam"]
    assert line["estimate"] == pytest.approx(4)  # geometric mean of 2 and 8
    assert (line["cells"], line["orders"]) == (2, "C in 1, F in 1")
    assert (line["lowest"], line["highest"]) == pytest.approx((2, 8))


def test_without_libraries_the_tables_are_empty():
    for frame in (versus([]), versus_overall([])):
        assert frame.empty
        assert "estimate" in frame
