"""Optical digits."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets


@pytest.mark.parametrize(("name", "n"), [("optdigits_tra", 3823), ("optdigits_tes", 1797)])
def test_values(fetched, name, n):
    dataset = datasets()[name]
    points = dataset.load(fetched(dataset))
    assert points.shape == (n, 64)
    assert (points.min(), points.max()) == (0, 16)
    assert not points[:, 0].any()  # the upper left corner is empty; the class, in the last column, is left out
    first = {"optdigits_tra": [0, 1, 6, 15, 12, 1, 0, 0], "optdigits_tes": [0, 0, 5, 13, 9, 1, 0, 0]}
    np.testing.assert_array_equal(points[0, :8], first[name])
