import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fastpam1, fastpam2

any_matrices = st.one_of(problems.tied_matrices(min_n=2), problems.tie_free_matrices(min_n=2))


@given(problems.started(any_matrices, min_k=2), st.sampled_from([0, 0.25, 0.5, 1]))
def test_makes_the_swaps_of_the_specification(problem, tolerance):
    dist, start = problem
    medoids, swaps = naive.fastpam2(dist.tolist(), start, tolerance)
    result = fastpam2(dist, start, tolerance=tolerance)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.n_evaluations == result.n_passes * (len(dist) - len(start))


def test_counts_by_hand():
    x = np.array([100.0, 0, 1, 2])
    result = fastpam2(np.abs(x[:, None] - x), [1, 2])
    assert result.swaps.tolist() == [[1, 0]]
    assert (result.n_passes, result.n_evaluations) == (2, 2 * 2)
    # nearest medoids, two passes over 2 candidates, one confirmation, one update without rescans; object 0 was
    # the best candidate of the other slot, too, and there it is not looked at again
    assert result.n_lookups == 2 * 4 + 2 * 2 * 4 + 4 + 4


def test_every_medoid_has_its_turn_in_a_pass():
    x = np.array([0.0, 1, 2, 10, 11, 12, 20, 21, 22])
    result = fastpam2(np.abs(x[:, None] - x), [0, 3, 6])
    assert result.swaps.tolist() == [[0, 1], [3, 4], [6, 7]]
    assert (result.n_passes, result.n_evaluations) == (2, 2 * 6)


@pytest.fixture(scope="module")
def larger():
    """20 groups that overlap, and a medoid in each: one pass can better several of them."""
    rng = np.random.default_rng(0)
    points = rng.normal(scale=2, size=(20, 2)).repeat(15, axis=0) + rng.normal(size=(300, 2))
    return problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1)), np.arange(20) * 15


@pytest.mark.parametrize("tolerance", [0, 0.3, 1])
def test_the_first_swap_is_pam_s_and_passes_are_fewer(larger, tolerance):
    steepest, result = fastpam1(*larger), fastpam2(*larger, tolerance=tolerance)
    assert result.swaps[0].tolist() == steepest.swaps[0].tolist()
    assert 2 * result.n_passes < steepest.n_passes


def test_the_tolerance_decides_how_many_swaps_a_pass_makes(larger):
    swaps = [fastpam2(*larger, max_passes=1, tolerance=tolerance).n_swaps for tolerance in (0, 0.5, 1)]
    assert 1 < swaps[0] < swaps[1] < swaps[2] <= 20


@pytest.mark.parametrize(
    ("tolerance", "error", "message"),
    [
        (1.5, ValueError, "tolerance is 1.5, must be in 0 .. 1"),
        (-0.1, ValueError, "tolerance is -0.1"),
        (float("nan"), ValueError, "tolerance is nan"),
        ("1", TypeError, "tolerance is '1', must be a number"),
        (True, TypeError, "tolerance is True"),
    ],
)
def test_bad_tolerance(larger, tolerance, error, message):
    with pytest.raises(error, match=message):
        fastpam2(*larger, tolerance=tolerance)


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = fastpam2(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 4 * 6)
