import naive
import numba
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem, fastpam1, random_start, resende_werneck
from kmedoids_bench.algorithms.core.clustering import assign
from kmedoids_bench.algorithms.core.loss import removal_loss
from kmedoids_bench.algorithms.core.nearest import Nearest, nearest_medoids, swap
from kmedoids_bench.algorithms.core.problem import unchecked_problem
from kmedoids_bench.algorithms.swaps.resende_werneck import best_swap, fill, update

any_matrices = st.one_of(problems.tied_matrices(min_n=2), problems.tie_free_matrices(min_n=2))


@given(problems.started(problems.tied_matrices()))
def test_makes_pam_s_swaps_also_with_ties(problem):
    dist, start = problem
    medoids, swaps = naive.pam(dist.tolist(), start)
    result = resende_werneck(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    if len(start) > 1:  # a single medoid goes straight to the optimum
        assert result.n_passes == len(swaps) + 1
        # one full scan more, which has confirmed the end
        assert result.n_evaluations == (result.n_passes + 1) * (len(dist) - len(start))


@given(problems.started(any_matrices, min_k=2), st.integers(0, 2**32 - 1))
def test_the_tables_are_right_after_every_one_of_many_swaps(problem, seed):
    dist, start = problem
    medoids, by_object, k = np.array(start), Problem.of(dist).by_object, len(start)
    rng = np.random.default_rng(seed)
    near = nearest_medoids(dist, medoids)
    gains = fill(by_object, near, k)
    for _ in range(8):
        others = np.setdiff1d(np.arange(len(dist)), medoids)
        if not len(others):
            return
        now = naive.loss(dist.tolist(), medoids.tolist())
        removal = removal_loss(near, k)
        for c in others.tolist():
            for slot in range(k):
                after = naive.loss(dist.tolist(), naive.replaced(medoids.tolist(), slot, c))
                assert removal[slot] + gains.shared[c] + gains.extra[slot, c] == after - now
        after, slot, c = naive.best_swap(dist.tolist(), medoids.tolist())
        assert best_swap(medoids, near, gains) == (after - now, slot, c)
        before = Nearest(*(part.copy() for part in near))
        swap(dist, medoids, near, rng.integers(k), rng.choice(others))
        same = [getattr(near, field) == getattr(before, field) for field in ("first", "d_first", "d_second")]
        n_changed = len(dist) - np.count_nonzero(np.all(same, axis=0))
        n_lookups = near.lookups[0]
        update(by_object, before, near, gains)
        assert near.lookups[0] == n_lookups + 2 * n_changed * len(dist)


def test_reads_far_less_than_fastpam1():
    points = np.random.default_rng(1).normal(size=(200, 3))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = random_start(dist, 40, seed=2).medoids
    a, b = fastpam1(dist, start), resende_werneck(dist, start)
    assert a.swaps.tolist() == b.swaps.tolist()
    assert a.n_swaps > 20
    assert a.n_lookups > 3 * b.n_lookups
    # one full scan has confirmed the end
    assert b.n_evaluations == a.n_evaluations + 200 - 40


@pytest.mark.parametrize("dtype", [np.float64, pytest.param(np.float32, marks=pytest.mark.proof)])
def test_ends_where_fastpam1_ends_on_rounded_sums(dtype):
    points = np.random.default_rng(4).normal(size=(120, 3))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1).astype(dtype)
    for k in (2, 10, 40):
        start = random_start(dist, k, seed=k).medoids
        assert resende_werneck(dist, start).swaps.tolist() == fastpam1(dist, start).swaps.tolist()


def matrix_beyond_the_digits_of_float64():
    # Beside 2^60 the distances within the far group are lost; they count once it has two medoids of its own.
    rng = np.random.default_rng(0)
    near_group, far_group = rng.integers(0, 100, (10, 2)), rng.integers(0, 100, (50, 2))
    dist = problems.distances_between(np.concatenate((near_group, far_group))).astype(np.float64)
    dist[:10, 10:] = dist[10:, :10] = 2.0**60
    return dist


@pytest.mark.parametrize("unit", [1.0, 2.0**-20])
def test_tables_that_have_lost_their_digits_are_noticed_and_filled_again(unit):
    dist = matrix_beyond_the_digits_of_float64() * unit
    result = resende_werneck(dist, [0, 1, 2, 3])
    n_scans = result.n_evaluations // (60 - 4) - result.n_passes
    assert n_scans == 2  # one has noticed it, one has confirmed the end
    assert (np.diff(result.losses) < 0).all()
    assert fastpam1(dist, result.medoids).n_swaps == 0


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="machine code cannot be watched; see make coverage")
def test_filling_the_tables_again_counts_as_look_ups():
    dist = matrix_beyond_the_digits_of_float64()
    search, by_object, labels = (problems.Counted(dist) for _ in range(3))
    problem = unchecked_problem(search)
    vars(problem)["by_object"] = by_object
    result = resende_werneck(problem, [0, 1, 2, 3])
    assign(labels, result.medoids)
    assert result.n_lookups == search.n_read + by_object.n_read - labels.n_read


def test_an_asymmetric_matrix_is_read_in_its_own_direction():
    dist = np.random.default_rng(0).integers(0, 1000, (60, 60))
    np.fill_diagonal(dist, 0)
    start = list(range(6))
    for matrix in (dist, dist.T, np.asfortranarray(dist)):
        result = resende_werneck(matrix, start)
        assert result.n_swaps > 3
        assert result.swaps.tolist() == fastpam1(matrix, start).swaps.tolist()


def test_a_swap_that_changes_nothing_is_not_confirmed():
    result = resende_werneck(np.zeros((6, 6)), [0, 1])
    assert (result.n_swaps, result.n_lookups) == (0, 2 * 6 + 6 * 6 + 4 * 6)
