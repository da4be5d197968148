import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.core.loss import loss_changes, removal_loss
from kmedoids_bench.algorithms.swaps.fastpam1 import best_swap
from kmedoids_bench.algorithms.tuned import scan
from kmedoids_bench.algorithms.tuned.nearest import new_state


def drawn(n, k, seed=0):
    rng = np.random.default_rng(seed)
    dist = problems.distances_between(rng.integers(0, 9, (n, 2))).astype(np.float64)
    medoids = rng.permutation(n)[:k]
    state = new_state(dist, medoids)
    return dist, medoids, state, removal_loss(state.near, k)


@pytest.mark.parametrize(("n", "k"), [(9, 2), (37, 5), (64, 20), (67, 13), (23, 22)])
def test_a_group_of_candidates_gives_what_each_gives_alone(n, k):
    dist, medoids, state, removal = drawn(n, k)
    near, others = state.near, np.setdiff1d(np.arange(n), medoids)
    for size, together in ((8, scan.loss_changes_of_eight), (4, scan.loss_changes_of_four)):
        candidates = np.resize(others[:size], size)
        changes, shared = np.empty(size * k), np.empty(size)
        bounds = (state.bounds,) if size == 4 else ()
        together(dist, near, *bounds, removal, candidates, changes, shared)
        for lane, candidate in enumerate(candidates):
            alone = np.empty(k)
            addition = loss_changes(dist, near, removal, candidate, alone)
            np.testing.assert_array_equal(changes.reshape(k, size)[:, lane], alone)
            assert shared[lane] == addition


@pytest.mark.parametrize(("n", "k"), [(5, 2), (9, 8), (50, 3), (70, 30)])
def test_the_best_swap_is_that_of_fastpam1(n, k):
    dist, medoids, state, removal = drawn(n, k, seed=n)
    for threads in (None, 2):
        change, slot, candidate = scan.best_swap(dist, medoids, state, removal, threads)
        expected = best_swap(dist, medoids, state.near)
        assert (change, slot, candidate) == pytest.approx(tuple(expected))


def test_no_candidate_is_left_if_all_are_medoids():
    dist, medoids, state, removal = drawn(6, 6)
    assert scan.best_swap(dist, medoids, state, removal, None)[1:] == (-1, -1)
