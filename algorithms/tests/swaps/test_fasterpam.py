import grids
import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fasterpam, tuned

FIVE = np.array([[0, 1, 2, 4, 7], [1, 0, 3, 5, 8], [2, 3, 0, 6, 9], [4, 5, 6, 0, 1], [7, 8, 9, 1, 0]])


@given(problems.started(problems.tied_matrices()), st.randoms(use_true_random=False))
def test_makes_the_swaps_of_the_specification_in_any_order(problem, random):
    dist, start = problem
    order = list(range(len(dist)))
    random.shuffle(order)
    medoids, swaps = naive.fasterpam(dist.tolist(), start, order)
    result = fasterpam(dist, start, order=order)
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.swaps.tolist() == [list(swap) for swap in swaps]
        assert result.medoids.tolist() == medoids
    assert result.loss == naive.loss(dist.tolist(), medoids)


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2), st.integers(1, 3))
def test_makes_the_swaps_of_the_first_passes_only(problem, max_passes):
    dist, start = problem
    medoids, swaps = naive.fasterpam(dist.tolist(), start, max_passes=max_passes)
    result = fasterpam(dist, start, max_passes=max_passes)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.n_passes <= max_passes


@given(problems.started(problems.tie_free_matrices(min_n=2), min_k=2))
def test_makes_the_swaps_of_the_specification_without_ties(problem):
    dist, start = problem
    medoids, swaps = naive.fasterpam(dist.tolist(), start)
    result = fasterpam(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids


def test_counts_by_hand():
    result = fasterpam(FIVE, [0, 1])
    assert (result.loss, result.n_swaps, result.n_passes) == (4, 2, 2)


def test_ends_after_a_full_circle_without_a_swap():
    points = np.random.default_rng(1).normal(size=(60, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    from_optimum = fasterpam(dist, fasterpam(dist, k=7, seed=1).medoids)
    assert (from_optimum.n_swaps, from_optimum.n_passes, from_optimum.n_evaluations) == (0, 1, 60 - 7)
    assert from_optimum.n_lookups == 60 * 7 + (60 - 7) * 60
    # One step away from it, and the step is tried first: a circle more, which ends where the swap was made.
    first, *others = from_optimum.medoids.tolist()
    candidates = np.setdiff1d(np.arange(60), [first, *others])
    start = [candidates[dist[first, candidates].argmin()], *others]
    one_step = fasterpam(dist, start, order=[first, *candidates, *others])
    assert one_step.swaps.tolist() == [[start[0], first]]
    assert (one_step.n_passes, one_step.n_evaluations) == (2, 1 + 60 - 7)


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = fasterpam(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 6)


def test_stops_after_max_passes():
    assert fasterpam(FIVE, [0, 1], max_passes=1).n_passes == 1


def test_ends_on_equal_solutions_that_rounding_tells_apart():
    # Points on a circle: every rotation of a solution is as good, up to rounding.
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    points = np.column_stack((np.cos(angle), np.sin(angle)))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    np.fill_diagonal(dist, 0)
    for k in (2, 3, 8, 16):
        result = fasterpam(dist, list(range(k)))
        assert (np.diff(result.losses) < 0).all()


@pytest.mark.parametrize(
    ("order", "error", "message"),
    [
        ([0, 1, 2, 3, 3], ValueError, "order is not a permutation of 0 .. 4: 4 is missing"),
        ([0, 1], ValueError, r"order has shape \(2,\)"),
        ([0.0, 1, 2, 3, 4], TypeError, "order has elements of type float64"),
        (-1, ValueError, "order is -1, must be at least 0"),
        (True, TypeError, "order is True, must be an integer"),
        (1.0, TypeError, "order is 1.0, must be an integer"),
    ],
)
def test_bad_order(order, error, message):
    with pytest.raises(error, match=message):
        fasterpam(FIVE, [0, 1], order=order)


def test_a_number_is_the_seed_of_an_order():
    _, dist = grids.scattered(60)
    start, in_data_order = range(8), fasterpam(dist, range(8))
    results = [fasterpam(dist, start, order=seed) for seed in range(20)]
    for seed, result in enumerate(results):
        order = np.random.default_rng(seed).permutation(60)
        assert result.swaps.tolist() == fasterpam(dist, start, order=order).swaps.tolist()
        assert result.swaps.tolist() == tuned.fasterpam(dist, start, order=seed).swaps.tolist()
    assert any(result.swaps.tolist() != in_data_order.swaps.tolist() for result in results)
