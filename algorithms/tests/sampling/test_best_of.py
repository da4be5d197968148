import grids
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Clustering, Points, clara, clarans, fasterclarans
from kmedoids_bench.algorithms.sampling.best_of import better, draw_sample, submatrix

GOOD = np.ones((6, 6)) - np.eye(6)


@given(st.integers(1, 30), st.data())
def test_a_sample_holds_what_is_kept_and_others_in_the_order_of_the_data(n, data):
    size = data.draw(st.integers(1, n))
    kept = data.draw(st.permutations(range(n)))[: data.draw(st.integers(0, size))]
    sample = draw_sample(np.random.default_rng(n), n, size, np.array(kept, np.int64))
    assert sample.dtype == np.int64
    assert len(sample) == size
    assert (np.diff(sample) > 0).all()
    assert set(kept) <= set(sample.tolist()) <= set(range(n))


def test_every_other_object_is_drawn_about_equally_often():
    rng = np.random.default_rng(0)
    kept = np.array([4, 0])
    counts = np.bincount(np.concatenate([draw_sample(rng, 6, 4, kept) for _ in range(2000)]), minlength=6)
    assert counts[kept].tolist() == [2000, 2000]
    assert np.abs(np.delete(counts, kept) - 1000).max() < 100  # 4.5 standard deviations


def test_a_sample_is_a_part_of_the_matrix_as_it_is():
    dist = np.random.default_rng(0).random((9, 9))
    sample = np.array([1, 4, 7])
    np.testing.assert_array_equal(submatrix(dist, sample), dist[np.ix_(sample, sample)])


def clustering_with(loss, n):
    nothing = np.empty(0, np.int64)
    return Clustering(nothing, loss, nothing, n, n, n, n, nothing, nothing)


def test_the_better_of_two_counts_the_work_of_both():
    first, second, equal = clustering_with(5.0, 1), clustering_with(4.0, 10), clustering_with(4.0, 100)
    assert better(None, first) is first
    best = better(better(first, second), equal)
    assert (best.loss, best.n_swaps) == (4.0, 10)
    assert (best.n_passes, best.n_evaluations, best.n_lookups) == (111, 111, 111)
    assert better(second, first).n_swaps == 10


@pytest.mark.parametrize(
    ("call", "arguments", "error", "message"),
    [
        (clara, {"k": 0}, ValueError, "k is 0, must be in 1 .. 6"),
        (clara, {"k": 7}, ValueError, "k is 7, must be in 1 .. 6"),
        (clara, {"k": 2, "n_samples": 0}, ValueError, "n_samples is 0, must be at least 1"),
        (clara, {"k": 2, "n_samples": 2.5}, TypeError, "n_samples is 2.5, must be an integer"),
        (clara, {"k": 2, "n_samples": True}, TypeError, "n_samples is True, must be an integer"),
        (clara, {"k": 3, "sample_size": 2}, ValueError, "sample_size is 2, must be at least 3"),
        (clara, {"k": 3, "start": "bulid"}, ValueError, r"start is 'bulid', must be one of \[.*'build', "),
        (clara, {"k": 3, "start": ["build"]}, ValueError, r"start is \['build'\], must be one of"),
        (clara, {"k": 3, "keep_medoids": 1}, TypeError, "keep_medoids is 1, must be True or False"),
        (clara, {"k": 3, "n_samples": 2**63}, ValueError, "n_samples is 9223372036854775808, must be at most 92233"),
        (clarans, {"k": 2, "seed": -1}, ValueError, "seed is -1, must be an integer that is not negative"),
        (clarans, {"k": 2, "seed": "one"}, TypeError, "seed is 'one', must be an integer"),
        (clarans, {"k": 2, "seed": True}, TypeError, "seed is True, must be an integer"),
        (clarans, {"k": 7}, ValueError, "k is 7"),
        (clarans, {"k": 2, "n_local": 0}, ValueError, "n_local is 0, must be at least 1"),
        (clarans, {"k": 2, "max_neighbors": 0}, ValueError, "max_neighbors is 0, must be at least 1"),
        (fasterclarans, {"k": 2, "max_candidates": 0}, ValueError, "max_candidates is 0, must be at least 1"),
    ],
)
def test_bad_arguments(call, arguments, error, message):
    for data in (GOOD, Points(GOOD)):
        with pytest.raises(error, match=message):
            call(data, **arguments)
    with pytest.raises(ValueError, match=r"distances must be a square matrix, its shape is \(6, 5\)"):
        call(GOOD[:, :5], k=2)


def test_points_of_which_a_large_sample_is_drawn_keep_no_matrix_of_all():
    points, _ = grids.scattered(3000)
    result = clara(Points(points), 2, n_samples=2, seed=0)
    assert result.n_lookups == 2 * (44 * 44 + 3000 * 2)
