import naive
import numpy as np
import problems
from hypothesis import given

from kmedoids_bench.algorithms import pam, random_start, reynolds


@given(problems.started(problems.tied_matrices()))
def test_makes_pam_s_swaps_also_with_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = reynolds(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.n_passes == len(swaps) + 1
        assert result.n_evaluations == result.n_passes * (len(dist) - len(start))


def test_a_lower_candidate_goes_before_a_lower_slot():
    # Left and right mirror each other: moving to object 3 in slot 0 gains as much as to object 1 in slot 1.
    x = np.array([-12.0, 11, 12, -11, -10, 10])
    dist = np.abs(x[:, None] - x)
    assert pam(dist, [0, 2]).swaps.tolist() == [[2, 1], [0, 3]]
    assert reynolds(dist, [0, 2]).swaps.tolist() == [[2, 1], [0, 3]]


def test_works_as_hard_as_pam():
    points = np.random.default_rng(1).normal(size=(80, 3))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = random_start(dist, 10, seed=2).medoids
    a, b = pam(dist, start), reynolds(dist, start)
    assert a.n_swaps > 5
    assert (a.n_evaluations, a.n_lookups) == (b.n_evaluations, b.n_lookups)


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = reynolds(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 2 * 6)
