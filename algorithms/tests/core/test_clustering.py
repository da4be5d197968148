import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import pam
from kmedoids_bench.algorithms.core.clustering import assign


def test_ties_go_to_the_lowest_slot_but_a_medoid_is_its_own():
    dist = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 2], [1, 1, 2, 0]])
    labels, loss = assign(dist, np.array([1, 0]))
    assert labels.tolist() == [1, 0, 0, 0]
    assert loss == 2


@given(problems.started(st.one_of(problems.tied_matrices(), problems.tie_free_matrices())))
def test_every_object_is_assigned_to_its_nearest_medoid(problem):
    dist, medoids = problem
    labels, loss = assign(dist, np.array(medoids))
    assert loss == pytest.approx(naive.loss(dist.tolist(), medoids), rel=1e-12)
    np.testing.assert_array_equal(dist[medoids][labels, np.arange(len(dist))], dist[medoids].min(axis=0))


def test_the_direction_of_an_asymmetric_matrix():
    # Object 1 costs 5 when 0 is its medoid; object 0 costs 1 when 1 is its medoid.
    dist = np.array([[0, 5], [1, 0]])
    assert pam(dist, k=1).medoids.tolist() == [1]
    assert pam(dist, k=1).loss == 1
    assert pam(dist.T, k=1).medoids.tolist() == [0]


def test_the_loss_is_summed_in_float64():
    dist = np.full((2000, 2000), 1 / 3, np.float32)
    np.fill_diagonal(dist, 0)
    assert pam(dist, [0]).loss == 1999 * float(np.float32(1 / 3))
