import naive_starts
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import park_jun
from kmedoids_bench.algorithms.starts.park_jun import centrality


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()))
def test_chooses_the_most_central_objects(dist):
    exact = [float(v) for v in naive_starts.centrality(dist.tolist())]
    assert centrality(dist) == pytest.approx(exact, rel=1e-12)
    n = len(dist)
    medoids = park_jun(dist, n).medoids
    chosen = np.array(exact)[medoids]
    assert (np.diff(chosen) >= -1e-12 * chosen[1:]).all()  # equal ones may be told apart by rounding
    for k in range(1, n):
        assert park_jun(dist, k).medoids.tolist() == medoids[:k].tolist()


def test_ties_go_to_the_lowest_index():
    assert park_jun(np.ones((5, 5)) - np.eye(5), 3).medoids.tolist() == [0, 1, 2]
    assert park_jun(np.zeros((5, 5)), 3).medoids.tolist() == [0, 1, 2]


def test_the_direction_of_an_asymmetric_matrix():
    # With 0 as their medoid the others cost 1; 0 itself costs 9 with either of them.
    dist = np.array([[0, 1, 1], [9, 0, 8], [9, 8, 0]])
    assert park_jun(dist, 1).medoids.tolist() == [0]
    assert park_jun(dist.T, 1).medoids.tolist() == [1]
