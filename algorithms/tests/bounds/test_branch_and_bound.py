import time

import naive_bounds
import numba
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import optimal
from kmedoids_bench.algorithms.bounds.ascent import first_ascent
from kmedoids_bench.algorithms.bounds.branch_and_bound import branch_and_bound
from kmedoids_bench.algorithms.bounds.known import known_of
from kmedoids_bench.algorithms.bounds.relaxation import relaxation_of
from kmedoids_bench.algorithms.tuned import threads

matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())


def searched(dist, medoids):
    """The search alone, from the given medoids, which may be poor."""
    problem, medoids = Problem.of(dist), np.array(medoids)
    deadline = time.perf_counter() + 60
    known = known_of(problem, medoids)
    return branch_and_bound(first_ascent(relaxation_of(problem, medoids, None), known, deadline), known, deadline)


def assert_optimal(result, dist, k):
    optimum = naive_bounds.optimum(dist, k)
    assert result.proven
    assert result.bound <= optimum
    assert result.loss == pytest.approx(float(optimum), rel=1e-9)
    assert result.loss == float(naive_bounds.losses(dist, k)[tuple(result.medoids.tolist())])
    assert result.gap <= 2e-9
    if (dist == np.floor(dist)).all():
        assert result.bound == result.loss == optimum


@given(problem=problems.started(matrices))
def test_the_optimum_by_enumeration(problem):
    dist, medoids = problem
    assert_optimal(optimal(dist, len(medoids)), dist, len(medoids))
    assert_optimal(searched(dist, medoids), dist, len(medoids))


@pytest.mark.parametrize("kind", ["whole", "rounded"])
def test_the_optimum_where_the_relaxation_is_weak_and_the_start_is_poor(kind):
    rng = np.random.default_rng(0)
    n_nodes = []
    for _ in range(60 if not problems.PROOF else 1000):
        n = int(rng.integers(6, 12))
        dist = rng.integers(1, 9, (n, n)) * 1.0 if kind == "whole" else rng.random((n, n)) + 1  # far from a metric
        np.fill_diagonal(dist, 0)
        k = int(rng.integers(2, 5))
        result = searched(dist, rng.permutation(n)[:k])
        assert_optimal(result, dist, k)
        n_nodes.append(result.n_nodes)
    assert max(n_nodes) >= 3


def uniform(n, seed=0):
    dist = np.random.default_rng(seed).random((n, n))
    np.fill_diagonal(dist, 0)
    return dist


def test_an_interrupted_search_says_how_far_it_is():
    dist = uniform(80)
    for seconds in (0.0, 0.3):
        result = optimal(dist, 8, seconds=seconds)
        assert not result.proven
        assert (0.0 if seconds else -1.0) < result.bound < result.loss
        assert result.loss == pytest.approx(dist[result.medoids].min(axis=0).sum())


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="a single core")
def test_the_number_of_threads_changes_nothing(monkeypatch):
    monkeypatch.setattr(threads, "LEAST_FOR_THREADS", 1)
    dist = problems.distances_between(np.random.default_rng(2).integers(0, 99, (40, 2))).astype(np.float64)
    alone, together = (optimal(dist, 4, threads=count) for count in (1, 2))
    assert together.medoids.tolist() == alone.medoids.tolist()
    assert (together.loss, together.n_passes, together.n_nodes) == (alone.loss, alone.n_passes, alone.n_nodes)


def test_bad_input_is_named():
    dist = np.ones((4, 4)) - np.eye(4)
    for arguments, message in (({"k": 0}, "k is 0"), ({"k": 2, "seconds": -1.0}, "seconds is -1")):
        with pytest.raises(ValueError, match=message):
            optimal(dist, **arguments)
