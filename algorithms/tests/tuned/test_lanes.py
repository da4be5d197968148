import numpy as np
import pytest

from kmedoids_bench.algorithms.kernel import kernel
from kmedoids_bench.algorithms.tuned.lanes import LANES, SQUARE, add_square, less_than, lowest

DTYPES = [np.float32, np.float64, np.int32, np.int64, np.uint16]


@kernel
def one(row, start, bound):
    return less_than(row, start, bound)


@kernel
def places(mask):
    found = []
    while mask:
        found.append(lowest(mask))
        mask &= mask - np.uint64(1)
    return found


@kernel
def square(dist, candidates, start, first, d_first, d_second, changes, shared):
    add_square(dist, candidates, start, first, d_first, d_second, changes, shared)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_bits_say_which_entries_are_less(dtype):
    rng = np.random.default_rng(0)
    row = rng.integers(0, 4, 2 * LANES + 5).astype(dtype)
    for start in (0, 3, LANES + 5):
        part = slice(start, start + LANES)
        expected = np.flatnonzero(row[part] < 2).tolist()
        assert places(np.uint64(one(row, start, 2.0))) == expected


def test_all_bits_and_single_ones():
    row = np.zeros(LANES)
    assert places(np.uint64(one(row, 0, 1.0))) == list(range(LANES))
    for place in (0, 31, 32, LANES - 1):
        row[:] = 1
        row[place] = 0
        assert places(np.uint64(one(row, 0, 1.0))) == [place]


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_square_adds_what_its_objects_contribute(dtype):
    rng = np.random.default_rng(1)
    n, k = 40, 5
    dist = rng.integers(0, 100, (n, n)).astype(dtype)
    candidates = rng.permutation(n)[:SQUARE]
    first, d_first = rng.integers(0, k, n).astype(np.uint32), rng.integers(0, 60, n).astype(np.float64)
    d_second = d_first + rng.integers(0, 30, n)
    changes, shared = rng.normal(size=SQUARE * k), rng.normal(size=SQUARE)
    expected_changes, expected_shared = changes.copy(), shared.copy()
    start = 17
    for o in range(start, start + SQUARE):
        for j, c in enumerate(candidates):
            d = float(dist[c, o])
            expected_shared[j] += min(d, d_first[o]) - d_first[o]
            expected_changes[SQUARE * first[o] + j] += min(max(d, d_first[o]), d_second[o]) - d_second[o]
    square(dist, candidates, start, first, d_first, d_second, changes, shared)
    assert changes.tolist() == expected_changes.tolist()
    assert shared.tolist() == expected_shared.tolist()
