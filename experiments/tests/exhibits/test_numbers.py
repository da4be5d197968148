import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.numbers import counted, significant, with_interval, written


@pytest.mark.parametrize(
    ("value", "text"),
    [(412.345, "412"), (41.25, "41.2"), (4.125, "4.12"), (0.0123456, "0.0123"), (123456.7, "123,457"), (0.0, "0")],
)
def test_three_significant_digits(value, text):
    assert significant(value) == text


def test_ends_of_an_interval_have_the_decimals_of_the_estimate():
    assert significant(9.987, like=12.3) == "10.0"


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (Measure.exact(1, 5, "x"), "1"),
        (Measure(1.00072, Interval(1.00018, 1.00132), 25, "x"), "1.0007 [1.0002, 1.0013]"),
        (Measure(0.99924, Interval(0.81382, 1.4969), 25, "x"), "1.00 [0.81, 1.50]"),
        (Measure(1.00321, Interval.none("2 series, 3 needed"), 2, "x"), "1.0032 (no interval: 2 series, 3 needed)"),
        (Measure.exact(5.1e-16, 5, "x"), "5.1e-16"),
        (Measure(1.234, Interval.none("2 series, 3 needed"), 2, "x"), "1.23 (no interval: 2 series, 3 needed)"),
        (Measure(1234.5, Interval(1200.2, 1300.1), 2, "x"), "1,234 [1,200, 1,300]"),
    ],
)
def test_numbers_are_written_with_their_interval(measure, text):
    assert written(measure) == text


def test_a_missing_interval_may_be_nan_and_without_a_reason():
    assert with_interval(1.5, np.nan, np.nan) == "1.50 (no interval)"


def test_counted():
    assert [counted(number, "pair") for number in (0, 1, 1000)] == ["0 pairs", "1 pair", "1,000 pairs"]
