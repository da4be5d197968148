import naive
import naive_silhouettes
import numpy as np
import problems
from hypothesis import given

from kmedoids_bench.algorithms.silhouettes import ratios
from kmedoids_bench.algorithms.silhouettes.three_nearest import three_nearest_medoids


@given(problems.started(problems.matrices_of_powers(min_n=2), min_k=2))
def test_a_scan_gives_the_loss_after_every_swap(problem):
    dist, start = problem
    rows, k, n = dist.tolist(), len(start), len(dist)
    near = three_nearest_medoids(dist, np.array(start))
    loss = naive_silhouettes.loss(rows, start)
    assert ratios.total_ratio(near) == loss
    removal, changes = ratios.removal_loss(near, k), np.empty(k)
    before, buffers = near.lookups[0], (np.empty(n), np.empty(n))
    others = [c for c in range(n) if c not in start]
    for candidate in others:
        shared = ratios.loss_changes(dist, near, removal, candidate, changes)
        for slot in range(k):
            after = naive_silhouettes.loss(rows, naive.replaced(start, slot, candidate))
            assert loss + changes[slot] + shared == after
            assert ratios.loss_after_swap(dist, near, slot, candidate) == after
            assert ratios.ratios_from(dist, np.array(start), slot, candidate, *buffers) == after
    assert near.lookups[0] - before == len(others) * n * (1 + k)


@given(problems.started(problems.matrices_of_powers(min_n=3), min_k=3))
def test_what_is_missed_when_a_medoid_is_removed(problem):
    dist, start = problem
    near = three_nearest_medoids(dist, np.array(start))
    loss = naive_silhouettes.loss(dist.tolist(), start)
    after = [naive_silhouettes.loss(dist.tolist(), fewer) for fewer in naive_silhouettes.without_one(start)]
    assert (loss + ratios.removal_loss(near, len(start))).tolist() == after
