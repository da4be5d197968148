"""Dry beans."""

import numpy as np

from kmedoids_bench.datasets import datasets

BEANS = datasets()["dry_bean"]


def test_values(fetched):
    points = BEANS.load(fetched(BEANS))
    assert points.shape == (13611, 16)
    np.testing.assert_array_equal(points[0, :4], [28395, 610.2909999999998, 208.17811670852728, 173.88874704163598])
    assert (points[:, 0].min(), points[:, 0].max()) == (20420, 254616)
    assert len(points) - len(np.unique(points, axis=0)) == 68  # as many rows are there twice
