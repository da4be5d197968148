import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.paired_times import of_logs, paired_times, slopes, times_longer
from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame

SWAPS = {"algorithm": "fasterpam", "setting": ""}
PAM = {"algorithm": "pam", "setting": ""}


def planted(factory, power=0.9, ks=(10, 20, 50, 100), rounds=6, algorithms=("pam", "fasterpam"), **fields):
    """PAM takes k to that power times as long as FasterPAM, up to noise."""
    rng = np.random.default_rng(0)
    return [
        factory.record(
            algorithm=name,
            k=k,
            round=number,
            start="random",
            seed=seed,
            seconds=0.1 * np.exp(rng.normal(0, 0.01)) * (k**power if name == "pam" else 1),
            **fields,
        )
        for k in ks
        for seed in (0, 1)
        for number in range(rounds)
        for name in algorithms
    ]


def test_a_planted_slope_is_found(factory):
    measured = problems_of(rows_frame(planted(factory)))
    (one,) = slopes(paired_times(measured, PAM, SWAPS), "k", ("dataset", "n", "implementation"))
    assert one.low < 0.9 < one.high
    assert one.value == pytest.approx(0.9, abs=0.02)
    assert one.where == "digits (n = 1,797, euclidean), k = 10 to 100"
    assert one.n == 4 * 2 * 6
    assert all(len(blocks.split()) == 2 for blocks in one.evidence["block"])


def test_times_alone_have_a_slope_too(factory):
    measured = problems_of(rows_frame(planted(factory, power=2)))
    (one,) = slopes(paired_times(measured, PAM), "k", ("dataset", "implementation"))
    assert one.value == pytest.approx(2, abs=0.02)
    assert set(one.evidence["against"]) == {""}


def test_a_ratio_says_how_many_times_as_long(factory):
    measured = problems_of(rows_frame(planted(factory, ks=(10,))))
    (slower,) = times_longer(paired_times(measured, PAM, SWAPS))
    (faster,) = times_longer(paired_times(measured, SWAPS, PAM))
    assert slower.value == pytest.approx(10**0.9, rel=0.03)
    assert faster.value == pytest.approx(1 / slower.value)
    assert slower.low < slower.value < slower.high


def test_a_library_takes_part_in_the_order_in_which_it_is_faster(factory):
    fields = {"implementation": "library", "tier": "library", "ks": (10,)}
    rows = planted(factory, **fields, order="C") + [
        row | {"seconds": row["seconds"] / 2} for row in planted(factory, **fields, order="F")
    ]
    (paired,) = paired_times(problems_of(rows_frame(rows)), PAM, SWAPS)
    assert paired.line["order"] == "F"
    assert paired.against == "library/fasterpam/F"


def test_each_may_take_part_in_its_own_faster_order(factory):
    seconds = {("pam", "C"): 3.0, ("pam", "F"): 5.0, ("fasterpam", "C"): 4.0, ("fasterpam", "F"): 1.0}
    records = [
        factory.record(algorithm=name, order=order, round=number, seconds=value)
        for (name, order), value in seconds.items()
        for number in range(6)
    ]
    measured = problems_of(rows_frame(records))
    (common,) = times_longer(paired_times(measured, PAM, SWAPS))
    (own,) = times_longer(paired_times(measured, PAM, SWAPS, at_best=True))
    assert (common.value, own.value) == (pytest.approx(0.75), pytest.approx(3.0))


def test_without_an_opponent_there_is_no_measure(factory):
    measured = problems_of(rows_frame(planted(factory, algorithms=("pam",))))
    assert times_longer(paired_times(measured, PAM, SWAPS)) == []
    assert slopes(paired_times(measured, PAM, SWAPS), "k", ("dataset",)) == []
    assert slopes(paired_times(problems_of(rows_frame(planted(factory, ks=(10, 20)))), PAM), "k", ("dataset",)) == []


def test_a_cut_opponent_gives_no_ratio(factory):
    rows = planted(factory, ks=(10,), algorithms=("fasterpam",))
    rows.append(factory.failure("timeout", "cut", algorithm="pam", k=10, start="random", seed=0, limit_seconds=5.0))
    assert times_longer(paired_times(problems_of(rows_frame(rows)), PAM, SWAPS)) == []


def test_any_statistic_of_the_logarithms(factory):
    measured = problems_of(rows_frame(planted(factory, ks=(10, 100))))
    one = of_logs(paired_times(measured, PAM), lambda logs: np.exp(logs.max(axis=0) - logs.min(axis=0)))
    assert one.value == pytest.approx(10**0.9, rel=0.03)
    assert one.low <= one.value <= one.high
