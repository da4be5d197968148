import numpy as np
import pytest

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.tuned.lanes import LANES, SQUARE, add_square, lesser, note_less

DTYPES = [np.float32, np.float64, np.int32, np.int64, np.uint16]


@kernel
def less(row, bounds, start, places, count):
    return note_less(row, bounds, start, places, count)


@kernel
def least(numbers):
    result = numbers[0]
    for number in numbers:
        result = lesser(number, result)
    return result


@kernel
def square(rows, start, first, d_first, d_second, changes, shared):
    add_square(rows, start, first, d_first, d_second, changes, shared)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bounded", ["by one number", "one by one"])
def test_the_places_of_lesser_entries_are_appended(dtype, bounded):
    rng = np.random.default_rng(0)
    n = 3 * LANES
    row, places = rng.integers(0, 4, n).astype(dtype), np.full(n + LANES, 99, np.uint32)
    bounds = 2.0 if bounded == "by one number" else rng.integers(0, 5, n) * (row * np.float32(0) + 1)
    for start in (0, 3, LANES + 5):
        expected = start + np.flatnonzero((row < bounds)[start : start + LANES])
        count = less(row, bounds, start, places, 7)
        assert places[7:count].tolist() == expected.tolist()


@pytest.mark.parametrize(("entries", "expected"), [(0, range(LANES)), (1, [])])
def test_all_places_or_none(entries, expected):
    row, places = np.full(LANES, entries, np.float32), np.empty(LANES, np.uint32)
    assert places[: less(row, 1.0, 0, places, 0)].tolist() == list(expected)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_least_number(dtype):
    numbers = np.random.default_rng(2).integers(5, 10**4, 77).astype(dtype)
    assert least(numbers) == numbers.min()


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
    square(tuple(dist[candidates]), start, first, d_first, d_second, changes, shared)
    assert changes.tolist() == expected_changes.tolist()
    assert shared.tolist() == expected_shared.tolist()
