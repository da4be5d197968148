import numpy as np
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms.silhouettes.three_nearest import swap, three_nearest_medoids


def assert_nearest(dist, medoids, near):
    k = len(medoids)
    slots = np.stack([near.first, near.second, near.third]).astype(int)
    distances = np.stack([near.d_first, near.d_second, near.d_third])
    expected = np.sort(dist[medoids].astype(float), axis=0)[:3]
    np.testing.assert_array_equal(distances[: len(expected)], expected)
    np.testing.assert_array_equal(dist[np.array(medoids)[slots[: len(expected)]], np.arange(len(dist))], expected)
    assert all(len(set(column)) == 3 for column in slots.T)
    if k == 2:
        assert (slots[2] == k).all()
        assert np.isinf(near.d_third).all()
    assert near.first[medoids].tolist() == list(range(k))


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2), st.data())
def test_they_are_the_nearest_after_any_swaps(problem, data):
    dist, start = problem
    medoids = np.array(start)
    near = three_nearest_medoids(dist, medoids)
    assert_nearest(dist, start, near)
    for _ in range(4 if len(start) < len(dist) else 0):
        slot = data.draw(st.integers(0, len(start) - 1))
        candidate = data.draw(st.sampled_from([o for o in range(len(dist)) if o not in medoids]))
        swap(dist, medoids, near, slot, candidate)
        assert medoids[slot] == candidate
        assert_nearest(dist, medoids.tolist(), near)


def test_entries_that_are_read():
    dist = problems.distances_between(np.array([[0], [1], [2], [3], [4], [100], [101]])).astype(float)
    medoids = np.array([0, 1, 2, 3])
    near = three_nearest_medoids(dist, medoids)
    assert near.lookups.tolist() == [4 * 7]
    swap(dist, medoids, near, 1, 5)
    # The row of object 5, and one more medoid for each of the five objects that lose one of three and are far off.
    assert near.lookups.tolist() == [4 * 7 + 7 + 5]
