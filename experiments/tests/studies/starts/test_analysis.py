import numpy as np
import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.starts.analysis import (
    analyse,
    build_over_swap,
    faster_order,
    measure_of_means,
    per_block,
    start_and_swap,
)


def ratio_of(means):
    return means[0] / means[1]


def timed(factory, start, algorithm, seconds, *, number=0, seed=None, **more):
    phase = "swap" if algorithm == "fasterpam" else "start"
    return factory.record(
        start=start, algorithm=algorithm, seconds=seconds, round=number, seed=seed, phase=phase, k=20, **more
    )


def test_times_of_one_round_belong_together(factory):
    rows = []
    for number, mood in enumerate((1.0, 1.0, 5.0)):
        rows += [
            timed(factory, "build", "build", 0.3 * mood, number=number),
            timed(factory, "build", "lab", 0.2 * mood, number=number),  # a guest: not this block's start
            timed(factory, "build", "park_jun", 0.05 * mood, number=number),
            timed(factory, "build", "fasterpam", 0.1 * mood, number=number),
        ]
    (line,) = per_block(start_and_swap(rows_frame(rows))).to_dict("records")
    assert line["total_seconds"] == pytest.approx(0.4)
    assert line["share"] == pytest.approx(0.75)
    assert line["total_units"] == pytest.approx(8)
    assert line["rounds"] == 3


def test_failed_and_untimed_runs_give_nothing(factory):
    rows = [timed(factory, "build", "build", None), timed(factory, "build", "fasterpam", 0.1)]
    assert start_and_swap(rows_frame(rows)).empty
    for some in (rows, []):
        result = analyse(rows_frame(some))
        assert result.build.empty
        assert result.shares.empty


def test_build_over_swap_is_paired_in_the_faster_order(factory):
    rows = []
    for number in range(6):
        for order, slow in (("C", 2.0), ("F", 1.0)):
            who = {"implementation": "lib", "order": order}
            rows.append(timed(factory, "build", "build", 0.12 * slow * (1 + number), number=number, **who))
            rows.append(timed(factory, "build", "fasterpam", 0.01 * slow * (1 + number), number=number, **who))
    rounds = start_and_swap(rows_frame(rows))
    times = faster_order(per_block(rounds))
    ((here, measure),) = build_over_swap(rounds, times)
    assert (here["order"], here["k"]) == ("F", 20)
    assert (measure.value, measure.low, measure.high) == pytest.approx((12, 12, 12))
    assert measure.where.endswith("start BUILD, memory order F")
    assert len(measure.evidence) == 1
    assert set(times["order"]) == {"F"}


def test_means_over_seeds_have_an_interval():
    rng = np.random.default_rng(0)
    samples = {"random": rng.normal(12, 0.1, 20), "lab": rng.normal(10, 0.1, 20)}
    found = measure_of_means(samples, ratio_of, "here")
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1.2 < found.high
    assert found.high - found.low < 0.03
    assert found.n == 20


def test_a_start_without_seeds_does_not_vary_and_two_seeds_are_too_few():
    build, lab = np.array([10.0]), np.array([11.0, 12.0, 13.0])
    assert measure_of_means({"park_jun": build, "build": build}, ratio_of, "here").low == 1.0
    assert measure_of_means({"lab": lab, "build": build}, ratio_of, "here").low is not None
    assert measure_of_means({"lab": lab[:2], "build": build}, ratio_of, "here").low is None
