import grids
import naive
import naive_sampling
import numpy as np
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Points, clarans, fastclarans, fasterclarans
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.sampling.clarans import swap_clarans
from kmedoids_bench.algorithms.sampling.fastclarans import swap_fastclarans
from kmedoids_bench.algorithms.sampling.fasterclarans import swap_fasterclarans


@settings(max_examples=80)
@given(grids.grids(), st.data())
def test_makes_the_swaps_of_the_specification(grid, data):
    _, _, dist = grid
    n, rows = len(dist), dist.tolist()
    k, limit = data.draw(st.integers(1, n)), data.draw(st.integers(1, 20))
    rng = np.random.default_rng(n)
    drawn = naive_sampling.pairs(rng, n, k)
    expected = naive_sampling.best_of_searches(
        rows, k, 2, lambda start: naive_sampling.clarans(rows, start, drawn, limit), naive_sampling.starts(rng)
    )
    naive_sampling.assert_same(clarans(dist, k, max_neighbors=limit, seed=n), expected, dist)


@pytest.mark.parametrize(
    ("algorithm", "limit"),
    [(clarans, "max_neighbors"), (fastclarans, "max_candidates"), (fasterclarans, "max_candidates")],
)
def test_every_swap_leads_to_the_loss_it_reports(algorithm, limit):
    _, dist = grids.scattered(60)
    result = algorithm(dist, 6, n_local=1, seed=1, **{limit: 50})
    medoids = naive_sampling.starts(np.random.default_rng(1))(60, 6)
    last = naive.loss(dist.tolist(), medoids)
    for (removed, added), after in zip(result.swaps.tolist(), result.losses.tolist(), strict=True):
        medoids[medoids.index(removed)] = added
        assert after == naive.loss(dist.tolist(), medoids) < last
        last = after
    assert result.n_swaps > 5
    assert last == result.loss


@pytest.mark.parametrize(
    ("algorithm", "n", "k", "failures"),
    [
        (clarans, 90, 5, 250),
        (clarans, 302, 100, 253),  # 202 * 100 / 80 = 252.5
        (clarans, 7, 7, 0),
        (fastclarans, 90, 5, 3),  # 85 / 40
        (fastclarans, 7, 7, 0),
        (fasterclarans, 90, 10, 2),
    ],
)
def test_default_number_of_failures(algorithm, n, k, failures):
    same_place = Points(np.zeros((n, 3)))  # no swap is an improvement
    result = algorithm(same_place, k, n_local=3, seed=0)
    assert result.n_evaluations == 3 * failures
    assert result.n_lookups == 3 * (n * k + failures * n + n * k)  # none is looked at again to confirm it


@pytest.mark.parametrize("swap_kernel", [swap_clarans, swap_fastclarans, swap_fasterclarans])
def test_a_gain_within_the_tolerance_is_no_gain_whenever_it_is_drawn(swap_kernel):
    for seed in range(20):
        start, rng = np.array([0, 3]), np.random.default_rng(seed)
        assert Outcome(*swap_kernel(problems.within_the_tolerance(), start, 100, rng)).medoids.tolist() == [0, 4]


def test_more_searches_are_never_worse():
    _, dist = grids.scattered(100)
    losses = [clarans(dist, 5, n_local=s, max_neighbors=10, seed=1).loss for s in (1, 2, 4, 8)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]


def test_one_medoid_is_found_by_trying_all_candidates_many_times_over():
    _, dist = grids.scattered(30)
    for algorithm in (fastclarans, fasterclarans):
        assert algorithm(dist, 1, max_candidates=500, seed=0).loss == dist.sum(axis=1).min()
    assert clarans(dist, 1, max_neighbors=500, seed=0).loss == dist.sum(axis=1).min()


def test_leaves_its_start_alone():
    _, dist = grids.scattered(60)
    start = np.arange(5)
    search = Outcome(*swap_clarans(dist, start, 30, np.random.default_rng(0)))
    assert start.tolist() == [0, 1, 2, 3, 4]
    assert len(search.losses) > 0
