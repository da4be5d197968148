import numpy as np
import pytest
from scipy import stats

from kmedoids_bench.experiments.analysis.intervals import LEVEL, Interval, difference, of_means, slope_over
from kmedoids_bench.experiments.tests.analysis.interval_coverage import DESIGNS, coverage, coverage_of_seeds


def test_where_there_is_none_it_says_why():
    one, two = np.array([1.0]), np.array([1.0, 2.0])
    assert of_means([one]) == (1.0, Interval.none("one process, one start"))
    assert of_means([one], one="one seed") == (1.0, Interval.none("one seed"))
    assert of_means([two]) == (1.5, Interval.none("2 series, 3 needed"))
    assert of_means([two])[1].low is None


def test_a_function_of_a_number_may_turn_its_interval_round():
    assert Interval(2.0, 4.0).mapped(lambda value: 8 / value) == Interval(2.0, 4.0)
    assert Interval(1.0, 4.0).mapped(lambda value: -value) == Interval(-4.0, -1.0)
    none = Interval.none("one seed")
    assert none.mapped(np.exp) is none


def test_of_one_mean_it_is_the_t_interval():
    sample = np.array([3.0, 4.0, 8.0, 5.0])
    value, interval = of_means([sample])
    assert value == sample.mean()
    expected = stats.ttest_1samp(sample, 0).confidence_interval(LEVEL)
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high))


def test_of_a_linear_statistic_it_is_the_t_interval_of_what_each_series_gives():
    samples = list(np.random.default_rng(0).normal(size=(5, 3)))
    ks = [10, 20, 50, 100, 200]
    value, interval = of_means(samples, slope_over(ks))
    slopes = np.polyfit(np.log(ks), np.array(samples), 1)[0]
    expected = stats.ttest_1samp(slopes, 0).confidence_interval(LEVEL)
    assert value == pytest.approx(slopes.mean())
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high))


def test_what_does_not_vary_counts_without_error():
    still, few = np.array([10.0]), np.array([11.0, 12.0, 13.0])
    assert of_means([still, still], difference, fixed=[True, True]) == (0.0, Interval.exact(0.0))
    value, interval = of_means([few, still], difference, fixed=[False, True])
    alone = of_means([few])[1]
    assert value == 2.0
    assert (interval.low, interval.high) == pytest.approx((alone.low - 10, alone.high - 10))
    assert of_means([np.full(4, 2.0)]) == (2.0, Interval.exact(2.0))


def test_a_longer_sample_is_cut_into_as_many_groups():
    long, short = np.arange(9.0), np.array([1.0, 5.0, 3.0])
    _, interval = of_means([long, short], difference)
    _, grouped = of_means([long.reshape(3, 3).mean(axis=1), short], difference)
    assert (interval.low, interval.high) == pytest.approx((grouped.low, grouped.high))


@pytest.mark.parametrize("design", [DESIGNS[1], *(pytest.param(one, marks=pytest.mark.proof) for one in DESIGNS[::2])])
@pytest.mark.parametrize("process", [False, True])
@pytest.mark.parametrize("kind", ["normal", "skewed", "outliers", "autocorrelated"])
def test_intervals_hold_the_truth_as_often_as_they_promise(kind, process, design):
    """At the sizes that are published; `interval_coverage` draws more. 600 runs have a standard error of 0.9 %."""
    for name, share in coverage(kind, process, *design, repeats=600, seed=5):
        assert 0.92 <= share <= 0.98, name


def test_the_mean_over_seeds_is_known_as_well_as_it_says():
    assert 0.92 <= coverage_of_seeds(25, repeats=1000, seed=5) <= 0.98
