import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fasterpam, fastpam1, pam


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()), st.data())
def test_every_algorithm_finds_the_best_single_medoid(dist, data):
    start = data.draw(st.integers(0, len(dist) - 1))
    best = min(naive.loss(dist.tolist(), [m]) for m in range(len(dist)))
    for algorithm in (pam, fastpam1, fasterpam):
        result = algorithm(dist, [start])
        assert result.loss == pytest.approx(best, rel=1e-12)
        assert (result.n_passes, result.n_evaluations) == (1, len(dist) - 1)
        assert result.labels.tolist() == [0] * len(dist)


def test_an_equally_good_start_is_kept():
    dist = np.ones((4, 4), np.int64) - np.eye(4, dtype=np.int64)
    result = pam(dist, [2])
    assert (result.medoids.tolist(), result.n_swaps) == ([2], 0)
