"""What every algorithm in the registry promises, asked of all of them by the same tests."""

import naive
import numpy as np
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem, random_start
from kmedoids_bench.algorithms.registry import algorithms

STARTS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "start"]
SWAPS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "swap"]
OPTIMA = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "swap" and a.local_optimum]
TWINS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.same_result_as]

any_matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())
DTYPES = [np.float32, np.float64, np.int32]


def run(algorithm, dist, k, seed=0):
    if algorithm.kind == "start":
        return algorithm.call(dist, k, seed=seed) if algorithm.seeded else algorithm.call(dist, k)
    return algorithm.call(dist, k=k, start="random", seed=seed)


def assert_valid(result, dist, k):
    assert result.medoids.shape == (k,)
    assert result.medoids.dtype == np.int64
    assert len(set(result.medoids.tolist())) == k
    assert result.loss == pytest.approx(naive.loss(dist.tolist(), result.medoids.tolist()), rel=1e-12)
    nearest = dist[result.medoids].min(axis=0)
    np.testing.assert_array_equal(dist[result.medoids[result.labels], np.arange(len(dist))], nearest)
    np.testing.assert_array_equal(result.labels[result.medoids], np.arange(k))
    assert result.swaps.shape == (result.n_swaps, 2)
    assert result.losses.shape == (result.n_swaps,)


@pytest.mark.parametrize("algorithm", STARTS + SWAPS)
@settings(max_examples=40)
@given(dist=any_matrices, data=st.data())
def test_a_valid_clustering_for_every_k(algorithm, dist, data):
    k = data.draw(st.sampled_from([k for k in {1, 2, len(dist) - 1, len(dist)} if 1 <= k <= len(dist)]))
    before = dist.copy()
    result = run(algorithm, dist, k)
    assert_valid(result, dist, k)
    np.testing.assert_array_equal(dist, before)
    again = run(algorithm, dist, k)
    assert (again.medoids.tolist(), again.loss) == (result.medoids.tolist(), result.loss)


@pytest.mark.parametrize("algorithm", SWAPS)
@settings(max_examples=60)
@given(problem=problems.started(any_matrices))
def test_every_swap_lowers_the_loss(algorithm, problem):
    dist, start = problem
    given_start = np.array(start)
    result = algorithm.call(dist, given_start)
    assert given_start.tolist() == start
    medoids, last = list(start), naive.loss(dist.tolist(), start)
    for (removed, added), after in zip(result.swaps.tolist(), result.losses.tolist(), strict=True):
        medoids[medoids.index(removed)] = added
        assert after == pytest.approx(naive.loss(dist.tolist(), medoids), rel=1e-12)
        assert after < last
        last = after
    assert sorted(medoids) == sorted(result.medoids.tolist())


@pytest.mark.parametrize("algorithm", OPTIMA)
@settings(max_examples=60)
@given(problem=problems.started(any_matrices))
def test_ends_in_a_local_optimum(algorithm, problem):
    dist, start = problem
    assert naive.is_local_optimum(dist.tolist(), algorithm.call(dist, start).medoids.tolist())


@pytest.mark.parametrize("algorithm", TWINS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_the_same_swaps_as_its_twin(algorithm, dtype):
    twin = algorithms()[algorithm.same_result_as]
    rng = np.random.default_rng(5)
    for n, k in ((40, 2), (60, 7), (90, 45), (30, 29)):
        points = rng.normal(size=(n, 3)) * 1e3
        dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
        dist = Problem.of((np.round(dist) if dtype is np.int32 else problems.exact(dist)).astype(dtype))
        start = random_start(dist, k, rng).medoids
        mine, other = algorithm.call(dist, start), twin.call(dist, start)
        assert mine.swaps.tolist() == other.swaps.tolist()
        assert mine.medoids.tolist() == other.medoids.tolist()
        np.testing.assert_allclose(mine.losses, other.losses, rtol=1e-12)


@pytest.mark.parametrize("algorithm", TWINS)
@settings(max_examples=60)
@given(problem=problems.started(problems.tied_matrices()))
def test_the_same_loss_as_its_twin_on_ties(algorithm, problem):
    dist, start = problem
    assert algorithm.call(dist, start).loss == algorithms()[algorithm.same_result_as].call(dist, start).loss


@pytest.mark.parametrize("algorithm", STARTS + SWAPS)
def test_memory_order_changes_nothing(algorithm):
    points = np.random.default_rng(3).normal(size=(50, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    read_only = dist.copy()
    read_only.flags.writeable = False
    results = [run(algorithm, m, 6) for m in (dist, np.asfortranarray(dist), read_only)]
    assert len({tuple(r.medoids.tolist()) for r in results}) == 1


@pytest.mark.parametrize("algorithm", STARTS + SWAPS)
@pytest.mark.parametrize(
    "largest", [np.finfo(np.float32).max, np.iinfo(np.int64).max, np.finfo(np.float64).max / 1e4]
)
def test_numbers_near_the_end_of_the_range(algorithm, largest):
    dtype = {float(np.finfo(np.float32).max): np.float32, float(np.iinfo(np.int64).max): np.int64}.get(
        float(largest), np.float64
    )
    dist = np.full((9, 9), largest, dtype)
    dist[:4, :4] = dist[4:, 4:] = 1
    np.fill_diagonal(dist, 0)
    result = run(algorithm, dist, 2)
    assert np.isfinite(result.loss)
    if algorithm.local_optimum:
        assert result.loss == 7
