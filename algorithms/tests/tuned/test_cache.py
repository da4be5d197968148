import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import nearest
from kmedoids_bench.algorithms.tuned.cache import medoid_columns, swap


def matrix(seed, n=40, dtype=np.float32):
    """Small numbers: ties everywhere."""
    points = np.random.default_rng(seed).integers(0, 6, (n, 2))
    return problems.distances_between(points).astype(dtype)


@pytest.mark.parametrize("k", [2, 3, 12])
def test_the_cache_is_that_of_the_plain_kernel_after_every_swap(k):
    rng = np.random.default_rng(k)
    dist = matrix(k)
    medoids = rng.permutation(len(dist))[:k]
    plain, mine = medoids.copy(), medoids.copy()
    expected, near = nearest.nearest_medoids(dist, plain), nearest.nearest_medoids(dist, mine)
    columns = medoid_columns(dist, mine)
    for _ in range(60):
        candidate = int(rng.choice(np.setdiff1d(np.arange(len(dist)), mine)))
        slot = int(rng.integers(k))
        nearest.swap(dist, plain, expected, slot, candidate)
        swap(dist, mine, near, columns, slot, candidate)
        for field, other in zip(near, expected, strict=True):
            np.testing.assert_array_equal(field, other)
        np.testing.assert_array_equal(mine, plain)
        np.testing.assert_array_equal(columns, dist[mine].T)
