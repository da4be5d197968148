import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.measure import Measure, slope


def test_an_exact_number_has_no_width():
    measure = Measure.exact(3, 7, "here")
    assert (measure.value, measure.low, measure.high, measure.n) == (3.0, 3.0, 3.0, 7)


def test_the_interval_of_a_mean_covers_it_as_often_as_it_says():
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(60):
        measure = Measure.of_sample(rng.normal(5.0, 1.0, size=30), "here")
        assert measure.low is not None
        assert measure.high is not None
        covered += measure.low <= 5.0 <= measure.high
    assert 50 <= covered <= 60  # 95 % of 60 is 57


def test_the_same_values_give_the_same_interval():
    values = np.random.default_rng(1).normal(size=20)
    assert Measure.of_sample(values, "here") == Measure.of_sample(values, "here")


@pytest.mark.parametrize(("values", "width"), [([2.0, 2.0, 2.0], 0.0), ([1.0, 2.0], None)])
def test_equal_values_and_too_few(values, width):
    measure = Measure.of_sample(values, "here")
    if width is None:
        assert measure.low is measure.high is None
    else:
        assert measure.low == measure.high == 2.0


def test_any_statistic_will_do():
    measure = Measure.of_sample([1.0, 2.0, 9.0, 4.0, 3.0], "here", np.median)
    assert measure.value == 3.0
    assert measure.low is not None
    assert measure.low < 3.0


def test_a_slope_is_found_with_an_interval_that_knows_of_noise_and_of_curvature():
    ks = [10, 20, 50, 100, 200]
    rng = np.random.default_rng(0)
    straight = np.log(0.3) + 0.9 * np.log(ks)
    exact = slope(ks, straight[:, None] + np.zeros((5, 500)), straight, 50, "here")
    assert exact.value == pytest.approx(0.9)
    assert exact.high - exact.low == pytest.approx(0, abs=1e-9)
    noisy = slope(ks, straight[:, None] + rng.normal(0, 0.1, (5, 500)), straight, 50, "here")
    assert noisy.low < 0.9 < noisy.high
    curved = straight + np.array([0.3, -0.3, 0.1, -0.3, 0.3])
    bent = slope(ks, curved[:, None] + np.zeros((5, 500)), curved, 50, "here")
    assert bent.high - bent.low > 0.1


def test_two_points_make_no_interval():
    measure = slope([1, 10], np.zeros((2, 9)), [0.0, 2.0], 2, "here")
    assert measure.value == pytest.approx(2 / np.log(10))
    assert measure.low is None
