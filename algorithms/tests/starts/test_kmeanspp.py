import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import kmeanspp


@given(problems.tied_matrices(), st.integers(0, 9), st.sampled_from([1, 2, 0.5]))
def test_objects_on_a_medoid_come_last(dist, seed, power):
    n = len(dist)
    medoids = kmeanspp(dist, n, seed, power=power).medoids
    assert sorted(medoids.tolist()) == list(range(n))
    for t in range(1, n):
        d_first = dist[medoids[:t]].min(axis=0)
        assert d_first[medoids[t]] > 0 or d_first.max() == 0


@pytest.mark.parametrize(("power", "share"), [(1, 3 / 4), (2, 9 / 10)])
def test_the_farther_the_likelier(power, share):
    # From object 0 the others lie at 1 and 3; from 1 at 1 and 2; from 2 at 3 and 2.
    x = np.array([0.0, 1, 3])
    dist = np.abs(x[:, None] - x)
    rng = np.random.default_rng(0)
    drawn = np.array([kmeanspp(dist, 2, rng, power=power).medoids for _ in range(3000)])
    first, counts = np.unique(drawn[:, 0], return_counts=True)
    assert first.tolist() == [0, 1, 2]
    assert np.abs(counts - 1000).max() < 120  # 4.6 standard deviations
    assert (drawn[drawn[:, 0] == 0, 1] == 2).mean() == pytest.approx(share, abs=0.06)


def test_large_distances_do_not_overflow():
    dist = np.full((6, 6), 1e300)
    np.fill_diagonal(dist, 0)
    assert len(set(kmeanspp(dist, 6, seed=0, power=2).medoids.tolist())) == 6


def test_counts_by_hand():
    dist = np.ones((30, 30)) - np.eye(30)
    result = kmeanspp(dist, 4, seed=0)
    assert (result.n_evaluations, result.n_lookups) == (0, 4 * 30)


@pytest.mark.parametrize("power", [0, -1, float("inf")])
def test_bad_power(power):
    with pytest.raises(ValueError, match=f"power is {power}, must be in 0.001 .. 1000"):
        kmeanspp(np.zeros((2, 2)), 2, power=power)
