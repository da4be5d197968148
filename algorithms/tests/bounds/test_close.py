import numba
import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.bounds import close, lagrangian

FORMS = [
    pytest.param(close.SERIAL, id="serial"),
    pytest.param(
        close.PARALLEL,
        id="parallel",
        marks=pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="a single core"),
    ),
]


def priced(n, dtype, seed=0):
    """An asymmetric matrix, and multipliers below which some of it lies; sums are rounded."""
    rng = np.random.default_rng(seed)
    dist = rng.exponential(size=(n, n)) * 100
    np.fill_diagonal(dist, 0)
    return dist.astype(dtype), rng.random(n) * 90


@pytest.mark.parametrize("kernels", FORMS)
@pytest.mark.parametrize("dtype", problems.DTYPES)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 30, close.WIDTH + 3])
def test_sums_are_the_plain_kernel_s_to_the_bit(kernels, dtype, n):
    n = n if not numba.config.DISABLE_JIT else min(n, 30)
    dist, multipliers = priced(n, dtype)
    expected = lagrangian.reduced_costs(dist, multipliers)
    reduced = np.empty(n)
    kernels["sum_tiles"](np.ascontiguousarray(dist.T), multipliers, reduced)
    np.testing.assert_array_equal(reduced, expected)
    candidates = np.arange(n)[::2]
    lists = close.lists_of(dist, candidates, multipliers * 1.3, kernels, most=n * n)
    reduced = np.empty(len(candidates))
    kernels["sum_lists"](*lists, multipliers, reduced)
    np.testing.assert_array_equal(reduced, expected[::2])


def test_lists_hold_what_is_closer_than_the_limits():
    dist, limits = priced(20, np.float64)
    candidates = np.array([3, 7, 19])
    lists = close.lists_of(dist, candidates, limits, close.SERIAL, most=400)
    for j, c in enumerate(candidates):
        part = slice(lists.starts[j], lists.starts[j + 1])
        near = np.flatnonzero(dist[c] < limits)
        np.testing.assert_array_equal(lists.objects[part], near)
        np.testing.assert_array_equal(lists.distances[part], dist[c][near])
    assert close.lists_of(dist, candidates, limits, close.SERIAL, most=lists.starts[-1] - 1) is None


def test_a_part_of_the_lists_is_what_would_be_listed_anew():
    dist, limits = priced(20, np.float64)
    lists = close.lists_of(dist, np.arange(20), limits, close.SERIAL, most=400)
    kept = np.random.default_rng(1).random(20) < 0.5
    for lower in (limits, limits * 0.7):
        part = close.part_of(lists, kept, lower)
        anew = close.lists_of(dist, np.flatnonzero(kept), lower, close.SERIAL, most=400)
        for mine, other in zip(part, anew, strict=True):
            np.testing.assert_array_equal(mine, other)
    assert close.part_of(lists, np.zeros(20, np.bool_), limits).starts.tolist() == [0]


def test_violations_are_those_of_the_matrix():
    dist, multipliers = priced(20, np.float64)
    chosen = np.array([0, 5, 6])
    for whole in (dist, np.floor(dist / 20)):  # with ties
        u = multipliers if whole is dist else np.floor(multipliers / 20)
        lists = close.lists_of(whole, np.arange(20), u * 1.1 + 1, close.SERIAL, most=400)
        expected = lagrangian.violations(whole, u, chosen)
        np.testing.assert_array_equal(close.violations_in_lists(*lists, u, chosen), expected)
