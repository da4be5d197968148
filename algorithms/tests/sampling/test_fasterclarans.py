import grids
import naive_sampling
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fastclarans, fasterclarans
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.sampling.fasterclarans import swap_fasterclarans


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
    naive_sampling.assert_same(fasterclarans(dist, k, max_candidates=limit, seed=n), expected, dist)


def test_the_shared_gain_leads_to_the_same_swaps_with_many_medoids():
    _, dist = grids.scattered(200)
    for k in (2, 25, 100):
        mine, other = fasterclarans(dist, k, seed=k), fastclarans(dist, k, seed=k)
        assert mine.swaps.tolist() == other.swaps.tolist()
        assert mine.losses.tolist() == other.losses.tolist()
        assert mine.n_swaps > 0


def test_leaves_its_start_alone():
    _, dist = grids.scattered(60)
    start = np.arange(5)
    search = Outcome(*swap_fasterclarans(dist, start, 30, np.random.default_rng(0)))
    assert start.tolist() == [0, 1, 2, 3, 4]
    assert len(search.losses) > 0
