import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.intervals import (
    Interval,
    median_replicates,
    of_means,
    of_pairs,
    of_replicates,
    of_sample,
    slope_interval,
)


def test_where_there_is_none_it_says_why():
    none = Interval.none(4, 5, "pairs")
    assert not none
    assert none.why_none == "4 pairs, 5 needed"
    assert of_pairs([4], lambda: pytest.fail("not needed")) == none
    assert of_pairs([9, 1], lambda: pytest.fail("not needed")).why_none == "1 pair in a problem, 5 needed"
    assert of_sample([1.0, 2.0]).why_none == "2 observations, 3 needed"


def test_a_replicates_interval_leaves_out_a_fortieth_at_each_end():
    replicates = np.arange(2001.0)
    found = of_replicates(replicates)
    assert (found.low, found.high) == pytest.approx((50.0, 1950.0))
    logs = of_replicates(np.log(1 + replicates), exponential=True)
    assert (logs.low, logs.high) == pytest.approx((51.0, 1951.0))


def test_series_of_different_length_are_resampled_whole():
    # Of two series, one of 1 and one of 9 pairs, a quarter of the resamples holds the short one only.
    replicates = median_replicates(np.array([0.0] + [1.0] * 9), np.array([1, 9]), np.random.default_rng(1))
    assert np.mean(replicates == 0) == pytest.approx(0.25, abs=0.03)
    assert np.mean(replicates == 1) > 0.7


def test_a_function_of_a_number_may_turn_its_interval_round():
    assert Interval(2.0, 4.0).mapped(lambda value: 8 / value) == Interval(2.0, 4.0)
    assert Interval(1.0, 4.0).mapped(lambda value: -value) == Interval(-4.0, -1.0)
    none = Interval.none(1, 3, "seeds")
    assert none.mapped(np.exp) is none


def test_it_holds_its_estimate():
    assert Interval(2.0, 4.0).with_estimate(5.0) == Interval(2.0, 5.0)
    assert Interval.exact(2.0).with_estimate(1.0) == Interval(1.0, 2.0)


def test_a_slope_is_found_with_an_interval_that_knows_of_noise_and_of_curvature():
    ks = [10, 20, 50, 100, 200]
    rng = np.random.default_rng(0)
    straight = np.log(0.3) + 0.9 * np.log(ks)
    value, exact = slope_interval(ks, straight, straight[:, None] + np.zeros((5, 500)))
    assert value == pytest.approx(0.9)
    assert exact.high - exact.low == pytest.approx(0, abs=1e-9)
    _, noisy = slope_interval(ks, straight, straight[:, None] + rng.normal(0, 0.1, (5, 500)))
    assert noisy.low < 0.9 < noisy.high
    curved = straight + np.array([0.3, -0.3, 0.1, -0.3, 0.3])
    _, bent = slope_interval(ks, curved, curved[:, None] + np.zeros((5, 500)))
    assert bent.high - bent.low > 0.1


def test_two_points_make_no_interval():
    value, interval = slope_interval([1, 10], [0.0, 2.0], np.zeros((2, 9)))
    assert value == pytest.approx(2 / np.log(10))
    assert interval.why_none == "2 points, 3 needed"


def first_over_second(means):
    return means[0] / means[1]


def test_the_interval_of_a_ratio_of_means_covers_as_often_as_it_says():
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(200):
        samples = [rng.normal(1, 0.1, 10) for _ in range(2)]
        interval = of_means(samples, [True, True], first_over_second)
        assert interval.low is not None
        assert interval.high is not None
        covered += interval.low <= 1 <= interval.high
    assert covered >= 180


def test_a_sample_that_does_not_vary_counts_without_error():
    one, few = np.array([10.0]), np.array([11.0, 12.0, 13.0])
    assert of_means([one, one], [False, False], first_over_second) == Interval.exact(1.0)
    assert of_means([few, one], [True, False], first_over_second)
    assert of_means([few[:2], one], [True, False], first_over_second) == Interval.none(2, 3, "seeds")
