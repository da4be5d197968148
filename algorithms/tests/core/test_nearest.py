import numpy as np
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms.core.nearest import find_second, is_medoid, nearest_medoids, swap


def assert_right(dist, medoids, near):
    """The distances are the two least of each object, the slots are theirs, medoids own themselves."""
    to_medoids = dist[medoids].astype(np.float64)
    ordered = np.sort(to_medoids, axis=0)
    objects = np.arange(len(dist))
    np.testing.assert_array_equal(near.d_first, ordered[0])
    np.testing.assert_array_equal(near.d_second, ordered[1])
    np.testing.assert_array_equal(to_medoids[near.first, objects], near.d_first)
    np.testing.assert_array_equal(to_medoids[near.second, objects], near.d_second)
    assert (near.first != near.second).all()
    np.testing.assert_array_equal(near.first[medoids], np.arange(len(medoids)))


any_matrices = st.one_of(problems.tied_matrices(min_n=2), problems.tie_free_matrices(min_n=2))


@given(problems.started(any_matrices, min_k=2))
def test_filled_from_scratch(problem):
    dist, medoids = problem
    medoids = np.array(medoids)
    near = nearest_medoids(dist, medoids)
    assert near.lookups[0] == dist.shape[0] * len(medoids)
    assert_right(dist, medoids, near)
    assert [is_medoid(medoids, near.first, o) for o in range(len(dist))] == [o in medoids for o in range(len(dist))]


def test_of_equally_near_medoids_the_first_met_counts():
    dist, medoids = np.ones((6, 6)) - np.eye(6), np.arange(5)
    near = nearest_medoids(dist, medoids)
    assert (near.first[5], near.second[5]) == (0, 1)
    for d_slot, second in ((1.0, 3), (2.0, 1)):  # that of the slot is given, and so met before the others
        before = near.lookups[0]
        find_second(dist, medoids, near, 5, 3, d_slot)
        assert near.lookups[0] == before + 5 - 2
        assert (near.second[5], near.d_second[5]) == (second, 1.0)


@given(problems.started(any_matrices, min_k=2), st.integers(0, 2**32 - 1))
def test_right_after_every_one_of_many_swaps(problem, seed):
    dist, medoids = problem
    medoids = np.array(medoids)
    rng = np.random.default_rng(seed)
    near = nearest_medoids(dist, medoids)
    for _ in range(12):
        others = np.setdiff1d(np.arange(len(dist)), medoids)
        if not len(others):
            return
        slot, candidate = rng.integers(len(medoids)), rng.choice(others)
        # An object that loses one of its two medoids, and gets none as near in the same slot, looks at the others.
        lost = ((near.first == slot) | (near.second == slot)) & (dist[candidate] >= near.d_second)
        lost[candidate] = False
        expected = near.lookups[0] + len(dist) + np.count_nonzero(lost) * (len(medoids) - 2)
        swap(dist, medoids, near, slot, candidate)
        assert near.lookups[0] == expected
        assert medoids[slot] == candidate
        assert_right(dist, medoids, near)
