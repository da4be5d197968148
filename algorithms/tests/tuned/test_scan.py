import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.fastpam1 import best_swap
from kmedoids_bench.algorithms.loss import loss_changes, removal_loss
from kmedoids_bench.algorithms.nearest import nearest_medoids
from kmedoids_bench.algorithms.tuned import scan


def state(n, k, seed=0):
    rng = np.random.default_rng(seed)
    dist = problems.distances_between(rng.integers(0, 9, (n, 2))).astype(np.float32)
    medoids = rng.permutation(n)[:k]
    near = nearest_medoids(dist, medoids)
    return dist, medoids, near, removal_loss(near, k)


@pytest.mark.parametrize(("n", "k"), [(9, 2), (37, 5), (64, 20)])
def test_eight_candidates_at_once_give_what_each_gives_alone(n, k):
    dist, medoids, near, removal = state(n, k)
    candidates = np.setdiff1d(np.arange(n), medoids)[:8]
    candidates = np.concatenate((candidates, np.full(8 - len(candidates), candidates[-1])))
    changes, shared = np.empty(8 * k), np.empty(8)
    scan.loss_changes_of_eight(dist, near, removal, candidates, changes, shared)
    for lane, candidate in enumerate(candidates):
        alone = np.empty(k)
        addition = loss_changes(dist, near, removal, candidate, alone)
        together = changes.reshape(k, 8)[:, lane] + shared[lane]
        np.testing.assert_array_equal(together, alone + (0.0 if addition is None else addition))


@pytest.mark.parametrize(("n", "k"), [(5, 2), (9, 8), (50, 3), (70, 30)])
def test_the_best_swap_is_that_of_fastpam1(n, k):
    dist, medoids, near, removal = state(n, k, seed=n)
    for evaluate in (scan.evaluate_serially, scan.evaluate_in_parallel):
        change, slot, candidate = scan.best_swap(dist, medoids, near, removal, evaluate)
        expected = best_swap(dist, medoids, near)
        assert (change, slot, candidate) == pytest.approx(tuple(expected))


def test_no_candidate_is_left_if_all_are_medoids():
    dist, medoids, near, removal = state(6, 6)
    assert scan.best_swap(dist, medoids, near, removal, scan.evaluate_serially)[1:] == (-1, -1)
