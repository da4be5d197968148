import grids
import naive_sampling
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fastclarans
from kmedoids_bench.algorithms.core.nearest import nearest_medoids
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.sampling.fastclarans import candidates_to_try, swap_fastclarans
from kmedoids_bench.algorithms.swaps.fastpam1a import loss_changes_by_slot


@settings(max_examples=80)
@given(grids.grids(), st.data())
def test_makes_the_swaps_of_the_specification(grid, data):
    _, _, dist = grid
    n, rows = len(dist), dist.tolist()
    k, limit = data.draw(st.integers(1, n)), data.draw(st.integers(1, 20))
    rng = np.random.default_rng(n)
    drawn = naive_sampling.candidates(rng, n)
    expected = naive_sampling.best_of_searches(
        rows, k, 2, lambda start: naive_sampling.fastclarans(rows, start, drawn, limit), naive_sampling.starts(rng)
    )
    naive_sampling.assert_same(fastclarans(dist, k, max_candidates=limit, seed=n), expected, dist)


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


def test_leaves_its_start_alone():
    _, dist = grids.scattered(60)
    start = np.arange(5)
    search = Outcome(*swap_fastclarans(dist, start, 30, np.random.default_rng(0)))
    assert start.tolist() == [0, 1, 2, 3, 4]
    assert len(search.losses) > 0
