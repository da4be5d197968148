"""Mammographic masses."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

MAMMOGRAPHIC = datasets()["mammographic"]


def test_values(fetched):
    table = MAMMOGRAPHIC.load(fetched(MAMMOGRAPHIC))
    assert table.values.shape == (961, 5)
    np.testing.assert_array_equal(np.isnan(table.values).sum(axis=0), [2, 5, 31, 48, 76])
    np.testing.assert_array_equal(table.ranges, [6, 96 - 18, 1, 1, 3])  # 0, 2, 3, 4, 5, 6, 55 are seven ranks


def test_a_dissimilarity_by_hand(fetched):
    """5,67,3,5,3 and 4,43,1,1,? are compared in four columns."""
    table = MAMMOGRAPHIC.load(fetched(MAMMOGRAPHIC))
    by_hand = (1 / 6 + 24 / 78 + 1 + 1) / 4
    assert block_function(table, "gower")(slice(0, 1), slice(1, 2)) == pytest.approx(by_hand, rel=1e-14)
