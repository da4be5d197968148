"""The matrix on disk: its values, its form, and the errors."""

import errno
import importlib
import os
import shutil
import signal
from collections import namedtuple

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.spatial.distance import cdist
from small_datasets import dataset_of, points_dataset, run_on_small_disk, start_python, wait_for

from kmedoids_bench.datasets import NotEnoughSpace, metrics, write_matrix, write_points

distances = importlib.import_module("kmedoids_bench.datasets.distances")
POINTS = np.random.default_rng(4).normal(size=(50, 7))


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(distances, "BLOCK_BYTES", 8 * 50 * 7)  # at most 7 rows of 50, the last block is narrower


@pytest.fixture
def metric_of(monkeypatch):
    """Make a metric that gives the same matrix for whatever objects."""

    def make(matrix) -> str:
        monkeypatch.setitem(metrics.METRICS, "given", lambda objects: lambda r, c: np.array(matrix, float)[r, c])
        return "given"

    return make


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values_are_computed_in_float64_and_rounded_once(tmp_path, small_blocks, dtype):
    matrix = write_matrix(points_dataset(POINTS), tmp_path, dtype=dtype)
    values = np.load(matrix.path, mmap_mode="r")
    np.testing.assert_array_equal(values, cdist(POINTS, POINTS).astype(dtype))
    assert values.dtype == dtype
    assert values.flags.c_contiguous
    assert matrix.path == tmp_path / f"small-n50-euclidean-{dtype}.npy"
    assert (matrix.n, matrix.dtype, matrix.metric, matrix.dataset) == (50, dtype, "euclidean", "small")


def test_symmetric_to_the_last_bit_even_if_the_metric_is_not(tmp_path, small_blocks, metric_of):
    noisy = cdist(POINTS, POINTS) * (1 + 1e-12 * np.random.default_rng(5).random((50, 50))) + 1e-12
    matrix = write_matrix(points_dataset(POINTS), tmp_path, metric=metric_of(noisy), dtype="float64")
    values = np.load(matrix.path)
    np.testing.assert_array_equal(values, values.T)
    np.testing.assert_array_equal(np.diagonal(values), np.zeros(50))
    assert (noisy != noisy.T).any()


@pytest.mark.parametrize("metric", ["cosine", "correlation", "nan_euclidean"])
def test_rounding_on_the_diagonal_is_no_error(tmp_path, small_blocks, metric):
    values = np.load(write_matrix(points_dataset(POINTS), tmp_path, metric=metric, dtype="float64").path)
    assert not np.diagonal(values).any()
    assert values.max() > 1


def test_the_first_objects(tmp_path, small_blocks):
    matrix = write_matrix(points_dataset(POINTS), tmp_path, n=11, dtype="float64")
    np.testing.assert_array_equal(np.load(matrix.path), cdist(POINTS[:11], POINTS[:11]))


def test_points_are_written_as_they_are_and_anew_when_asked(tmp_path):
    path = write_points(points_dataset(POINTS), tmp_path, n=11)
    np.testing.assert_array_equal(np.load(path), POINTS[:11])
    other = points_dataset(POINTS + 1)
    np.testing.assert_array_equal(np.load(write_points(other, tmp_path, n=11)), POINTS[:11])
    np.testing.assert_array_equal(np.load(write_points(other, tmp_path, n=11, anew=True)), POINTS[:11] + 1)


@pytest.mark.parametrize("content", [b"", b"foreign", None])
def test_damaged_files_are_made_again(tmp_path, content, caplog):
    data = points_dataset(POINTS)
    matrix, points = write_matrix(data, tmp_path), write_points(data, tmp_path)
    whole = [path.read_bytes() for path in (matrix.path, points)]
    for path, bytes_before in zip((matrix.path, points), whole, strict=True):
        path.write_bytes(bytes_before[:-10] if content is None else content)
    again = write_matrix(data, tmp_path)
    assert not again.reused
    assert caplog.messages == [f"{matrix.path} is damaged, or was made of other data or code: it is made again"]
    assert [again.path.read_bytes(), write_points(data, tmp_path).read_bytes()] == whole


def test_vertices_of_a_graph_are_no_points(tmp_path):
    edges = np.array([[0, 1], [1, 0]], float)
    assert write_points(dataset_of(n=2, kind="graph", load=lambda _: csr_array(edges)), tmp_path) is None


@pytest.mark.parametrize("n", [1, 2])
def test_very_few_objects(tmp_path, n):
    values = np.load(write_matrix(points_dataset(POINTS), tmp_path, n=n).path)
    assert values.shape == (n, n)
    assert np.count_nonzero(values) == n * n - n


def test_a_graph_uses_all_vertices_for_the_first_ones(tmp_path):
    edges = np.array([[0, 9, 1], [9, 0, 2], [1, 2, 0]], float)  # from 0 to 1 through 2
    dataset = dataset_of(load=lambda paths: csr_array(edges), kind="graph", metric="shortest_path")
    matrix = write_matrix(dataset, tmp_path, n=2, dtype="int32")
    np.testing.assert_array_equal(np.load(matrix.path), np.array([[0, 3], [3, 0]], "int32"))


def test_blocks_compute_little_on_the_other_side_of_the_diagonal(tmp_path, monkeypatch):
    computed = []

    def counted(points):
        def block(rows, columns):
            computed.append((rows.stop - rows.start) * (columns.stop - columns.start))
            return cdist(points[rows], points[columns])

        return block

    monkeypatch.setitem(metrics.METRICS, "counted", counted)
    write_matrix(points_dataset(POINTS), tmp_path, metric="counted")
    assert sum(computed) <= 50 * 50 * (1 / 2 + 1 / 16)


def test_objects_of_another_kind_need_only_a_metric(tmp_path, monkeypatch):
    def letters(words):
        return lambda rows, columns: np.array(
            [[abs(len(a) - len(b)) for b in words[columns]] for a in words[rows]], float
        )

    monkeypatch.setitem(metrics.METRICS, "letters", letters)
    dataset = dataset_of(load=lambda paths: ["a", "bbb", "cc"], kind="strings", metric="letters")
    values = np.load(write_matrix(dataset, tmp_path, dtype="int64").path)
    np.testing.assert_array_equal(values, [[0, 2, 1], [2, 0, 1], [1, 1, 0]])


def test_progress_only_on_request_when_stderr_is_no_terminal(tmp_path, small_blocks, monkeypatch, capfd):
    write_matrix(points_dataset(POINTS), tmp_path)
    assert capfd.readouterr().err == ""
    monkeypatch.setattr(distances, "PROGRESS_AFTER", 0)
    write_matrix(points_dataset(POINTS), tmp_path, dtype="float64", progress=True)
    assert "distances of small" in capfd.readouterr().err


# Errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n=0: small has 50 objects, choose 1 to 50"),
        ({"n": 51}, "n=51: small has 50 objects, choose 1 to 50"),
        ({"dtype": "float16"}, "dtype='float16': choose one of float32, float64, int32, int64"),
        ({"metric": "../away"}, r"metric='../away': not the name of a metric"),
        ({"metric": "unheard_of"}, "unknown metric 'unheard_of'"),
    ],
)
def test_wrong_arguments(tmp_path, arguments, message):
    with pytest.raises(ValueError, match=message):
        write_matrix(points_dataset(POINTS), tmp_path, **arguments)
    assert not any(tmp_path.iterdir())


def test_a_graph_has_only_its_own_metric(tmp_path):
    with pytest.raises(ValueError, match="are vertices, choose 'shortest_path'"):
        write_matrix(dataset_of(kind="graph", metric="shortest_path"), tmp_path, metric="euclidean")


@pytest.mark.parametrize(
    ("kind", "natural", "wrong", "message"),
    [
        ("categories", "hamming", "euclidean", "are rows of categories, choose 'hamming' or 'jaccard'"),
        ("mixed", "gower", "euclidean", "are rows of mixed columns, choose 'gower'"),
        ("strings", "levenshtein", "dtw", "are strings, choose 'levenshtein'"),
        ("series", "dtw", "levenshtein", "are rows of numbers, choose another metric"),
        ("points", "euclidean", "gower", "are rows of numbers, choose another metric"),
    ],
)
def test_a_metric_for_another_kind_of_objects(tmp_path, kind, natural, wrong, message):
    with pytest.raises(ValueError, match=f"metric='{wrong}': the objects of small {message}"):
        write_matrix(dataset_of(kind=kind, metric=natural), tmp_path, metric=wrong)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_entry_of_a_point_that_is_no_number(tmp_path, value):
    points = POINTS.copy()
    points[13, 5] = value
    with pytest.raises(ValueError, match=f"dataset 'small': object 13, coordinate 5 is {value}"):
        write_matrix(points_dataset(points), tmp_path)


@pytest.mark.parametrize("weight", [-1.0, np.nan])
def test_a_wrong_weight_in_a_graph(tmp_path, weight):
    graph = csr_array(([1.0, 1.0, weight], ([0, 1, 2], [1, 2, 0])), shape=(3, 3))
    dataset = dataset_of(load=lambda paths: graph, kind="graph", metric="shortest_path")
    with pytest.raises(ValueError, match=rf"dataset 'small': the edge \(2, 0\) has the weight {weight}"):
        write_matrix(dataset, tmp_path)


def test_a_graph_in_two_parts(tmp_path):
    graph = csr_array(([1.0], ([0], [1])), shape=(3, 3))
    with pytest.raises(ValueError, match=r"dataset 'small': d\(0, 2\) = inf, not a dissimilarity"):
        write_matrix(dataset_of(load=lambda paths: graph, kind="graph", metric="shortest_path"), tmp_path)


@pytest.mark.parametrize(
    ("entry", "dtype", "message"),
    [
        (-0.5, "float32", r"d\(45, 48\) = -0.5, not a dissimilarity"),
        (np.nan, "float64", r"d\(45, 48\) = nan, not a dissimilarity"),
        (1e39, "float32", r"d\(45, 48\) = 1e\+39, not a dissimilarity that float32 can hold"),
        (3e9, "int32", r"d\(45, 48\) = 3000000000.0, not a dissimilarity that int32 can hold"),
        (2.5, "int32", r"d\(45, 48\) = 2.5, not a whole number: choose float32 or float64"),
    ],
)
def test_a_wrong_entry_is_named_and_no_file_is_left(tmp_path, small_blocks, metric_of, entry, dtype, message):
    matrix = np.ones((50, 50)) - np.eye(50)
    matrix[45, 48] = entry
    with pytest.raises(ValueError, match=f"dataset 'small': {message}"):
        write_matrix(points_dataset(POINTS), tmp_path, metric=metric_of(matrix), dtype=dtype)
    assert not any(tmp_path.iterdir())


def test_an_object_that_is_far_from_itself(tmp_path, small_blocks, metric_of):
    matrix = np.ones((50, 50)) - np.eye(50)
    matrix[9, 9] = 0.5
    with pytest.raises(ValueError, match=r"d\(9, 9\) = 0.5, but an object has the dissimilarity 0 to itself"):
        write_matrix(points_dataset(POINTS), tmp_path, metric=metric_of(matrix))


def test_a_loader_that_gives_another_number_of_objects(tmp_path):
    with pytest.raises(ValueError, match="dataset 'small': the loader gives 50 objects, the record says 3"):
        write_matrix(dataset_of(load=lambda paths: POINTS), tmp_path)


# Disks and processes


def test_too_little_space_is_seen_before_anything_is_computed(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(7_000))
    monkeypatch.setattr(distances, "_fill", lambda *arguments: pytest.fail("computed"))
    with pytest.raises(
        NotEnoughSpace, match=r"small-n50-euclidean-float32.npy needs 0.01 MB and .* has 0.007 MB free: make"
    ):
        write_matrix(points_dataset(POINTS), tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_disk_that_fills_up_on_the_way(tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotEnoughSpace, match="make room there, choose another folder, a smaller n, or float32"):
        write_matrix(points_dataset(POINTS), tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_real_small_disk(tmp_path):
    """Without the check beforehand: the space is reserved, so that a full disk is an error and no SIGBUS."""
    code = tmp_path / "code.py"
    code.write_text(
        f"""
import shutil
from collections import namedtuple
import numpy as np
from small_datasets import points_dataset
from kmedoids_bench.datasets import NotEnoughSpace, write_matrix
shutil.disk_usage = lambda path: namedtuple("Usage", "free")(10**9)
for n, outcome in (100, "written"), (1000, "refused"):
    try:
        write_matrix(points_dataset(np.ones((n, 2))), {str(tmp_path / "disk")!r})
        assert outcome == "written"
    except NotEnoughSpace:
        assert outcome == "refused"
"""
    )
    (tmp_path / "disk").mkdir()
    done = run_on_small_disk(tmp_path / "disk", code, "256k")
    assert done.stderr == ""
    assert {line.rpartition("/")[2].partition("-e")[0] for line in done.stdout.split()} == {"small-n100"}


def test_kill_9_while_the_matrix_is_written(tmp_path):
    process = start_python(
        f"""
import time
import numpy as np
from small_datasets import points_dataset
from kmedoids_bench.datasets import metrics, write_matrix, write_points
metrics.METRICS["slow"] = lambda objects: lambda rows, columns: time.sleep(60)
write_matrix(points_dataset(np.ones((50, 2))), {str(tmp_path)!r}, metric="slow")
"""
    )
    wait_for(lambda: any(path.stat().st_size > 10_000 for path in tmp_path.iterdir()))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
    metrics.METRICS["slow"] = metrics.METRICS["euclidean"]
    try:
        write_matrix(points_dataset(POINTS), tmp_path, metric="slow")
    finally:
        del metrics.METRICS["slow"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".npy"]
