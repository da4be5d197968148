import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms.core.descent import begin, candidate_limit, loss_if_better, n_passes_of, swap_if_better
from kmedoids_bench.algorithms.core.problem import UNLIMITED


@given(problems.started(problems.tied_matrices(min_n=3), min_k=2), st.data())
def test_a_swap_is_made_only_if_it_lowers_the_loss(problem, data):
    dist, start = problem
    others = sorted(set(range(len(dist))) - set(start))
    if not others:
        return
    slot, candidate = data.draw(st.integers(0, len(start) - 1)), data.draw(st.sampled_from(others))
    medoids, near, log = begin(dist, np.array(start))
    before = naive.loss(dist.tolist(), start)
    assert (log.loss, log.n_swaps) == (before, 0)
    after = naive.loss(dist.tolist(), naive.replaced(start, slot, candidate))
    assert loss_if_better(dist, near, before, after - before, slot, candidate) == min(before, after)
    log, improved = swap_if_better(dist, medoids, near, log, after - before, slot, candidate)
    assert improved == (after < before)
    assert medoids.tolist() == (naive.replaced(start, slot, candidate) if improved else start)
    assert (log.loss, log.n_swaps) == (min(before, after), improved)


def test_a_swap_of_which_the_scan_expects_nothing_is_not_evaluated():
    dist = np.ones((5, 5)) - np.eye(5)
    medoids, near, log = begin(dist, np.array([0, 1]))
    before = near.lookups[0]
    assert not swap_if_better(dist, medoids, near, log, 0.0, 1, 3)[1]
    assert near.lookups[0] == before


@pytest.mark.parametrize(("tried", "passes"), [(1, 1), (9, 1), (10, 1), (11, 2)])
def test_passes_that_have_begun(tried, passes):
    assert n_passes_of(tried, 10) == passes
    assert candidate_limit(10, passes) == 10 * passes
    assert candidate_limit(10, UNLIMITED) > 10**17
