import naive
import numpy as np
import problems
from hypothesis import given

from kmedoids_bench.algorithms import fastpam1, fastpam1a, random_start
from kmedoids_bench.algorithms.core.nearest import nearest_medoids
from kmedoids_bench.algorithms.swaps.fastpam1a import loss_changes_by_slot


@given(problems.started(problems.tied_matrices()))
def test_makes_pam_s_swaps_also_with_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = fastpam1a(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.n_passes == len(swaps) + 1
        assert result.n_evaluations == result.n_passes * (len(dist) - len(start))


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2))
def test_every_change_is_the_difference_of_two_losses(problem):
    dist, medoids = problem
    rows, changes = dist.tolist(), np.empty(len(medoids))
    near = nearest_medoids(dist, np.array(medoids))
    for candidate in set(range(len(dist))) - set(medoids):
        loss_changes_by_slot(dist, near, candidate, changes)
        for slot in range(len(medoids)):
            after = naive.loss(rows, naive.replaced(medoids, slot, candidate))
            assert changes[slot] == after - naive.loss(rows, medoids)


def test_reads_as_much_as_form_b():
    points = np.random.default_rng(1).normal(size=(80, 3))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = random_start(dist, 10, seed=2).medoids
    a, b = fastpam1a(dist, start), fastpam1(dist, start)
    assert a.swaps.tolist() == b.swaps.tolist()
    assert a.n_lookups == b.n_lookups


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = fastpam1a(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 6)
