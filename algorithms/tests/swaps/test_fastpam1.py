import naive
import numpy as np
import problems
from hypothesis import given

from kmedoids_bench.algorithms import fastpam1, pam, random_start


@given(problems.started(problems.tied_matrices()))
def test_makes_the_swaps_of_the_specification_also_with_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = fastpam1(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.n_passes == len(swaps) + 1
        assert result.n_evaluations == result.n_passes * (len(dist) - len(start))


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = fastpam1(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 6)


def test_stops_after_max_passes():
    result = fastpam1(np.abs(np.subtract.outer(range(6), range(6))), [0, 1], max_passes=1)
    assert (result.n_swaps, result.n_passes) == (1, 1)


def test_makes_pam_s_swaps_on_a_larger_problem_with_many_medoids():
    points = np.random.default_rng(1).normal(size=(90, 3))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = random_start(dist, 40, seed=2).medoids
    a, b = pam(dist, start), fastpam1(dist, start)
    assert a.swaps.tolist() == b.swaps.tolist()
    assert a.n_swaps > 10
    assert a.n_evaluations == b.n_evaluations
    assert a.n_lookups > 30 * b.n_lookups
