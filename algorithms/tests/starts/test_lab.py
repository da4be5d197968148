import naive_starts
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import build, lab
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.starts.lab import objects_in_sample


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()), st.integers(0, 9))
def test_is_build_when_all_objects_are_in_the_sample(dist, seed):
    n = len(dist)
    result = lab(dist, n, seed)
    assert result.medoids[0] == build(dist, n).medoids[0]
    assert result.medoids.tolist() == naive_starts.lab(dist.tolist(), n, np.random.default_rng(seed))


def test_chooses_what_the_specification_chooses_from_the_same_samples():
    dist = problems.distances_between(np.random.default_rng(1).integers(0, 60, (150, 2)))
    for seed in range(5):
        rng = np.random.default_rng(seed)
        assert lab(dist, 12, seed).medoids.tolist() == naive_starts.lab(dist.tolist(), 12, rng)


def test_sample_sizes_and_counts_by_hand():
    assert [objects_in_sample(None, n) for n in (1, 100, 101, 1599)] == [11, 20, 21, 50]
    dist = np.ones((100, 100)) - np.eye(100)
    result = lab(dist, 3, seed=0)
    assert result.n_evaluations == 3 * 20
    assert result.n_lookups == 20 * 20 + 20 * 21 + 20 * 22
    assert lab(dist, 100, seed=0).n_evaluations == 81 * 20 + sum(range(1, 20))


def test_the_seed_decides():
    dist = problems.distances_between(np.random.default_rng(1).integers(0, 60, (150, 2)))
    assert lab(dist, 5, 1).medoids.tolist() == lab(dist, 5, np.random.default_rng(1)).medoids.tolist()
    assert lab(dist, 5, 1).medoids.tolist() != lab(dist, 5, 2).medoids.tolist()


@pytest.mark.parametrize("tier", ["plain", "tuned"])
def test_samples_of_another_size(tier):
    call = algorithms(tier)["lab"].call
    dist = problems.distances_between(np.random.default_rng(1).integers(0, 60, (150, 2)))
    for size in (1, 7, 60, 1000):
        rng = np.random.default_rng(4)
        assert call(dist, 12, 4, sample_size=size).medoids.tolist() == naive_starts.lab(dist.tolist(), 12, rng, size)
    assert call(dist, 12, sample_size=1000).medoids.tolist() == build(dist, 12).medoids.tolist()  # all are in it
    for size, error in ((0, ValueError), (2.5, TypeError), (True, TypeError)):
        with pytest.raises(error, match="sample_size is"):
            call(dist, 12, sample_size=size)
