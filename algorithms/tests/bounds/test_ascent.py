import time

import naive_bounds
import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import Problem, fasterpam
from kmedoids_bench.algorithms.bounds import ascent as ascents
from kmedoids_bench.algorithms.bounds.known import known_of
from kmedoids_bench.algorithms.bounds.relaxation import relaxation_of

optimize = pytest.importorskip("scipy.optimize")
SOON = 60.0


def raised(dist, medoids, loss, enough=np.inf, seconds=SOON, **settings):
    relaxation = relaxation_of(Problem.of(dist), np.array(medoids), None)
    deadline = time.perf_counter() + seconds
    return ascents.ascend(relaxation, relaxation.middle, loss, enough, deadline=deadline, **settings)


def linear_relaxation(dist, k):
    """The least loss if medoids may be chosen in part, which no Lagrangian bound can exceed."""
    n = len(dist)
    served = np.kron(np.ones(n), np.eye(n)), np.zeros((n, n))  # x[c, o], then y[c]
    close = np.hstack([np.eye(n * n), -np.kron(np.eye(n), np.ones((n, 1)))])
    equal = np.vstack([np.hstack(served), np.concatenate([np.zeros(n * n), np.ones(n)])])
    return optimize.linprog(
        np.concatenate([dist.ravel(), np.zeros(n)]), close, np.zeros(n * n), equal, np.append(np.ones(n), k)
    ).fun


@pytest.mark.parametrize(("n", "k", "seed"), [(14, 2, 0), (14, 3, 1), (16, 4, 2), (12, 1, 3), (10, 10, 4)])
def test_the_bound_rises_to_that_of_the_linear_relaxation(n, k, seed):
    rng = np.random.default_rng(seed)
    dist = problems.distances_between(rng.integers(0, 40, (n, 2))).astype(np.float64)
    losses = naive_bounds.losses(dist, k)
    best = min(losses, key=losses.__getitem__)
    ascent = raised(dist, best, float(losses[best]), span=400)
    limit = linear_relaxation(dist, k)
    assert limit * 0.998 - 1e-9 <= ascent.best.bound <= limit * (1 + 1e-9) + 1e-9


def test_ends_when_the_bound_is_enough_or_nothing_is_left_or_time_is_up():
    dist = problems.distances_between(np.array([[0], [1], [2], [10], [11], [12]])).astype(np.float64)
    proven = raised(dist, [1, 4], 4.0, enough=4.0 * (1 - 1e-9))
    assert proven.best.bound >= 4.0 * (1 - 1e-9)
    assert raised(dist, [1, 4], 4.0, seconds=0.0).n_passes == 1
    assert raised(dist, [1, 4], 4.0, enough=1.0).n_passes == 1
    assert raised(dist, [1, 4], 4.0, span=3, least_gain=0.9).n_passes <= 12


def test_where_the_relaxation_is_weak_the_limits_are_widened():
    dist = np.random.default_rng(0).random((30, 30))
    np.fill_diagonal(dist, 0)
    problem, medoids = Problem.of(dist), fasterpam(dist, k=4, seed=0).medoids
    known = known_of(problem, medoids)
    narrow = raised(dist, medoids, known.loss)
    wide = ascents.first_ascent(relaxation_of(problem, medoids, None), known, time.perf_counter() + SOON)
    limit = linear_relaxation(dist, 4)
    assert narrow.best.bound < 0.99 * limit
    assert 0.995 * limit < wide.best.bound <= limit * (1 + 1e-9)
    assert wide.n_passes > narrow.n_passes


def test_shares_say_how_often_a_candidate_is_chosen():
    rng = np.random.default_rng(5)
    dist = rng.integers(1, 50, (30, 30)).astype(np.float64)  # far from a metric: the relaxation is fractional
    np.fill_diagonal(dist, 0)
    ascent = raised(dist, [0, 1, 2], 1e3)
    assert ascent.shares.sum() == pytest.approx(3)
    assert ((ascent.shares >= 0) & (ascent.shares <= 1)).all()
    assert (ascent.shares % 1 > 0.01).any()
