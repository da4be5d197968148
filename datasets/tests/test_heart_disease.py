"""Heart disease."""

import numpy as np

from kmedoids_bench.datasets import datasets

HEART = datasets()["heart_disease"]


def test_values(fetched):
    table = HEART.load(fetched(HEART))
    assert table.values.shape == (303, 13)
    numbers = [j for j, kind in enumerate(table.kinds) if kind == "n"]
    np.testing.assert_array_equal(table.values[0, numbers], [63, 145, 233, 150, 2.3, 0])
    np.testing.assert_array_equal(table.ranges[numbers], [77 - 29, 200 - 94, 564 - 126, 202 - 71, 6.2, 3])
    missing = {11: 4, 12: 2}
    np.testing.assert_array_equal(np.isnan(table.values).sum(axis=0), [missing.get(j, 0) for j in range(13)])
