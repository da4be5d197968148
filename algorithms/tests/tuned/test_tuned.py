"""What every tuned algorithm promises: the plain one's result, whatever the matrix, its order and the threads."""

import sys

import numba
import numpy as np
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem, random_start
from kmedoids_bench.algorithms.core.clustering import assign
from kmedoids_bench.algorithms.core.problem import unchecked_problem
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.tuned import threads

TUNED = [pytest.param(a, id=a.name) for a in algorithms("tuned").values()]
SWAPS = [pytest.param(a, id=a.name) for a in algorithms("tuned").values() if a.kind == "swap"]
TO_THE_BIT = [pytest.param(a, id=a.name) for a in algorithms("tuned").values() if a.name not in ("pam", "build")]
PARALLEL = [pytest.param(algorithms("tuned")[name], id=name) for name in ("pam", "build", "fasterpam")]


def proof_but(*names, of=TUNED):
    """Return the algorithms, all but the named ones for `make proof`: compiling them for further types takes long."""
    return [pytest.param(*one.values, id=one.id, marks=() if one.id in names else pytest.mark.proof) for one in of]


any_matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())


def run(algorithm, dist, start, **parameters):
    """Run it with the given start medoids, or with as many."""
    if algorithm.kind == "swap":
        return algorithm.call(dist, start, **parameters)
    if algorithm.seeded:
        parameters["seed"] = len(start)
    return algorithm.call(dist, k=len(start), **parameters)


def assert_same(mine, other, *fields):
    for field in ("medoids", "swaps", "labels", "losses", *fields):
        assert getattr(mine, field).tolist() == getattr(other, field).tolist()
    assert (mine.loss, mine.n_swaps, mine.n_passes) == (other.loss, other.n_swaps, other.n_passes)


def random_matrix(n, dtype, seed=0):
    points = np.random.default_rng(seed).normal(size=(n, 3)) * 1e3
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return (np.round(dist) if np.dtype(dtype).kind in "iu" else problems.exact(dist)).astype(dtype)


@pytest.mark.parametrize("algorithm", SWAPS)
@pytest.mark.parametrize("start", ["build", "lab"])
def test_a_start_is_chosen_by_its_tuned_form(algorithm, start, monkeypatch):
    dist = random_matrix(60, np.float32)
    tuned = algorithms("tuned")[start]
    more = {"seed": 3} if tuned.seeded else {}
    expected = algorithm.call(dist, tuned.call(dist, k=7, **more).medoids)
    monkeypatch.delattr(f"kmedoids_bench.algorithms.starts.{start}.{start}")  # the plain one
    assert_same(algorithm.call(dist, k=7, start=start, **more), expected)


@pytest.mark.parametrize("algorithm", proof_but("lab"))
@given(problem=problems.started(any_matrices))
def test_the_plain_one_s_result_with_ties_and_for_every_k(algorithm, problem):
    dist, start = problem
    before = dist.copy()
    assert_same(run(algorithm, dist, start), run(algorithms()[algorithm.same_result_as], dist, start))
    np.testing.assert_array_equal(dist, before)


@pytest.mark.parametrize(
    ("algorithm", "dtype"),
    [
        pytest.param(*a.values, t, id=f"{a.id}-{t.__name__}", marks=() if t is np.float64 else pytest.mark.proof)
        for t in (np.float32, np.float64, np.int32, np.int64, np.uint8)
        for a in TUNED
    ],
)
def test_the_plain_one_s_result_where_the_lanes_are_full(algorithm, dtype):
    dist = random_matrix(150, np.int64) // 40 if dtype is np.uint8 else random_matrix(150, dtype)
    dist = dist.astype(dtype)
    plain = algorithms()[algorithm.same_result_as]
    ways = (dist, np.asfortranarray(dist), Problem.of(dist))
    for k in (1, 2, 9, 50, 149, 150) if algorithm.name != "pam" else (1, 2, 9, 50):
        start = random_start(dist, k, k).medoids
        expected = run(plain, dist, start)
        for way in ways:
            assert_same(run(algorithm, way, start), expected)


@pytest.mark.parametrize("algorithm", TO_THE_BIT)
@pytest.mark.parametrize("dtype", [np.float64, pytest.param(np.float32, marks=pytest.mark.proof)])
def test_the_plain_one_s_sums_to_the_bit_where_they_are_rounded(algorithm, dtype):
    dist = np.random.default_rng(0).exponential(size=(200, 200)) ** 9
    np.fill_diagonal(dist, 0)
    dist = dist.astype(dtype)
    for k in (2, 7, 60):
        start = random_start(dist, k, k).medoids
        assert_same(run(algorithm, dist, start), run(algorithms()[algorithm.same_result_as], dist, start))


@pytest.mark.parametrize("dtype", [np.int32, pytest.param(np.int64, marks=pytest.mark.proof)])
@pytest.mark.parametrize("algorithm", SWAPS)
def test_whole_numbers_that_float32_cannot_tell_apart(algorithm, dtype):
    dist = np.triu(2**26 + np.random.default_rng(0).integers(0, 50, (100, 100)), 1)
    dist = (dist + dist.T).astype(dtype)
    for k in (5, 20):
        start = random_start(dist, k, 0).medoids
        assert_same(run(algorithm, dist, start), run(algorithms()[algorithm.same_result_as], dist, start))


@pytest.mark.parametrize("algorithm", TUNED)
def test_an_asymmetric_matrix_is_read_in_its_own_direction(algorithm):
    dist = np.random.default_rng(0).integers(0, 1000, (90, 90)).astype(np.float64)
    np.fill_diagonal(dist, 0)
    for matrix in (dist, dist.T):
        start = list(range(6))
        assert_same(run(algorithm, matrix, start), run(algorithms()[algorithm.same_result_as], matrix, start))


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="a single core")
@pytest.mark.parametrize("algorithm", proof_but("fasterpam", of=PARALLEL))
def test_the_number_of_threads_changes_nothing_to_the_bit(algorithm, monkeypatch):
    monkeypatch.setattr(threads, "LEAST_FOR_THREADS", 1)
    points = np.random.default_rng(1).normal(size=(300, 3))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)  # rounded sums
    for k in (2, 40):
        start = random_start(dist, k, k).medoids
        before = numba.get_num_threads()
        alone, together = (run(algorithm, dist, start, threads=count) for count in (1, 2))
        assert numba.get_num_threads() == before
        assert_same(together, alone)
        assert together.n_evaluations == alone.n_evaluations


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
@pytest.mark.parametrize("algorithm", PARALLEL)
def test_no_kernel_is_handed_another_one(algorithm):
    # It would be compiled anew in every process: numba's cache cannot tell that it is the same.
    run(algorithm, random_matrix(60, np.float64), [0, 1, 2])
    module = sys.modules[algorithm.call.__module__]
    types = [kind for f in vars(module).values() for types in getattr(f, "signatures", ()) for kind in types]
    assert types
    assert not [kind for kind in types if isinstance(kind, numba.types.Dispatcher)]


@pytest.mark.parametrize("algorithm", PARALLEL)
def test_a_bad_number_of_threads_is_refused(algorithm):
    dist = np.ones((6, 6)) - np.eye(6)
    for count, error in ((0, ValueError), (10**6, ValueError), (1.0, TypeError), (True, TypeError)):
        with pytest.raises(error, match=f"threads is {count}, must be"):
            run(algorithm, dist, [0, 1], threads=count)


@pytest.mark.parametrize("algorithm", SWAPS)
def test_stops_after_max_passes(algorithm):
    dist = random_matrix(60, np.float64)
    plain = algorithms()[algorithm.same_result_as]
    whole = plain.call(dist, [0, 1, 2, 3])
    for max_passes in range(1, whole.n_passes + 2):
        mine = algorithm.call(dist, [0, 1, 2, 3], max_passes=max_passes)
        assert_same(mine, plain.call(dist, [0, 1, 2, 3], max_passes=max_passes))


@pytest.mark.parametrize("algorithm", proof_but("fasterpam", of=SWAPS))
def test_a_gain_within_the_tolerance_is_no_gain(algorithm):
    assert algorithm.call(problems.within_the_tolerance(), [0, 3]).medoids.tolist() == [0, 4]


@pytest.mark.parametrize("algorithm", TUNED)
@pytest.mark.parametrize(
    "largest",
    [
        1e304,
        *(pytest.param(end, marks=pytest.mark.proof) for end in (np.finfo(np.float32).max, np.iinfo(np.int64).max)),
    ],
)
def test_numbers_near_the_end_of_the_range(algorithm, largest):
    dtype = {np.finfo(np.float32).max: np.float32, np.iinfo(np.int64).max: np.int64}.get(largest, np.float64)
    dist = np.full((99, 99), largest, dtype)
    dist[:40, :40] = dist[40:, 40:] = 1
    np.fill_diagonal(dist, 0)
    result = run(algorithm, dist, [0, 1])
    assert np.isfinite(result.loss)
    if algorithm.local_optimum:
        assert result.loss == 97


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="machine code cannot be watched; see make coverage")
@pytest.mark.parametrize("name", ["pam", "build", "lab", "alternating", "fasterpam"])
@settings(max_examples=40)
@given(problem=problems.started(any_matrices))
def test_reports_the_entries_it_reads(name, problem):
    dist, start = problem
    search, by_object, labels = (problems.Counted(matrix) for matrix in (dist, dist.T, dist))
    problem = unchecked_problem(search)
    vars(problem)["by_object"] = by_object
    result = run(algorithms("tuned")[name], problem, start)
    assign(labels, result.medoids)
    assert result.n_lookups == search.n_read + by_object.n_read - labels.n_read
