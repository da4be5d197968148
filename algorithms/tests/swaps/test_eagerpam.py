import naive
import numpy as np
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import eagerpam, fasterpam, random_start

FIVE = np.array([[0, 1, 2, 4, 7], [1, 0, 3, 5, 8], [2, 3, 0, 6, 9], [4, 5, 6, 0, 1], [7, 8, 9, 1, 0]])


@given(problems.started(st.one_of(problems.tied_matrices(min_n=2), problems.tie_free_matrices(min_n=2)), min_k=2))
def test_makes_the_swaps_of_the_specification(problem):
    dist, start = problem
    medoids, swaps = naive.eagerpam(dist.tolist(), start)
    result = eagerpam(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2), st.integers(1, 3))
def test_makes_the_swaps_of_the_first_passes_only(problem, max_passes):
    dist, start = problem
    medoids, swaps = naive.eagerpam(dist.tolist(), start, max_passes)
    result = eagerpam(dist, start, max_passes=max_passes)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.n_passes <= max_passes


def test_counts_by_hand():
    # The loss is 2 + 4 + 7. Candidate 2 in slot 0 leaves 1 + 5 + 8, in slot 1 it leaves 1 + 4 + 7: taken, although
    # candidate 3 would leave 2 + 1 + 1.
    result = eagerpam(FIVE, [0, 1])
    assert result.swaps[0].tolist() == [1, 2]
    assert result.losses[0] == 12
    assert result.loss == 4
    stopped = eagerpam(FIVE, [0, 1], max_passes=1)
    assert stopped.n_passes == 1


def test_a_local_optimum_is_seen_in_one_pass():
    points = np.random.default_rng(1).normal(size=(60, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    result = eagerpam(dist, fasterpam(dist, k=7, seed=1).medoids)
    assert (result.n_swaps, result.n_passes, result.n_evaluations) == (0, 1, 60 - 7)
    # finding the nearest medoids, and one look at every pair of medoid and candidate
    assert result.n_lookups == 7 * 60 + 7 * (60 - 7) * 60


def test_ends_after_a_full_circle_without_a_swap():
    # The first candidate is taken; a circle more, and it ends where the swap was made.
    x = np.array([1.0, 0, 2, 10, 11, 12])
    result = eagerpam(np.abs(x[:, None] - x), [1, 4])
    assert result.swaps.tolist() == [[1, 0]]
    assert (result.n_passes, result.n_evaluations) == (2, 1 + 6 - 2)


def test_reads_k_times_as_much_as_fasterpam():
    points = np.random.default_rng(1).normal(size=(150, 3))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    start = random_start(dist, 40, seed=2).medoids
    assert eagerpam(dist, start).n_lookups > 20 * fasterpam(dist, start).n_lookups


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = eagerpam(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 2 * 6)
