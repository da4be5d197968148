import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.measure import Measure


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
