"""Adult."""

import numpy as np

from kmedoids_bench.datasets import datasets

ADULT = datasets()["adult"]


def test_values(fetched):
    table = ADULT.load(fetched(ADULT))
    assert table.values.shape == (32561, 14)
    numbers = [j for j, kind in enumerate(table.kinds) if kind == "n"]
    np.testing.assert_array_equal(table.values[0, numbers], [39, 77516, 13, 2174, 0, 40])
    np.testing.assert_array_equal(table.ranges[numbers], [90 - 17, 1484705 - 12285, 15, 99999, 4356, 98])
    missing = {1: 1836, 6: 1843, 13: 583}  # work class, occupation, country
    np.testing.assert_array_equal(np.isnan(table.values).sum(axis=0), [missing.get(j, 0) for j in range(14)])
    kinds = [len(np.unique(table.values[:, j][~np.isnan(table.values[:, j])])) for j in (1, 3, 5, 6, 7, 8, 9, 13)]
    assert kinds == [8, 16, 7, 14, 6, 5, 2, 41]
