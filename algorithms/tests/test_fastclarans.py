import grids
import numpy as np
import pytest

from kmedoids_bench.algorithms import fastclarans, fasterclarans
from kmedoids_bench.algorithms.fastclarans import candidates_to_try
from kmedoids_bench.algorithms.fastpam1a import loss_changes_by_slot
from kmedoids_bench.algorithms.nearest import nearest_medoids


def test_one_medoid_has_no_second_nearest_and_its_changes_are_right_nevertheless():
    _, dist = grids.scattered(20)
    near, changes = nearest_medoids(dist, np.array([3])), np.empty(1)
    for candidate in range(20):
        loss_changes_by_slot(dist, near, candidate, changes)
        assert changes[0] == dist[candidate].sum() - dist[3].sum()


@pytest.mark.parametrize(
    ("max_candidates", "n", "k", "expected"),
    [(None, 1040, 40, 25), (None, 1041, 40, 26), (None, 11, 10, 1), (None, 10, 10, 1), (7, 1040, 40, 7)],
)
def test_candidates_to_try(max_candidates, n, k, expected):
    assert candidates_to_try(max_candidates, n, k) == expected


def test_the_shared_gain_leads_to_the_same_swaps_with_many_medoids():
    _, dist = grids.scattered(200)
    for k in (2, 25, 100):
        mine, other = fasterclarans(dist, k, seed=k), fastclarans(dist, k, seed=k)
        assert mine.swaps.tolist() == other.swaps.tolist()
        assert mine.losses.tolist() == other.losses.tolist()
        assert mine.n_swaps > 0
