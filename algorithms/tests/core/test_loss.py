import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms.core.loss import (
    addition_change,
    comes_before,
    improves,
    loss_after_swap,
    loss_change,
    loss_changes,
    removal_loss,
    total_deviation,
)
from kmedoids_bench.algorithms.core.nearest import nearest_medoids

any_matrices = st.one_of(problems.tied_matrices(min_n=2), problems.tie_free_matrices(min_n=2))


def close(a, b):
    return a == pytest.approx(b, rel=1e-12, abs=1e-12)


@given(problems.started(any_matrices, min_k=2))
def test_every_change_is_the_difference_of_two_losses(problem):
    dist, medoids = problem
    near = nearest_medoids(dist, np.array(medoids))
    rows = dist.tolist()
    before = naive.loss(rows, medoids)
    assert close(total_deviation(near), before)
    removal = removal_loss(near, len(medoids))
    for slot in range(len(medoids)):
        assert close(removal[slot], naive.loss(rows, medoids[:slot] + medoids[slot + 1 :]) - before)
    changes = np.empty(len(medoids))
    for candidate in set(range(len(dist))) - set(medoids):
        shared = loss_changes(dist, near, removal, candidate, changes)
        for slot in range(len(medoids)):
            after = naive.loss(rows, naive.replaced(medoids, slot, candidate))
            assert close(loss_after_swap(dist, near, slot, candidate), after)
            assert close(before + loss_change(dist, near, slot, candidate), after)
            assert close(before + changes[slot] + shared, after)


@given(problems.started(any_matrices, min_k=2))
def test_the_change_by_an_addition_is_the_difference_of_two_losses(problem):
    dist, medoids = problem
    d_first = dist[medoids].min(axis=0).astype(np.float64)
    for candidate in range(len(dist)):
        after = naive.loss(dist.tolist(), [*medoids, candidate])
        assert close(naive.loss(dist.tolist(), medoids) + addition_change(dist, d_first, candidate), after)


def test_a_swap_must_gain_more_than_the_tolerance():
    assert improves(1.0 - 2e-12, 1.0)
    assert not improves(1.0 - 0.5e-12, 1.0)
    assert not improves(1.0, 1.0)
    assert not improves(0.0, 0.0)


def test_the_lower_candidate_wins_a_tie_and_of_equal_candidates_the_first_met():
    assert comes_before(-2.0, 9, -1.0, 3)
    assert not comes_before(-1.0, 3, -2.0, 9)
    assert comes_before(-1.0, 3, -1.0, 9)
    assert not comes_before(-1.0, 9, -1.0, 3)
    assert not comes_before(-1.0, 3, -1.0, 3)
