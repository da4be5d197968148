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


def test_makes_pam_s_swaps_on_a_larger_problem_with_many_medoids():
    points = np.random.default_rng(1).normal(size=(150, 3))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = random_start(dist, 40, seed=2).medoids
    a, b = pam(dist, start), fastpam1(dist, start)
    assert a.swaps.tolist() == b.swaps.tolist()
    assert a.n_swaps > 10
    assert a.n_evaluations == b.n_evaluations
    assert a.n_lookups > 30 * b.n_lookups
