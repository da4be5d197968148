import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem, build, build_gains
from kmedoids_bench.algorithms.core.loss import addition_change
from kmedoids_bench.algorithms.starts.build_gains import move_share


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()))
def test_chooses_what_the_specification_chooses(dist):
    n = len(dist)
    assert build_gains(dist, n).medoids.tolist() == naive.build(dist.tolist(), n)


@given(problems.started(st.one_of(problems.tied_matrices(), problems.tie_free_matrices())))
def test_the_changes_that_are_kept_are_those_that_build_computes_anew(problem):
    dist, medoids = problem
    by_object, objects = Problem.of(dist).by_object, range(len(dist))
    d_first, changes = np.zeros(len(dist)), np.zeros(len(dist))
    for t in range(len(medoids)):
        d_new = dist[medoids[: t + 1]].min(axis=0).astype(np.float64)
        for o in objects:
            move_share(by_object[o], d_first[o], d_new[o], changes)
        assert changes.tolist() == [addition_change(dist, d_new, c) for c in objects]
        d_first = d_new


def test_chooses_build_s_medoids_on_a_larger_problem_and_reads_less():
    points = np.random.default_rng(1).normal(size=(200, 3))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    # In float64 rounding decides between two objects that only have each other; the loss is the same.
    assert build_gains(dist, 40).loss == pytest.approx(build(dist, 40).loss, rel=1e-12)
    dist = dist.astype(np.float32)
    a, b = build(dist, 40), build_gains(dist, 40)
    assert a.medoids.tolist() == b.medoids.tolist()
    assert a.n_evaluations == b.n_evaluations
    assert a.n_lookups > 6 * b.n_lookups


def test_objects_that_do_not_move_are_not_read_again():
    n, k = 8, 5
    assert build_gains(np.zeros((n, n)), k).n_lookups == 2 * n * n + n + (k - 1) * n


def test_an_asymmetric_matrix_is_read_in_its_own_direction():
    dist = np.random.default_rng(0).integers(0, 1000, (60, 60))
    np.fill_diagonal(dist, 0)
    for matrix in (dist, dist.T, np.asfortranarray(dist)):
        assert build_gains(matrix, 9).medoids.tolist() == build(matrix, 9).medoids.tolist()
    assert build(dist, 9).medoids.tolist() != build(dist.T, 9).medoids.tolist()
