import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.code_bases import code_bases, counters, per_count

NOTHING = rows_frame([])[:0]


def base_of(rows, implementation="kmedoids_bench", dataset="digits", start="build"):
    (found,) = (
        base
        for base in code_bases(problems_of(rows))
        if (base.implementation, base.line["dataset"], base.line["start"]) == (implementation, dataset, start)
    )
    return found


def timed(factory, algorithm, k, seconds, count=8, noise=0.0, **fields):
    for number in range(count):
        jitter = float(np.exp(noise * factory.rng.normal()))
        yield factory.record(algorithm=algorithm, k=k, seconds=seconds * jitter, round=number, **fields)


def test_one_code_base_for_each_place_and_implementation_at_its_faster_order(rows):
    bases = code_bases(problems_of(rows))
    assert sum(base.implementation in ("kmedoids_bench", "kmedoids_055") for base in bases) == 8
    assert {base.order for base in bases if base.implementation == "kmedoids_055"} == {"F"}
    assert base_of(rows).names[100, "fasterpam"] == "kmedoids_bench/fasterpam/C"
    assert {2, 5, 10, 20, 50, 100} <= set(base_of(rows).problems)


def test_variants_whole_calls_with_own_starts_and_tuned_kernels_stay_out(factory):
    more = ({"setting": "tolerance=0"}, {"own_start": "build"}, {"tier": "tuned"})
    records = [factory.record(contender=f"odd {number}", **fields) for number, fields in enumerate(more)]
    (base,) = code_bases(problems_of(rows_frame([*records, factory.record()])))
    assert list(base.names.values()) == ["kmedoids_bench/pam/C"]


def test_a_planted_slope_is_found(factory):
    records = []
    for k in (2, 10, 20, 50, 100):
        records += timed(factory, "pam", k, 0.3 * k**0.9, noise=0.02)
        records += timed(factory, "fastpam1", k, 0.3, noise=0.02)
    base = base_of(rows_frame(records))
    measure = base.over_k("fastpam1", least=10).slope()
    assert measure.value == pytest.approx(0.9, abs=0.02)
    assert measure.low < 0.9 < measure.high
    assert measure.n == 32
    assert measure.where == "digits (n = 1,797, euclidean), start BUILD, k = 10 to 100"
    assert measure.evidence["k"].tolist() == [10, 20, 50, 100]
    assert set(measure.evidence["compared"]) == {"pam / fastpam1"}
    assert base.over_k("fastpam1").slope(10) == measure
    assert base.over_k("fastpam1", least=50).slope() is None


def test_k_that_were_not_compared_are_not_claimed(factory):
    records = [one for k in (10, 20, 50) for one in timed(factory, "pam", k, 1.0)]
    records += [one for k in (10, 50) for one in timed(factory, "fastpam1", k, 1.0)]
    base = base_of(rows_frame(records))
    assert base.over_k("fastpam1").growth(10, 50).where.endswith("k = 10, 50")


def test_ratio_and_growth(factory):
    records = [*timed(factory, "pam", 100, 4.0), *timed(factory, "pam", 200, 12.0)]
    records += [*timed(factory, "fasterpam", 100, 0.01), *timed(factory, "fasterpam", 200, 0.015)]
    base = base_of(rows_frame(records))
    gains = base.over_k("fasterpam")
    assert gains.ratio(100).value == pytest.approx(400)
    assert gains.ratio(50) is gains.growth(50, 100) is None
    growth = gains.growth(100, 200)
    assert (growth.value, growth.low, growth.high) == pytest.approx((2, 2, 2))
    least = gains.smallest_exponent()
    assert least.value == least.low == least.high == pytest.approx(1)
    assert least.where.endswith("k = 100 to 200, smallest of the 1 steps from k = 100 to 200")
    assert dict(gains.each_k()) == {k: gains.ratio(k) for k in (100, 200)}
    assert growth.evidence["block"].str.len().tolist() == [16, 16]


def test_a_long_step_does_not_hide_a_short_one_in_which_the_gain_grows_less(factory):
    records = []
    for k, gain in ((10, 10), (90, 60), (180, 110)):  # powers of 0.82 and 0.87
        records += [*timed(factory, "pam", k, float(gain)), *timed(factory, "fastpam1", k, 1.0)]
    least = base_of(rows_frame(records)).over_k("fastpam1").smallest_exponent()
    assert least.value == pytest.approx(np.log(6) / np.log(9))
    assert "k = 10, 90" in least.where or "k = 10 to 90" in least.where


def test_a_growth_from_few_series_has_no_interval(factory):
    records = [*timed(factory, "pam", 200, 12.0), *timed(factory, "fasterpam", 200, 0.015)]
    for number, seconds in enumerate((4.0, 4.1)):
        records.append(factory.record(algorithm="pam", k=100, seconds=seconds, round=number))
        records.append(factory.record(algorithm="fasterpam", k=100, seconds=0.01, round=number))
    growth = base_of(rows_frame(records)).over_k("fasterpam").growth(100, 200)
    assert growth.low is None
    assert growth.interval.why_none == "2 series, 3 needed"


def test_libraries_have_the_counters_of_ours_only_with_the_same_medoids(factory):
    lib = {"implementation": "lib", "tier": "library", "n_passes": None, "n_evaluations": None}
    records = [
        factory.record(algorithm="fasterpam", n_evaluations=700),
        factory.record(algorithm="fasterpam", **lib),
        factory.record(algorithm="fasterpam", order="F", **lib, medoids=[1, 2]),
        factory.record(algorithm="fasterpam", **(lib | {"implementation": "no promise"})),
    ]
    rows = rows_frame(records)
    promises = rows["implementation"].map({"kmedoids_bench": "fasterpam", "lib": "fasterpam"})
    counted = counters(rows.assign(result_class=promises))["n_evaluations"]
    assert counted.iloc[0].to_dict() == {"kmedoids_bench/fasterpam/C": 700, "lib/fasterpam/C": 700}
    assert list(counters(rows.assign(result_class=None))["n_evaluations"]) == ["kmedoids_bench/fasterpam/C"]


def test_a_library_s_pam_may_be_counted_by_our_fastpam1(factory):
    lib = {"implementation": "lib", "tier": "library", "n_evaluations": None}
    rows = rows_frame([factory.record(algorithm="fastpam1", n_evaluations=900), factory.record(**lib)])
    counted = counters(rows.assign(result_class="pam"))["n_evaluations"]
    assert counted["lib/pam/C"].tolist() == [900]


def test_time_per_count(factory):
    rows = rows_frame([factory.record(seconds=2.0, n_passes=4), factory.record(algorithm="fasterpam", n_passes=None)])
    (problem,) = problems_of(rows)
    each = per_count(problem.seconds, counters(rows.assign(result_class=None)), "n_passes")
    assert each["kmedoids_bench/pam/C"].tolist() == [0.5]
    assert each["kmedoids_bench/fasterpam/C"].isna().all()


def test_nothing_of_nothing():
    assert code_bases(problems_of(NOTHING)) == []
    assert counters(NOTHING.assign(result_class=None)).empty
