import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.datasets import load_digits

from kmedoids_bench.algorithms import Points, fasterpam, tuned
from kmedoids_bench.algorithms.core import distance_matrix as under_test
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import METRICS, named_distance
from kmedoids_bench.algorithms.core.problem import Problem

METRIC_OF_SCIPY = {"euclidean": "euclidean", "cityblock": "manhattan"}


@kernel
def own_metric(x, y):
    return abs(x[0] - y[0])


@kernel
def negative_far_away(x, y):
    return 1.0 - abs(x[0] - y[0]) if abs(x[0] - y[0]) > 150 else abs(x[0] - y[0])


def entries(points):
    """Return what the matrix must be, entry by entry."""
    every = range(points.n)
    return np.array([[points.distances[c, o] for o in every] for c in every])


@st.composite
def coordinates(draw):
    """Points with ties and duplicates, or close together and far from the origin, where products lose most digits."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, dimensions = draw(st.integers(1, 12)), draw(st.integers(1, 40))
    points = rng.normal(size=(n, dimensions)) * draw(st.sampled_from([1e-9, 1e-3, 1.0, 1e6]))
    points += draw(st.sampled_from([0.0, 1.0, 1e8]))
    if draw(st.booleans()):
        points = np.rint(points)
    points[rng.integers(n)] = points[rng.integers(n)]
    return points.astype(draw(st.sampled_from(["float64", "float32", "int64"]))) + draw(st.sampled_from([0, 1]))


@pytest.mark.parametrize("metric", METRICS)
@settings(max_examples=40)
@given(coordinates())
def test_every_entry_is_the_named_distance_rounded_once(metric, given_points):
    if metric == "cosine":
        given_points = np.where((given_points == 0).all(axis=1, keepdims=True), 1, given_points)
    points = Points(given_points, metric)
    expected = entries(points)
    for dtype in ("float32", "float64"):
        np.testing.assert_array_equal(points.matrix(dtype), expected.astype(dtype))


@pytest.mark.parametrize("n", [1, 15, 16, 17, 40])
@pytest.mark.parametrize("metric", ["euclidean", "manhattan", own_metric])
def test_tiles_and_their_parts_fit_together(n, metric, monkeypatch):
    monkeypatch.setattr(under_test, "TILE", 16)
    monkeypatch.setattr(under_test, "PART", 5)
    points = Points(np.random.default_rng(n).normal(size=(n, 3)), metric)
    dist = points.matrix()
    np.testing.assert_array_equal(dist, entries(points).astype("float32"))
    assert dist.flags.c_contiguous


@pytest.mark.parametrize("metric", ["euclidean", "cityblock"])
def test_real_data_get_the_distances_of_scipy_rounded_once(metric):
    points = load_digits().data / 7  # not whole numbers
    expected = cdist(points, points, metric).astype("float32")
    np.testing.assert_array_equal(Points(points, METRIC_OF_SCIPY[metric]).matrix(), expected)


def test_few_entries_are_computed_twice():
    """Not a matter of right or wrong: with wider bounds than needed all entries would be, which is slow."""
    bounds = under_test.rounding_bounds(784)
    rng = np.random.default_rng(0)
    lengths = 2 * 784.0
    squares = lengths * rng.uniform(0.5, 1.5, 100_000)
    low = np.sqrt((squares - bounds[0] * lengths) * (1 - bounds[1])).astype("float32")
    high = np.sqrt((squares + bounds[0] * lengths) * (1 + bounds[1])).astype("float32")
    assert np.mean(low != high) < 1e-4


def test_the_bounds_hold_where_products_lose_most_digits():
    rng = np.random.default_rng(1)
    x = rng.normal(size=784) * 1e3
    points = np.array([x, x + 1e-6, x + 1e-6 * rng.normal(size=784), -x])
    dist = Points(points).matrix()
    for c in range(4):
        for o in range(4):
            assert dist[c, o] == np.float32(named_distance(0, points[c], points[o]))


def test_algorithms_that_read_the_matrix_take_points():
    rng = np.random.default_rng(3)
    points = Points(rng.normal(size=(60, 4)))
    dist = points.matrix()
    for algorithm in (fasterpam, tuned.fasterpam, tuned.pam):
        from_points, from_matrix = algorithm(points, k=4, seed=1), algorithm(dist, k=4, seed=1)
        np.testing.assert_array_equal(from_points.swaps, from_matrix.swaps)
        assert from_points.loss == from_matrix.loss
    problem = Problem.of(points)
    assert problem.by_object is problem.distances
    assert points.as_problem("float64").distances.dtype == np.float64


def test_a_matrix_that_does_not_fit_is_refused_before_it_is_made(monkeypatch):
    monkeypatch.setattr(under_test, "free_bytes", lambda: 4_000_000)
    points = Points(np.zeros((2_000, 2)))
    with pytest.raises(MemoryError, match=r"2,000 objects takes 0\.016 GB, and 0\.004 GB .* free: 946 objects fit\. f"):
        fasterpam(points, k=2)
    with pytest.raises(MemoryError, match="670 objects fit, or more with dtype='float32'"):
        points.matrix("float64")
    assert Points(np.zeros((946, 2))).matrix().shape == (946, 946)
    with pytest.raises(MemoryError):  # the points are copied as float64: that, too, must fit
        Points(np.zeros((800, 800))).matrix()


def test_where_nobody_says_what_is_free_it_is_tried(monkeypatch):
    monkeypatch.setattr(under_test, "free_bytes", lambda: None)
    assert Points(np.zeros((3, 2))).matrix().shape == (3, 3)


def test_the_system_says_what_is_free():
    free = under_test.free_bytes()
    assert free is None or 2**20 < free < 2**50


def test_a_group_of_processes_may_have_less_than_the_machine(tmp_path):
    def write(name, text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable: 8000 kB\n")
    assert under_test.free_bytes(tmp_path) == 8_192_000
    write("proc/self/cgroup", "0::/slurm/job_7/step_0\n")
    assert under_test.free_bytes(tmp_path) == 8_192_000
    write("sys/fs/cgroup/slurm/job_7/step_0/memory.max", "max\n")
    for name, text in (("max", "5000000"), ("current", "3000000"), ("stat", "anon 1\ninactive_file 1000000\n")):
        write(f"sys/fs/cgroup/slurm/job_7/memory.{name}", text)
    assert under_test.free_bytes(tmp_path) == 3_000_000
    write("sys/fs/cgroup/slurm/job_7/memory.max", "1000000")
    assert under_test.free_bytes(tmp_path) == 0
    assert under_test.free_bytes(tmp_path / "elsewhere") is None


def test_what_the_dtype_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="objects 0 and 1 is too large for float32: choose float64"):
        Points([[0.0], [1e39]]).matrix()
    assert Points([[0.0], [1e39]]).matrix("float64")[0, 1] == 1e39
    with pytest.raises(ValueError, match="dtype is 'int32', must be float32 or float64"):
        Points([[0.0], [1.0]]).matrix("int32")


def test_a_metric_of_the_users_own_is_checked_in_every_entry():
    points = Points(np.roll(np.arange(200.0), 100)[:, None], negative_far_away)
    with pytest.raises(ValueError, match="must be finite, not negative"):
        tuned.pam(points, k=3)
