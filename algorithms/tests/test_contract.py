"""What every algorithm in the registry promises, asked of all of them by the same tests."""

from itertools import groupby, pairwise
from operator import itemgetter

import grids
import naive
import numba
import numpy as np
import pandas as pd
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Points, Problem, random_start
from kmedoids_bench.algorithms.core.clustering import assign
from kmedoids_bench.algorithms.core.problem import unchecked_problem
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.core.silhouette import medoid_silhouettes

STARTS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "start"]
SWAPS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "swap"]
SILHOUETTES = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "silhouette"]
OF_GIVEN_K = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "silhouette" and not a.chooses_k]
OPTIMA = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "swap" and a.local_optimum]
TWINS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind != "sampling" and a.same_result_as]
SAMPLING = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "sampling"]
SAMPLING_TWINS = [
    pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "sampling" and a.same_result_as
]

any_matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())
DTYPES = [np.float64, *(pytest.param(dtype, marks=pytest.mark.proof) for dtype in (np.float32, np.int64))]


def run(algorithm, dist, k, seed=0):
    if algorithm.kind == "start":
        return algorithm.call(dist, k, seed=seed) if algorithm.seeded else algorithm.call(dist, k)
    if algorithm.kind == "sampling":
        return algorithm.call(dist, k, seed=seed)
    return algorithm.call(dist, k=k, start="random", seed=seed)


def assert_valid(result, dist, k, chosen=False):
    if chosen:
        assert min(2, k) <= result.k <= k
        k = result.k
    assert result.medoids.shape == (k,)
    assert result.medoids.dtype == np.int64
    assert len(set(result.medoids.tolist())) == k
    assert result.loss == pytest.approx(naive.loss(dist.tolist(), result.medoids.tolist()), rel=1e-12)
    nearest = dist[result.medoids].min(axis=0)
    np.testing.assert_array_equal(dist[result.medoids[result.labels], np.arange(len(dist))], nearest)
    np.testing.assert_array_equal(result.labels[result.medoids], np.arange(k))
    assert result.swaps.shape == (result.n_swaps, 2)
    assert result.losses.shape == (result.n_swaps,)


@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES)
@settings(max_examples=40)
@given(dist=any_matrices, data=st.data())
def test_a_valid_clustering_for_every_k(algorithm, dist, data):
    k = data.draw(st.sampled_from([k for k in {1, 2, len(dist) - 1, len(dist)} if 1 <= k <= len(dist)]))
    before = dist.copy()
    result = run(algorithm, dist, k)
    assert_valid(result, dist, k, algorithm.chooses_k)
    np.testing.assert_array_equal(dist, before)
    again = run(algorithm, dist, k)
    assert (again.medoids.tolist(), again.loss) == (result.medoids.tolist(), result.loss)


def steps(algorithm, result):
    """Return (swaps, loss after them) of every step: one swap, unless the algorithm makes several at once."""
    log = list(zip(result.swaps.tolist(), result.losses.tolist(), strict=True))
    if algorithm.single_swaps:
        return [([swap], loss) for swap, loss in log]
    return [([swap for swap, _ in step], loss) for loss, step in groupby(log, key=itemgetter(1))]


@pytest.mark.parametrize("algorithm", SWAPS)
@settings(max_examples=60)
@given(problem=problems.started(any_matrices))
def test_every_swap_lowers_the_loss(algorithm, problem):
    dist, start = problem
    given_start = np.array(start)
    result = algorithm.call(dist, given_start)
    assert given_start.tolist() == start
    medoids, last = list(start), naive.loss(dist.tolist(), start)
    for swaps, after in steps(algorithm, result):
        for removed, added in swaps:
            medoids[medoids.index(removed)] = added
        assert len(set(medoids)) == len(start)
        assert after == pytest.approx(naive.loss(dist.tolist(), medoids), rel=1e-12)
        assert after < last
        last = after
    assert medoids == result.medoids.tolist()


@pytest.mark.parametrize("algorithm", SWAPS)
def test_equal_solutions_that_rounding_tells_apart_are_not_swapped(algorithm):
    # Points on a circle: every rotation of a solution is as good, up to rounding.
    angle = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    points = np.column_stack((np.cos(angle), np.sin(angle)))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    for k in (2, 3, 6, 12):
        result = algorithm.call(dist, list(range(k)))
        losses = [naive.loss(dist.tolist(), list(range(k)))] + [loss for _, loss in steps(algorithm, result)]
        assert all(after < before - 1e-12 * before for before, after in pairwise(losses))


@pytest.mark.parametrize("algorithm", SWAPS + OF_GIVEN_K)
def test_stops_after_max_passes(algorithm):
    points = np.random.default_rng(2).normal(size=(30, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    whole = algorithm.call(dist, [0, 1, 2, 3])
    assert whole.n_passes > 1
    for max_passes in range(1, whole.n_passes + 2):
        stopped = algorithm.call(dist, [0, 1, 2, 3], max_passes=max_passes)
        assert stopped.n_passes == min(max_passes, whole.n_passes)
        assert stopped.swaps.tolist() == whole.swaps.tolist()[: stopped.n_swaps]
    assert stopped.medoids.tolist() == whole.medoids.tolist()


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="machine code cannot be watched; see make coverage")
@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES)
@settings(max_examples=60)
@given(problem=problems.started(any_matrices))
def test_reports_the_entries_it_reads(algorithm, problem):
    dist, start = problem
    search, by_object, labels = (problems.Counted(matrix) for matrix in (dist, dist.T, dist))
    problem = unchecked_problem(search)
    vars(problem)["by_object"] = by_object
    if algorithm.kind == "start":
        result = run(algorithm, problem, len(start))
        assert (result.n_swaps, result.n_passes) == (0, 0)
    else:
        result = algorithm.call(problem, start)
    assign(labels, result.medoids)
    if algorithm.kind == "silhouette" and not algorithm.chooses_k and result.k > 1:
        medoid_silhouettes(labels, result.medoids)
    if algorithm.name == "alternate_refinement":  # the start it refines has labels, too
        assign(labels, random_start(dist, len(start), seed=0).medoids)
    assert result.n_lookups == search.n_read + by_object.n_read - labels.n_read


@pytest.mark.parametrize("algorithm", OPTIMA)
@settings(max_examples=60)
@given(problem=problems.started(any_matrices))
def test_ends_in_a_local_optimum(algorithm, problem):
    dist, start = problem
    assert naive.is_local_optimum(dist.tolist(), algorithm.call(dist, start).medoids.tolist())


@pytest.mark.parametrize("algorithm", SWAPS)
def test_a_gain_within_the_tolerance_is_no_gain(algorithm):
    assert algorithm.call(problems.within_the_tolerance(), [0, 3]).medoids.tolist() == [0, 4]


@pytest.mark.parametrize("algorithm", TWINS)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("symmetric", [True, False])
def test_the_same_swaps_as_its_twin(algorithm, dtype, symmetric):
    twin = algorithms()[algorithm.same_result_as]
    rng = np.random.default_rng(5)
    for n, k in ((40, 2), (60, 7), (50, 25), (30, 29)):
        points = rng.normal(size=(n, 3)) * 1e3
        dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
        if not symmetric:
            dist += np.abs(points[:, :1] - points[:, 0]) * (points[:, :1] < points[:, 0])
        dist = Problem.of((np.round(dist) if dtype is np.int64 else problems.exact(dist)).astype(dtype))
        first = k if algorithm.kind == "start" else random_start(dist, k, rng).medoids
        mine, other = algorithm.call(dist, first), twin.call(dist, first)
        assert mine.swaps.tolist() == other.swaps.tolist()
        assert mine.medoids.tolist() == other.medoids.tolist()
        np.testing.assert_allclose(mine.losses, other.losses, rtol=1e-12)


@pytest.mark.parametrize("algorithm", [one for one in TWINS if one not in SILHOUETTES])
@settings(max_examples=60)
@given(problem=problems.started(problems.tied_matrices()))
def test_the_same_loss_as_its_twin_on_ties(algorithm, problem):
    dist, start = problem
    first = len(start) if algorithm.kind == "start" else start
    assert algorithm.call(dist, first).loss == algorithms()[algorithm.same_result_as].call(dist, first).loss


@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES)
def test_bad_input_is_refused(algorithm):
    dist = np.ones((6, 6)) - np.eye(6)
    for k, error in ((0, ValueError), (7, ValueError), (2.0, TypeError)):
        with pytest.raises(error, match=f"k is {k}, must be"):
            run(algorithm, dist, k)
    dist[2, 3] = np.nan
    with pytest.raises(ValueError, match=r"distances\[2, 3\] is nan"):
        run(algorithm, dist, 2)


def read_only(dist):
    copy = dist.copy()
    copy.flags.writeable = False
    return copy


# To numba an array and a read-only one are of different types: every kernel is compiled anew.
@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES)
@pytest.mark.parametrize("other", [np.asfortranarray, pytest.param(read_only, marks=pytest.mark.proof)])
def test_memory_order_changes_nothing(algorithm, other):
    points = np.random.default_rng(3).normal(size=(50, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    assert run(algorithm, other(dist), 6).medoids.tolist() == run(algorithm, dist, 6).medoids.tolist()


@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES + SAMPLING)
def test_a_condensed_vector_and_a_frame_are_as_good_as_the_matrix(algorithm):
    _, dist = grids.scattered(40)
    medoids = run(algorithm, dist, 5).medoids.tolist()
    assert run(algorithm, dist[np.triu_indices(40, 1)], 5).medoids.tolist() == medoids
    assert run(algorithm, pd.DataFrame(dist), 5).medoids.tolist() == medoids


@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES + SAMPLING)
def test_the_unit_of_the_distances_does_not_matter(algorithm):
    _, dist = grids.scattered(40)
    unit = 2.0**-100
    result, scaled = run(algorithm, dist, 5), run(algorithm, dist * unit, 5)
    assert scaled.medoids.tolist() == result.medoids.tolist()
    assert scaled.swaps.tolist() == result.swaps.tolist()
    # A ratio of two distances has no unit.
    assert scaled.losses.tolist() == (result.losses * (1 if algorithm.kind == "silhouette" else unit)).tolist()


@pytest.mark.parametrize("algorithm", STARTS + SWAPS + SILHOUETTES + SAMPLING)
@pytest.mark.parametrize(
    "largest",
    [
        np.finfo(np.float64).max / 1e4,
        *(pytest.param(end, marks=pytest.mark.proof) for end in (np.finfo(np.float32).max, np.iinfo(np.int64).max)),
    ],
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


@pytest.mark.parametrize("algorithm", SAMPLING)
@settings(max_examples=40)
@given(grid=grids.grids(), data=st.data())
def test_sampling_gives_a_valid_clustering_the_same_from_points_as_from_their_matrix(algorithm, grid, data):
    coordinates, metric, dist = grid
    n = len(dist)
    k = data.draw(st.sampled_from([k for k in {1, 2, n - 1, n} if 1 <= k <= n]))
    given_dist, given_coordinates = dist.copy(), coordinates.copy()
    result = run(algorithm, dist, k, seed=n)
    assert_valid(result, dist, k)
    other = run(algorithm, Points(coordinates, metric), k, seed=n)
    for field in ("medoids", "labels", "swaps", "losses"):
        assert getattr(other, field).tolist() == getattr(result, field).tolist()
    for field in ("loss", "n_swaps", "n_passes", "n_evaluations", "n_lookups"):
        assert getattr(other, field) == getattr(result, field)
    np.testing.assert_array_equal(dist, given_dist)
    np.testing.assert_array_equal(coordinates, given_coordinates)


@pytest.mark.parametrize("algorithm", SAMPLING)
def test_the_seed_decides_what_is_sampled(algorithm):
    coordinates, dist = grids.scattered(300)
    runs = [run(algorithm, Points(coordinates, "sqeuclidean"), 10, seed=seed) for seed in range(6)]
    assert len({r.loss for r in runs}) > 1
    for seed in (2, np.random.default_rng(2)):
        again = run(algorithm, dist, 10, seed=seed)
        assert again.medoids.tolist() == runs[2].medoids.tolist()
        assert again.swaps.tolist() == runs[2].swaps.tolist()


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="machine code cannot be watched; see make coverage")
@pytest.mark.parametrize("algorithm", SAMPLING)
@settings(max_examples=40)
@given(grid=grids.grids(), data=st.data())
def test_sampling_reports_the_entries_it_reads(algorithm, grid, data):
    _, _, dist = grid
    search = problems.Counted(dist)
    result = run(algorithm, unchecked_problem(search), data.draw(st.integers(1, len(dist))))
    assert result.n_lookups == search.n_read


@pytest.mark.parametrize("algorithm", SAMPLING_TWINS)
@settings(max_examples=60)
@given(grid=grids.grids(), data=st.data())
def test_sampling_makes_the_same_swaps_as_its_twin(algorithm, grid, data):
    _, _, dist = grid
    k, seed = data.draw(st.integers(1, len(dist))), data.draw(st.integers(0, 2**32 - 1))
    mine, other = run(algorithm, dist, k, seed), run(algorithms()[algorithm.same_result_as], dist, k, seed)
    assert mine.swaps.tolist() == other.swaps.tolist()
    assert mine.medoids.tolist() == other.medoids.tolist()
    assert mine.losses.tolist() == other.losses.tolist()
