"""Points of the clustering basic benchmark."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.sipu import SETS

FIRST = {
    "s1": [664159, 550946],
    "s2": [845753, 636607],
    "s3": [453320, 606542],
    "s4": [624474, 837604],
    "a1": [54620, 43523],
    "a2": [53920, 42968],
    "a3": [53920, 42968],
    "unbalance": [151700, 351102],
    "birch1": [58164, 813431],
    "birch2": [58882, 63168],
    "birch3": [118879, 887164],
}


@pytest.mark.parametrize("name", [row[0] for row in SETS])
def test_values(fetched, name):
    dataset = datasets()[name]
    points = dataset.load(fetched(dataset))
    assert points.shape == (dataset.n, 2)
    np.testing.assert_array_equal(points[0], FIRST[name])
    np.testing.assert_array_equal(points, np.rint(points))
