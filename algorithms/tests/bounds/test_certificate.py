import math

import naive_bounds
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fasterpam
from kmedoids_bench.algorithms.bounds import certify, lower_bound
from kmedoids_bench.algorithms.bounds.lagrangian import lagrangian

matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())


@given(problem=problems.started(matrices))
def test_no_bound_is_above_the_optimum(problem):
    dist, medoids = problem
    k = len(medoids)
    certificate = certify(dist, medoids)
    assert certificate.loss == float(naive_bounds.losses(dist, k)[tuple(sorted(medoids))])
    for result in (certificate, lower_bound(dist, k)):
        naive_bounds.assert_holds(result, dist, k)
        assert lagrangian(dist, k, result.multipliers) <= naive_bounds.optimum(dist, k)


@given(problem=problems.started(matrices), share=st.sampled_from([0.0, 0.3, 0.9, 1.0, 1.7, math.inf]))
def test_a_bound_holds_whatever_loss_is_claimed(problem, share):
    dist, medoids = problem
    optimum = naive_bounds.optimum(dist, len(medoids))
    claimed = share * float(optimum) if optimum else share
    result = lower_bound(dist, len(medoids), loss=0.0 if math.isnan(claimed) else claimed)
    assert result.bound <= optimum


@pytest.mark.parametrize("dtype", [np.float64, pytest.param(np.float32, marks=pytest.mark.proof)])
@pytest.mark.parametrize("n", [6, pytest.param(9, marks=pytest.mark.proof)])
def test_no_bound_is_above_the_optimum_on_hundreds_of_rounded_instances(n, dtype):
    rng = np.random.default_rng(n)
    for _ in range(300 if not problems.PROOF else 1500):
        dist = (rng.exponential(size=(n, n)) ** rng.integers(1, 9)).astype(dtype)  # asymmetric, of every size
        np.fill_diagonal(dist, 0)
        k = int(rng.integers(1, n + 1))
        medoids = rng.permutation(n)[:k]
        optimum = naive_bounds.optimum(dist, k)
        result = certify(dist, medoids)
        assert result.bound <= optimum
        assert lagrangian(dist, k, result.multipliers) <= optimum


def test_close_to_the_optimum_where_clusters_are_clear():
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(size=(40, 2)) + centre for centre in ([0, 0], [9, 0], [0, 9], [9, 9])])
    dist = np.linalg.norm(points[:, None] - points, axis=-1)
    result = certify(dist, fasterpam(dist, k=4, seed=0).medoids)
    assert result.gap <= 1e-6
    assert len(result.candidates) < 20


def test_time_is_limited():
    dist = np.random.default_rng(0).random((60, 60))
    np.fill_diagonal(dist, 0)
    assert lower_bound(dist, 5, seconds=0.0).n_passes == 1 < lower_bound(dist, 5).n_passes


def test_bad_input_is_named():
    dist = np.ones((4, 4)) - np.eye(4)
    for arguments, message in (
        ({"k": 5}, "k is 5"),
        ({"k": 2, "loss": -1.0}, "loss is -1"),
        ({"k": 2, "seconds": -1.0}, "seconds is -1"),
        ({"k": 2, "threads": 0}, "threads is 0"),
    ):
        with pytest.raises(ValueError, match=message):
            lower_bound(dist, **arguments)
    with pytest.raises(ValueError, match=r"medoids\[1\] is 0"):
        certify(dist, [0, 0])
