import grids
import naive
import naive_sampling
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import (
    Points,
    clara,
    fastclara,
    fastclara2,
    fasterclara,
    fasterpam,
    fastpam1,
    fastpam2,
    pam,
)
from kmedoids_bench.algorithms.sampling.best_of import draw_sample

FAMILY = [
    (clara, pam, 40, 2),
    (fastclara, fastpam1, 80, 4),
    (fastclara2, fastpam2, 80, 4),
    (fasterclara, fasterpam, 80, 4),
]
BUILD_FIRST = FAMILY[:2]


@settings(max_examples=80)
@given(grids.grids(min_n=2), st.data())
def test_finds_what_the_specification_finds_in_the_same_samples(grid, data):
    _, _, dist = grid
    n, rows = len(dist), dist.tolist()
    size = data.draw(st.integers(1, n - 1))
    k = data.draw(st.integers(1, size))
    n_samples, keep_medoids = data.draw(st.integers(1, 4)), data.draw(st.booleans())
    rng = np.random.default_rng(n)
    medoids = naive_sampling.clara(
        rows,
        lambda kept: draw_sample(rng, n, size, np.array(kept, np.int64)).tolist(),
        lambda sample: naive.pam(sample, naive.build(sample, k))[0],
        n_samples,
        keep_medoids,
    )
    for algorithm in (clara, fastclara):
        result = algorithm(dist, k, n_samples=n_samples, sample_size=size, keep_medoids=keep_medoids, seed=n)
        assert result.medoids.tolist() == medoids
        assert result.loss == naive.loss(rows, medoids)


@settings(max_examples=80)
@given(grids.grids(min_n=2), st.data())
def test_fasterclara_finds_what_the_specification_finds(grid, data):
    _, _, dist = grid
    n, rows = len(dist), dist.tolist()
    size = data.draw(st.integers(2, n))
    k = data.draw(st.integers(2, size))
    rng = np.random.default_rng(n)
    medoids = naive_sampling.clara(
        rows,
        lambda kept: draw_sample(rng, n, size, np.array(kept, np.int64)).tolist(),
        lambda sample: naive.fasterpam(sample, rng.choice(size, k, replace=False).tolist())[0],
        3,
    )
    result = fasterclara(dist, k, n_samples=3, sample_size=size, seed=n)
    assert result.medoids.tolist() == medoids
    assert result.loss == naive.loss(rows, medoids)


@pytest.mark.parametrize(("algorithm", "search", "base", "per_medoid"), FAMILY)
def test_default_sizes(algorithm, search, base, per_medoid):
    points, _ = grids.scattered(150)
    size = base + per_medoid * 3
    result = algorithm(Points(points), 3, seed=0)
    assert result.n_lookups == 5 * (size * size + 150 * 3)


@pytest.mark.parametrize(("algorithm", "search", "base", "per_medoid"), BUILD_FIRST)
@pytest.mark.parametrize("k", [1, 4])
def test_a_sample_of_everything_is_one_search_in_the_data(algorithm, search, base, per_medoid, k):
    points, dist = grids.scattered(40)
    for size in (40, 1000, None):
        mine, other = algorithm(dist, k, sample_size=size, seed=0), search(dist, k=k)
        assert mine.medoids.tolist() == other.medoids.tolist()
        assert mine.labels.tolist() == other.labels.tolist()
        assert mine.swaps.tolist() == other.swaps.tolist()
        assert mine.losses.tolist() == other.losses.tolist()
        assert (mine.loss, mine.n_passes) == (other.loss, other.n_passes)


def test_fasterclara_on_everything_is_the_best_of_some_random_starts():
    points, dist = grids.scattered(60)
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(4):
        draw_sample(rng, 60, 60, np.empty(0, np.int64))
        losses.append(fasterpam(dist, k=5, seed=rng).loss)
    assert len(set(losses)) > 1
    assert fasterclara(dist, 5, n_samples=4, keep_medoids=False, seed=0).loss == min(losses)


def test_fastclara_does_what_clara_does_in_samples_of_equal_size():
    points, dist = grids.scattered(300)
    mine, other = (
        fastclara(dist, 6, sample_size=60, seed=3),
        clara(Points(points, "sqeuclidean"), 6, sample_size=60, seed=3),
    )
    assert mine.swaps.tolist() == other.swaps.tolist()
    assert mine.losses.tolist() == other.losses.tolist()
    assert mine.medoids.tolist() == other.medoids.tolist()
    assert (mine.n_passes, mine.n_evaluations) == (other.n_passes, other.n_evaluations)


@pytest.mark.parametrize(("algorithm", "search", "base", "per_medoid"), FAMILY)
def test_more_samples_are_never_worse(algorithm, search, base, per_medoid):
    _, dist = grids.scattered(200)
    for keep_medoids in (True, False):
        losses = [
            algorithm(dist, 5, n_samples=s, sample_size=12, keep_medoids=keep_medoids, seed=1).loss
            for s in (1, 2, 4, 8)
        ]
        assert losses == sorted(losses, reverse=True)
        assert losses[-1] < losses[0]


def test_swaps_are_those_of_the_search_in_its_sample():
    _, dist = grids.scattered(80)
    result = fasterclara(dist, 4, n_samples=1, sample_size=30, seed=2)
    rng = np.random.default_rng(2)
    sample = draw_sample(rng, 80, 30, np.empty(0, np.int64))
    inner = fasterpam(dist[np.ix_(sample, sample)], k=4, seed=rng)
    assert inner.n_swaps > 0
    assert result.swaps.tolist() == [[sample[a], sample[b]] for a, b in inner.swaps.tolist()]
    assert result.losses.tolist() == inner.losses.tolist()
    assert result.loss > inner.loss
