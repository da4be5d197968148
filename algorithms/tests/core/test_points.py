import itertools

import grids
import naive
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Points
from kmedoids_bench.algorithms.core.algorithm import TIERS
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import loss_after_swap, loss_change, loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import nearest_medoids, swap
from kmedoids_bench.algorithms.core.on_demand import OnDemand, compiled_getitem, diagonal
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.sampling.best_of import submatrix


@kernel
def own_manhattan(x, y):
    total = 0.0
    for j in range(len(x)):
        total += abs(x[j] - y[j])
    return total


@kernel
def faulty_between_marks(x, y):
    """Of two points whose second coordinate is not zero: NaN, negative, or larger the other way round."""
    distance = abs(x[0] - y[0])
    if x[1] == 0 or y[1] == 0 or distance == 0:
        return distance
    if x[1] == 1:
        return np.nan
    return -distance if x[1] == 2 else distance + (x[0] < y[0])


@kernel
def a_text(x, y):
    return "far"


@kernel
def a_similarity(x, y):
    return 1.0 if x[0] == y[0] else 0.5


@kernel
def bad_from(x, y):
    return np.nan if x[0] + y[0] >= 4 and x[0] != y[0] else abs(x[0] - y[0])


@kernel
def sum_of_both(x, y):
    return x[0] + y[0]


@kernel
def entry(dist, c, o):
    return dist[c, o]


def assert_same(near, other):
    for mine, theirs in zip(near[:4], other[:4], strict=True):  # all but the number of look-ups
        np.testing.assert_array_equal(mine, theirs)


@settings(max_examples=60)
@given(grids.grids(min_n=3), st.integers(0, 2**32 - 1))
def test_kernels_cannot_tell_points_from_their_matrix(grid, seed):
    points, metric, dist = grid
    on_demand = Points(points, metric).distances
    rng = np.random.default_rng(seed)
    k = rng.integers(2, len(dist))
    medoids = rng.choice(len(dist), k, replace=False)
    copy = medoids.copy()
    near, expected = nearest_medoids(on_demand, medoids), nearest_medoids(dist, copy)
    assert_same(near, expected)
    changes, expected_changes = np.empty(k), np.empty(k)
    for _ in range(6):
        slot, candidate = rng.integers(k), rng.choice(np.setdiff1d(np.arange(len(dist)), medoids))
        removal = removal_loss(near, k)
        shared = loss_changes(on_demand, near, removal, candidate, changes)
        assert shared == loss_changes(dist, expected, removal, candidate, expected_changes)
        np.testing.assert_array_equal(changes, expected_changes)
        after = naive.loss(dist.tolist(), naive.replaced(medoids.tolist(), slot, candidate))
        assert loss_after_swap(on_demand, near, slot, candidate) == after
        assert loss_change(on_demand, near, slot, candidate) == changes[slot] + shared
        swap(on_demand, medoids, near, slot, candidate)
        swap(dist, copy, expected, slot, candidate)
        assert_same(near, expected)


def test_a_function_of_the_user():
    points, _ = grids.scattered(30)
    everything = np.arange(30)
    own, named = Points(points, own_manhattan), Points(points, "manhattan")
    np.testing.assert_array_equal(submatrix(own.distances, everything), submatrix(named.distances, everything))
    np.testing.assert_array_equal(submatrix(own.distances, everything), grids.manhattan(points))


SAMPLING = [one.call for tier in TIERS for one in algorithms(tier).values() if one.kind == "sampling"]


@pytest.mark.parametrize("call", SAMPLING, ids=lambda call: f"{call.__module__.rpartition('algorithms.')[2]}")
def test_a_fault_of_a_function_is_refused_by_every_algorithm_wherever_it_is(call):
    n = 6
    for (a, b), mark in itertools.product(itertools.combinations(range(1, n), 2), [1, 2, 3]):
        coordinates = np.column_stack((np.arange(n), np.zeros(n)))
        points = Points(coordinates, faulty_between_marks)
        points.coordinates[[a, b], 1] = mark  # the constructor has seen the first row only
        value = {1: "nan", 2: f"-{b - a}.0", 3: f"{b - a + 1}.0"}[mark]
        with pytest.raises(ValueError, match=rf"metric\(coordinates\[({a}|{b})\], .* is ({value}|{b - a}.0)"):
            call(points, 2, seed=0)


def test_a_fault_is_the_same_in_interpreted_code():
    dist = Points([[0.0, 0.0], [1.0, 3.0], [3.0, 3.0]], faulty_between_marks).distances
    for read in (entry, entry.py_func if hasattr(entry, "py_func") else entry):
        assert read(dist, 0, 2) == 3
        with pytest.raises(ValueError, match=r"coordinates\[2\]\) is 3.0, and 2.0 the other way round: .*symmetric"):
            read(dist, 1, 2)


@pytest.mark.parametrize("first", [1, 5])  # what was in the memory before cannot be right twice
def test_the_diagonal(first):
    dist = OnDemand(np.arange(first, first + 4)[:, None], sum_of_both, (4, 4))
    assert diagonal(dist).tolist() == [2 * first, 2 * first + 2, 2 * first + 4, 2 * first + 6]


def test_reads_alike_in_compiled_and_in_interpreted_code():
    dist = Points([[0, 0], [3, 4], [6, 8]]).distances
    pair, integer = numba.types.UniTuple(numba.types.int64, 2), numba.types.int64
    assert dist[0, 2] == entry(dist, 0, 2) == compiled_getitem(numba.typeof(dist), pair)(dist, (0, 2)) == 10
    assert dist[1].tolist() == compiled_getitem(numba.typeof(dist), integer)(dist, 1).tolist() == [5, 0, 5]
    named = numba.typeof(dist)
    own = numba.types.NamedTuple((named[0], numba.types.pyobject, named[2]), OnDemand)
    called = compiled_getitem(own, pair)
    assert called(dist._replace(metric=own_manhattan), (0, 2)) == 14
    assert compiled_getitem(named[0], integer) is None  # whatever is no OnDemand is left to numba


@pytest.mark.parametrize("dtype", [np.float32, np.int32, np.uint8])
def test_coordinates_are_used_in_place(dtype):
    coordinates = np.arange(6, dtype=dtype).reshape(3, 2)
    assert Points(coordinates).coordinates is coordinates
    assert Points(np.asfortranarray(coordinates)).coordinates.flags.c_contiguous
    assert Points(coordinates + dtype(1), "cosine").coordinates.dtype == np.float64
    assert Points(coordinates).n == 3
    assert Points(coordinates).distances.shape == (3, 3)


def test_vectors_of_the_same_direction_have_cosine_distance_zero():
    dist = Points([[1, 2], [1, 2], [2, 4], [-2, -4], [2, -1]], "cosine").distances
    assert dist[0, 1] == 0
    assert dist[0].tolist() == pytest.approx([0, 0, 0, 2, 1], abs=1e-15)


GOOD = np.arange(12.0).reshape(6, 2)


def changed(value, dtype=float):
    coordinates = GOOD.astype(dtype)
    coordinates[4, 1] = value
    return coordinates


@pytest.mark.parametrize(
    ("coordinates", "metric", "error", "message"),
    [
        (changed(np.nan), "euclidean", ValueError, r"coordinates\[4, 1\] is nan: coordinates must be finite"),
        (changed(-np.inf, np.float32), "manhattan", ValueError, r"coordinates\[4, 1\] is -inf"),
        (changed(np.inf), "manhattan", ValueError, r"coordinates\[4, 1\] is inf"),
        (changed(1e160), "euclidean", ValueError, r"coordinates\[4, 1\] is 1e\+160: sums of squares overflow"),
        (changed(-1e160), "euclidean", ValueError, r"coordinates\[4, 1\] is -1e\+160: sums of squares over"),
        (GOOD[:, 0], "euclidean", ValueError, r"one row per object, its shape is \(6,\)"),
        (GOOD[:, :0], "euclidean", ValueError, r"one row per object, its shape is \(6, 0\)"),
        (GOOD[:0], "euclidean", ValueError, r"one row per object, its shape is \(0, 2\)"),
        (GOOD.astype(complex), "euclidean", TypeError, "coordinates has elements of type complex128"),
        (GOOD.astype(">f8"), "euclidean", TypeError, "coordinates has elements of type >f8"),
        (GOOD > 3, "hamming", TypeError, "coordinates has elements of type bool"),
        (np.ma.masked_equal(GOOD, 0), "euclidean", TypeError, "coordinates has masked entries"),
        (GOOD * 0, "cosine", ValueError, r"coordinates\[0\] is zero"),
        (GOOD, "euclid", ValueError, r"metric is 'euclid', must be one of \('euclidean'"),
        (GOOD, 2, TypeError, "metric is 2, must be a name or a function compiled by numba.njit"),
        (GOOD, print, TypeError, "metric is <built-in function print>"),
        (GOOD, a_similarity, ValueError, r"metric\(coordinates\[0\], coordinates\[0\]\) is 1.0: .*similarity"),
        (GOOD / 2, bad_from, ValueError, r"metric\(coordinates\[0\], coordinates\[4\]\) is nan: .* no sum of 6 over"),
        (GOOD, a_text, TypeError, "metric gives no number for two rows of float64|'<=' not supported"),
    ],
)
def test_bad_points(coordinates, metric, error, message):
    with pytest.raises(error, match=message):
        Points(coordinates, metric)


def test_coordinates_as_large_as_they_may_be():
    largest = np.sqrt(np.finfo(np.float64).max / 4 / 12) / 2
    coordinates = np.where(GOOD > 5, largest * 0.999, -largest * 0.999)
    assert np.isfinite(submatrix(Points(coordinates, "sqeuclidean").distances, np.arange(6)).sum())
    with pytest.raises(ValueError, match="overflow"):
        Points(coordinates * 1.01)
