import os
import subprocess
import sys

import numba
import numpy as np
import pytest

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.tuned import lanes, lanes_llvm, lanes_plain
from kmedoids_bench.algorithms.tuned.lanes import LANES, SQUARE

DTYPES = [np.float32, np.float64, np.int64, *(pytest.param(t, marks=pytest.mark.proof) for t in (np.int32, np.uint16))]


def compiled(operations):
    """Kernels that call the operations of one form: an intrinsic cannot be called from Python."""
    note_less, note_less_than, add_square = operations.note_less, operations.note_less_than, operations.add_square
    lesser, fetch = operations.lesser, operations.fetch

    @kernel
    def less(row, bounds, start, places, count):
        fetch(row, start)
        return note_less(row, bounds, start, places, count)

    @kernel
    def less_than(row, bound, start, places, count):
        return note_less_than(row, bound, start, places, count)

    @kernel
    def least(numbers):
        result = numbers[0]
        for number in numbers:
            result = lesser(number, result)
        return result

    @kernel
    def square(rows, start, first, d_first, d_second, changes, shared):
        add_square(rows, start, first, d_first, d_second, changes, shared)

    return less, less_than, least, square


FORMS = {"plain": compiled(lanes_plain)}
if lanes_llvm.AVAILABLE and not numba.config.DISABLE_JIT:
    FORMS["llvm"] = compiled(lanes_llvm)


@pytest.fixture(params=FORMS)
def form(request):
    return FORMS[request.param]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bounded", ["by one number", "one by one"])
def test_the_places_of_lesser_entries_are_appended(form, dtype, bounded):
    less, less_than, _, _ = form
    rng = np.random.default_rng(0)
    n = 3 * LANES
    row, places = rng.integers(0, 4, n).astype(dtype), np.full(n + LANES, 99, np.uint32)
    bounds = 2.0 if bounded == "by one number" else rng.integers(0, 5, n) * (row * np.float32(0) + 1)
    for start in (0, 3, LANES + 5):
        expected = start + np.flatnonzero((row < bounds)[start : start + LANES])
        count = (less_than if bounded == "by one number" else less)(row, bounds, start, places, 7)
        assert places[7:count].tolist() == expected.tolist()


@pytest.mark.parametrize(("entries", "expected"), [(0, range(LANES)), (1, [])])
def test_all_places_or_none(form, entries, expected):
    _, less_than, _, _ = form
    row, places = np.full(LANES, entries, np.float32), np.empty(LANES + 1, np.uint32)
    assert places[: less_than(row, 1.0, 0, places, 0)].tolist() == list(expected)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_least_number(form, dtype):
    _, _, least, _ = form
    numbers = np.random.default_rng(2).integers(5, 10**4, 77).astype(dtype)
    assert least(numbers) == numbers.min()


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_square_adds_what_its_objects_contribute(form, dtype):
    *_, square = form
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


def test_vector_registers_are_used_where_they_can_be():
    can = lanes_llvm.AVAILABLE and not numba.config.DISABLE_JIT
    assert lanes.add_square is (lanes_llvm if can else lanes_plain).add_square


WITH_AN_OLD_LLVM = """
import llvmlite.binding
llvmlite.binding.llvm_version_info = (15, 0, 7)
import numpy as np
from kmedoids_bench.algorithms import fasterpam, random_start, tuned
from kmedoids_bench.algorithms.tuned import lanes, lanes_plain

assert lanes.note_less is lanes_plain.note_less
points = np.random.default_rng(0).integers(0, 1000, (70, 2))
dist = np.abs(points[:, None] - points).sum(axis=-1).astype(np.float32)
for k in (3, 50):  # the form for few medoids, and that for many
    start = random_start(dist, k, 0).medoids
    assert tuned.fasterpam(dist, start).swaps.tolist() == fasterpam(dist, start).swaps.tolist()
"""


@pytest.mark.proof
@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_an_older_llvm_gets_plain_loops_and_the_same_swaps():
    environment = os.environ | {"NUMBA_OPT": "0", "NUMBA_CACHE_DIR": ""}  # such code must not be kept
    subprocess.run([sys.executable, "-c", WITH_AN_OLD_LLVM], env=environment, check=True)
