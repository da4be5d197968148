import naive
import numpy as np
import problems
import pytest
from hypothesis import given

from kmedoids_bench.algorithms import pam

# Packed lower triangle 1 | 2 3 | 4 5 6 | 7 8 9 1: small enough to follow with a pencil.
FIVE = np.array([[0, 1, 2, 4, 7], [1, 0, 3, 5, 8], [2, 3, 0, 6, 9], [4, 5, 6, 0, 1], [7, 8, 9, 1, 0]])


@given(problems.started(problems.tied_matrices()))
def test_makes_the_swaps_of_the_specification_also_with_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = pam(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.loss == naive.loss(dist.tolist(), medoids)
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.n_passes == len(swaps) + 1
        assert result.n_evaluations == result.n_passes * (len(dist) - len(start))


@given(problems.started(problems.tie_free_matrices()))
def test_makes_the_swaps_of_the_specification_without_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = pam(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids


def test_counts_by_hand():
    result = pam(FIVE, [0, 1])
    assert (result.loss, result.n_swaps, result.n_passes) == (4, 1, 2)
    assert result.n_evaluations == 2 * 3
    # finding the nearest medoids, two passes over 3 candidates x 2 slots, one confirmation, one update without rescans
    assert result.n_lookups == 2 * 5 + 2 * 3 * 2 * 5 + 5 + 5
    assert pam(FIVE, [1]).loss == 14


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = pam(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 2 * 6)


def test_stops_after_max_passes():
    result = pam(FIVE, [0, 1], max_passes=1)
    assert (result.n_swaps, result.n_passes) == (1, 1)


@pytest.mark.parametrize(("k", "loss"), [(1, 14), (2, 9), (3, 5)])
def test_known_best_losses(k, loss):
    dist = np.zeros((5, 5))
    dist[np.triu_indices(5, 1)] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert pam(dist + dist.T, k=k).loss == loss
