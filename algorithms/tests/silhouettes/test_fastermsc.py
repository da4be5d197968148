import naive_silhouettes
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fastermsc


@given(problems.started(problems.matrices_of_powers(min_n=2), min_k=2), st.randoms(use_true_random=False))
def test_makes_the_swaps_of_the_specification_in_any_order(problem, random):
    dist, start = problem
    order = list(range(len(dist)))
    random.shuffle(order)
    max_passes = random.choice([1, 2, 10**9])
    medoids, swaps = naive_silhouettes.fastermsc(dist.tolist(), start, order, max_passes)
    result = fastermsc(dist, start, order=order, max_passes=max_passes)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.n_passes <= max_passes


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2))
def test_ends_in_a_local_optimum_of_the_silhouette(problem):
    dist, start = problem
    assert naive_silhouettes.is_local_optimum(dist.tolist(), fastermsc(dist, start).medoids.tolist())


def test_ends_after_a_full_circle_without_a_swap():
    points = np.random.default_rng(1).normal(size=(60, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    from_optimum = fastermsc(dist, fastermsc(dist, k=7, seed=1).medoids)
    assert (from_optimum.n_swaps, from_optimum.n_passes, from_optimum.n_evaluations) == (0, 1, 60 - 7)
    assert from_optimum.n_lookups >= 60 * 7 + (60 - 7) * 60
    first, *others = from_optimum.medoids.tolist()
    candidates = np.setdiff1d(np.arange(60), [first, *others])
    start = [candidates[dist[first, candidates].argmin()], *others]
    one_step = fastermsc(dist, start, order=[first, *candidates, *others])
    assert one_step.swaps.tolist() == [[start[0], first]]
    assert (one_step.n_passes, one_step.n_evaluations) == (2, 1 + 60 - 7)


def test_bad_order():
    with pytest.raises(ValueError, match="order is not a permutation of 0 .. 2"):
        fastermsc(np.ones((3, 3)) - np.eye(3), [0, 1], order=[0, 1, 1])
