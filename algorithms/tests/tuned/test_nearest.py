import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.core import nearest
from kmedoids_bench.algorithms.tuned.nearest import new_state, swap


def matrix(seed, dtype, n=40):
    """Small numbers: ties everywhere."""
    points = np.random.default_rng(seed).integers(0, 6, (n, 2))
    return problems.distances_between(points).astype(dtype)


@pytest.mark.parametrize(
    "dtype", [np.float64, *(pytest.param(t, marks=pytest.mark.proof) for t in (np.float32, np.int32, np.uint8))]
)
@pytest.mark.parametrize("k", [2, 3, 12])
def test_the_nearest_medoids_are_those_of_the_plain_kernel_after_every_swap(k, dtype):
    rng = np.random.default_rng(k)
    dist = matrix(k, dtype)
    medoids = rng.permutation(len(dist))[:k]
    plain, mine = medoids.copy(), medoids.copy()
    expected, state = nearest.nearest_medoids(dist, plain), new_state(dist, mine)
    for _ in range(60):
        candidate = int(rng.choice(np.setdiff1d(np.arange(len(dist)), mine)))
        slot = int(rng.integers(k))
        before = [field.copy() for field in expected]
        nearest.swap(dist, plain, expected, slot, candidate)
        touched = state.touched[: swap(dist, mine, state, slot, candidate)]
        for field, other, old in zip(state.near[:4], expected[:4], before[:4], strict=True):
            np.testing.assert_array_equal(field, other)
            assert np.isin(np.flatnonzero(other != old), touched).all()
        np.testing.assert_array_equal(mine, plain)
        np.testing.assert_array_equal(state.columns, dist[mine].T)
        np.testing.assert_array_equal(state.bounds, expected.d_second)
