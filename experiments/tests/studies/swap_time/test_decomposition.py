import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.code_bases import code_bases, counters
from kmedoids_bench.experiments.studies.swap_time.decomposition import decomposition, smallest


def split(records):
    rows = rows_frame(records).assign(result_class="x")
    bases = code_bases(problems_of(rows))
    return bases, decomposition(bases, counters(rows))


def both(factory, k, count=6, **fields):
    """PAM evaluates five times as many candidates, each of which costs it k times as much."""
    for number in range(count):
        yield factory.record(k=k, round=number, seconds=5.0 * k, n_evaluations=5000, **fields)
        yield factory.record(
            k=k, round=number, seconds=1.0, n_evaluations=1000, algorithm="fasterpam", medoids=[8, 9], **fields
        )


def test_the_product_is_the_speed_up(factory):
    _, lines = split([*both(factory, 10), *both(factory, 100)])
    assert lines["speedup"].tolist() == pytest.approx([50, 500])
    assert lines["cheaper"].tolist() == pytest.approx([10, 100])
    assert lines["fewer"].tolist() == pytest.approx([5, 5])
    assert lines["fewer_low"].tolist() == pytest.approx([5, 5])
    assert lines["cheaper_low"].tolist() == pytest.approx([10, 100])
    assert lines["n_pairs"].tolist() == [6, 6]
    assert lines["block"].str.len().tolist() == [16, 16]


def test_the_smallest_factor_is_the_measure(factory):
    (base,), lines = split([*both(factory, 10), *both(factory, 100)])
    measure = smallest(base, lines, "cheaper")
    assert (measure.value, measure.low, measure.n) == pytest.approx((10, 10, 6))
    assert measure.where.endswith("k = 10 to 100, smallest at k = 10")
    assert smallest(base, lines[:0], "cheaper") is None


def test_fewer_candidates_of_several_starts(factory):
    records = [one for seed in range(4) for one in both(factory, 10, start="random", seed=seed)]
    _, lines = split(records)
    assert (lines["starts"].item(), lines["fewer"].item()) == (4, pytest.approx(5))


def test_without_pam_s_time_its_candidates_are_those_of_fastpam1(factory):
    records = [one for one in both(factory, 10) if one["algorithm"] != "pam"]
    cut = factory.failure("timeout", "cut", k=10, limit_seconds=9.0)
    twin = factory.record(k=10, algorithm="fastpam1", n_evaluations=5000)
    _, lines = split([*records, cut, twin])
    line = lines[lines["algorithm"] == "fasterpam"].iloc[0]
    assert line["fewer"] == 5
    assert line[["speedup", "cheaper"]].isna().all()


def test_a_library_with_another_result_has_no_factors(factory):
    lib = {"implementation": "lib", "tier": "library"}
    records = [*both(factory, 10), *both(factory, 10, **lib)]
    _, lines = split(records)
    assert set(lines["implementation"]) == {"kmedoids_bench", "lib"}
    other = [one | ({"medoids": [6, 7]} if one["implementation"] == "lib" else {}) for one in records]
    _, lines = split(other)
    assert set(lines["implementation"]) == {"kmedoids_bench"}


def test_nothing_of_nothing():
    assert decomposition([], counters(rows_frame([]).assign(result_class=None))).empty
