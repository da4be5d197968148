"""Digits."""

import numpy as np
import pytest
import sklearn.datasets

from kmedoids_bench.datasets import datasets

DIGITS = datasets()["digits"]


def test_they_are_the_test_part_of_optdigits(fetched):
    test_part = datasets()["optdigits_tes"]
    np.testing.assert_array_equal(DIGITS.load(()), test_part.load(fetched(test_part)))


def test_other_numbers_are_an_error(monkeypatch):
    monkeypatch.setattr(sklearn.datasets, "load_digits", lambda return_X_y: (np.zeros((1797, 64)), None))
    with pytest.raises(ValueError, match="scikit-learn's digits are not the known ones: .* install the pinned version"):
        DIGITS.load(())


def test_every_point_is_there_twice():
    points = datasets()["digits_twice"].load(())
    assert points.shape == (1600, 64)
    np.testing.assert_array_equal(points[::2], points[1::2])
    np.testing.assert_array_equal(points[::2], DIGITS.load(())[:800])
    assert len(np.unique(points, axis=0)) == 800
