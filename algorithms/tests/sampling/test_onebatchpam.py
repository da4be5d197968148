import grids
import naive
import naive_sampling
import numpy as np
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Points, fasterpam, onebatchpam
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.sampling import onebatchpam as module
from kmedoids_bench.algorithms.sampling.best_of import draw_sample
from kmedoids_bench.algorithms.sampling.onebatchpam import (
    VARIANTS,
    loss_of_batch_after_swap,
    nearest_of_batch,
    size_of_batch,
    swap_for_batch,
    swap_onebatchpam,
)


def drawn(n, k, size, seed):
    """Draw the batch and the start medoids as the algorithm draws them."""
    rng = np.random.default_rng(seed)
    return draw_sample(rng, n, size, np.empty(0, np.int64)).tolist(), rng.choice(n, k, replace=False).tolist()


@settings(max_examples=120)
@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()), st.sampled_from(VARIANTS), st.data())
def test_makes_the_swaps_of_the_specification(dist, variant, data):
    n, rows = len(dist), dist.astype(np.float64).tolist()
    size, k = data.draw(st.integers(1, n)), data.draw(st.integers(1, n))
    batch, start = drawn(n, k, size, seed=n)
    medoids, swaps = naive_sampling.onebatchpam(rows, batch, start, variant)
    result = onebatchpam(dist, k, batch_size=size, variant=variant, seed=n)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.loss == pytest.approx(naive.loss(rows, medoids), rel=1e-12)


@pytest.mark.parametrize("variant", ["unif", "nniw"])
@pytest.mark.parametrize("k", [2, 7, 59])
def test_a_batch_of_all_objects_gives_fasterpam(variant, k):
    points, dist = grids.scattered(60)
    _, start = drawn(60, k, 60, seed=3)
    whole = fasterpam(dist, start)
    for data in (dist, Points(points, "sqeuclidean")):
        for size in (60, 1000, None):
            mine = onebatchpam(data, k, batch_size=size, variant=variant, seed=3)
            for field in ("medoids", "labels", "swaps", "losses"):
                assert getattr(mine, field).tolist() == getattr(whole, field).tolist()
            assert (mine.loss, mine.n_passes, mine.n_evaluations) == (whole.loss, whole.n_passes, whole.n_evaluations)


def test_candidates_are_all_objects_and_not_the_batch_alone():
    _, dist = grids.scattered(200)
    batch, _ = drawn(200, 8, 30, seed=0)
    medoids = onebatchpam(dist, 8, batch_size=30, seed=0).medoids
    assert not set(medoids.tolist()) <= set(batch)


def test_without_debias_objects_of_the_batch_are_chosen_too_often():
    _, dist = grids.scattered(400)
    chosen = {"unif": 0, "debias": 0}
    for seed in range(5):
        batch, _ = drawn(400, 20, 60, seed)
        for variant in chosen:
            medoids = onebatchpam(dist, 20, batch_size=60, variant=variant, seed=seed).medoids
            chosen[variant] += len({*medoids.tolist()} & set(batch))
    assert chosen["debias"] < 0.6 * chosen["unif"]


def test_a_larger_batch_is_better_on_average():
    _, dist = grids.scattered(300)
    means = [
        np.mean([onebatchpam(dist, 10, batch_size=size, seed=seed).loss for seed in range(5)]) for size in (10, 40, 300)
    ]
    assert means == sorted(means, reverse=True)


@pytest.mark.parametrize(
    ("batch_size", "n", "k", "expected"),
    [
        (None, 60_000, 10, 1331),
        (None, 1000, 5, 852),
        (None, 300, 5, 300),
        (None, 1, 1, 1),
        (7, 300, 5, 7),
        (301, 300, 5, 300),
    ],
)
def test_objects_in_the_batch(batch_size, n, k, expected):
    assert size_of_batch(batch_size, n, k) == expected


def test_it_takes_the_batch_and_the_medoids_of_all_objects():
    points, _ = grids.scattered(500)
    assert onebatchpam(Points(points), 6, batch_size=40, seed=0).n_lookups == 500 * 40 + 500 * 6


@given(st.integers(2, 6), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_the_nearest_medoids_of_the_batch_are_kept_up_to_date(k, m, seed):
    rng = np.random.default_rng(seed)
    block = rng.integers(0, 5, (12, m)).astype(np.float64)
    medoids = rng.choice(12, k, replace=False)
    near = nearest_of_batch(block, medoids)
    for _ in range(6):
        slot, candidate = int(rng.integers(k)), int(rng.choice(np.setdiff1d(np.arange(12), medoids)))
        after = np.array(naive.replaced(medoids.tolist(), slot, candidate))
        assert loss_of_batch_after_swap(block, near, slot, candidate) == block[after].min(axis=0).sum()
        swap_for_batch(block, medoids, near, slot, candidate)
        assert medoids.tolist() == after.tolist()
        two = np.sort(block[medoids], axis=0)[:2]
        assert near.d_first.tolist() == two[0].tolist() == block[medoids[near.first], np.arange(m)].tolist()
        assert near.d_second.tolist() == two[1].tolist() == block[medoids[near.second], np.arange(m)].tolist()
        assert (near.first != near.second).all()


def test_a_gain_within_the_tolerance_is_no_gain():
    block, start = problems.within_the_tolerance(), np.array([0, 3])
    assert Outcome(*swap_onebatchpam(block, start, 100)).medoids.tolist() == [0, 4]
    assert start.tolist() == [0, 3]
    single = [onebatchpam(block[:3, :3], 1, variant="unif", seed=seed) for seed in range(10)]
    assert len({result.medoids[0] for result in single}) > 1
    assert sum(result.n_swaps for result in single) == 0


def test_ends_after_max_passes():
    _, dist = grids.scattered(60)
    whole = onebatchpam(dist, 5, batch_size=20, seed=1)
    assert whole.n_passes > 1
    once = onebatchpam(dist, 5, batch_size=20, max_passes=1, seed=1)
    assert once.n_passes == 1
    assert once.n_evaluations <= 60
    assert once.swaps.tolist() == whole.swaps.tolist()[: once.n_swaps]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"batch_size": 0}, ValueError, "batch_size is 0, must be at least 1"),
        ({"batch_size": 2.5}, TypeError, "batch_size is 2.5, must be an integer"),
        ({"variant": "lwcs"}, ValueError, r"variant is 'lwcs', must be one of \('unif', 'debias', 'nniw'\)"),
        ({"variant": ["unif"]}, ValueError, r"variant is \['unif'\], must be one of"),
        ({"max_passes": 0}, ValueError, "max_passes is 0, must be at least 1"),
    ],
)
def test_bad_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        onebatchpam(np.ones((6, 6)) - np.eye(6), 2, **arguments)


def test_what_float32_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="sums of 3 dissimilarities overflow in float32"):
        onebatchpam(Points(np.array([[0.0], [1e30], [3e38]])), 2, seed=0)


def test_a_block_that_does_not_fit_is_refused_with_the_batch_that_does(monkeypatch):
    points, _ = grids.scattered(100)
    monkeypatch.setattr(module, "free_bytes", lambda: 4 * 100 * 10 / 0.9 + 1)
    with pytest.raises(MemoryError, match="100 objects to a batch of 20 take 8e-06 GB, .*: batch_size=10 fits"):
        onebatchpam(Points(points), 3, batch_size=20, seed=0)
    assert onebatchpam(Points(points), 3, batch_size=10, seed=0).k == 3
    monkeypatch.setattr(module, "free_bytes", lambda: None)
    assert onebatchpam(Points(points), 3, batch_size=20, seed=0).k == 3
