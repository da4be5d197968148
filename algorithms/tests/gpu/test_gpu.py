"""What the tier for a card promises: the plain kernels' swaps, in numba's simulator or on a card (see conftest.py)."""

import ctypes
import os
import subprocess
import sys

import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import Points, Problem, gpu, pam
from kmedoids_bench.algorithms.core.metrics import METRICS
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.gpu import Matrix, device, shared_arrays
from kmedoids_bench.algorithms.gpu import matrix as matrix_module
from kmedoids_bench.algorithms.gpu.additions import build_medoids
from kmedoids_bench.algorithms.gpu.device import SIMULATED
from kmedoids_bench.algorithms.gpu.gains import GROUPED_UP_TO
from kmedoids_bench.algorithms.gpu.matrix import power_of_two
from kmedoids_bench.algorithms.gpu.search import ROOM, Search
from kmedoids_bench.algorithms.gpu.state import LOG, LOSS, N_TRADES

ALL = [pytest.param(a, id=a.name) for a in algorithms("gpu").values()]
SWAPS = [pytest.param(a, id=a.name) for a in algorithms("gpu").values() if a.kind == "swap"]
KINDS = ("ties", "twice", "equal", "asymmetric", "general")
MANY = [pytest.param(seed, marks=() if seed == 0 else pytest.mark.proof) for seed in range(8)]


def matrix(kind: str, n: int, rng) -> np.ndarray:
    """Make a matrix with ties, duplicates or asymmetry, or in general position; all sums of its entries are exact."""
    if kind == "ties":
        return problems.distances_between(rng.integers(0, 3, (n, 2)))
    if kind == "twice":
        return problems.distances_between(rng.integers(0, 5, ((n + 1) // 2, 1)).repeat(2, axis=0)[:n])
    if kind == "equal":
        return np.zeros((n, n), np.int64)
    if kind == "asymmetric":
        dist = rng.integers(0, 9, (n, n))
        np.fill_diagonal(dist, 0)
        return dist
    coordinates = rng.normal(size=(n, 2))
    return problems.exact(np.linalg.norm(coordinates[:, None] - coordinates[None], axis=-1))


def run(algorithm, dist, start, **parameters):
    """Run it with the given start medoids, or with as many."""
    if algorithm.kind == "swap":
        return algorithm.call(dist, start, **parameters)
    return algorithm.call(dist, len(start), **parameters)


def assert_same(mine, expected):
    for field in ("medoids", "swaps", "labels", "losses"):
        assert getattr(mine, field).tolist() == getattr(expected, field).tolist()
    for field in ("loss", "n_swaps", "n_passes"):
        assert getattr(mine, field) == getattr(expected, field)
    assert mine.n_rounded == 0


@pytest.mark.parametrize("seed", MANY)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("algorithm", ALL)
def test_the_plain_one_s_result_with_ties_duplicates_and_asymmetry(algorithm, kind, seed):
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    n = int(rng.integers(5, 10))
    dist = matrix(kind, n, rng).astype(np.float64)
    plain, before, on_card = algorithms()[algorithm.same_result_as], dist.copy(), Matrix.of(dist)
    for k in {1, 2, int(rng.integers(2, n + 1))}:
        start = rng.choice(n, k, replace=False)
        result, expected = run(algorithm, on_card, start), run(plain, dist, start)
        assert_same(result, expected)
        if algorithm.name != "pam":  # the plain one evaluates slot by slot
            assert result.n_evaluations == expected.n_evaluations
    np.testing.assert_array_equal(dist, before)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, np.int64, np.uint8])
@pytest.mark.parametrize("kind", ["twice", "asymmetric", "general"])
def test_every_type_is_represented_exactly(kind, dtype):
    dist = matrix(kind, 9, np.random.default_rng(6))
    dist = (np.round(40 * dist) if np.dtype(dtype).kind in "iu" else dist).astype(dtype)
    for way in (dist, np.asfortranarray(dist), Problem.of(dist)):
        on_card = Matrix.of(way)
        assert on_card.rounded == 0
        np.testing.assert_array_equal(np.asarray(on_card), dist)
        np.testing.assert_array_equal(on_card.by_object.copy_to_host(), on_card.fixed.copy_to_host().T)


def test_a_mapped_file_is_sent_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(matrix_module, "PIECE_BYTES", 200)
    dist = matrix("asymmetric", 9, np.random.default_rng(7)).astype(np.float32)
    np.save(tmp_path / "dist.npy", dist)
    mapped = np.load(tmp_path / "dist.npy", mmap_mode="r")
    assert len(list(matrix_module.pieces(mapped))) == 2
    np.testing.assert_array_equal(np.asarray(Matrix.of(mapped)), dist)
    dist[7, 3] = -1
    with pytest.raises(ValueError, match=r"distances\[7, 3\] is -1"):
        Matrix.of(dist)


class Elsewhere:
    """An array of another library, which offers DLPack or the CUDA array interface; its memory is numpy's."""

    def __init__(self, array, interface):
        self.array = array
        if interface:
            self.__cuda_array_interface__ = array.__array_interface__

    def __dlpack_device__(self):
        return shared_arrays.CUDA, 0

    def __dlpack__(self, *, stream):
        assert stream == shared_arrays.DEFAULT_STREAM
        return self.array.__dlpack__()


def as_cuda_array(array):
    """What the simulator lacks: read the memory that the interface describes."""
    described = array.__cuda_array_interface__
    dtype, (pointer, _) = np.dtype(described["typestr"]), described["data"]
    shape, strides = (
        described["shape"],
        described["strides"] or (dtype.itemsize * described["shape"][1], dtype.itemsize),
    )
    size = sum((length - 1) * step for length, step in zip(shape, strides, strict=True)) + dtype.itemsize
    memory = (ctypes.c_char * size).from_address(pointer)
    return type(device.cuda.to_device(np.zeros(1)))(np.ndarray(shape, dtype, memory, strides=strides))


@pytest.mark.skipif(not SIMULATED, reason="the memory of these arrays is the host's")
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, np.uint8])
@pytest.mark.parametrize("interface", [True, False])
def test_an_array_on_the_card_is_read_there(interface, dtype, monkeypatch):
    monkeypatch.setattr(device.cuda, "as_cuda_array", as_cuda_array, raising=False)
    larger = np.zeros((10, 12), dtype)
    dist = larger[1:8, 2:9]  # strides and an offset
    dist[:] = matrix("asymmetric", 7, np.random.default_rng(8))
    for given in (dist, dist.copy(), np.asfortranarray(dist)):
        np.testing.assert_array_equal(np.asarray(Matrix.of(Elsewhere(given, interface))), dist)
    dist[2, 2] = 1
    with pytest.raises(ValueError, match=r"distances\[2, 2\] is 1"):
        Matrix.of(Elsewhere(dist, interface))
    with pytest.raises(ValueError, match="must be a square matrix"):
        Matrix.of(Elsewhere(dist[1:], interface))


def test_an_array_of_a_type_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setattr(device.cuda, "as_cuda_array", as_cuda_array, raising=False)
    with pytest.raises(TypeError, match="must be float32, float64 or integers"):
        Matrix.of(Elsewhere(np.zeros((3, 3), complex), False))


@pytest.mark.parametrize("metric", METRICS)
def test_the_matrix_of_points_is_that_of_the_plain_ones_in_float32(metric):
    rng = np.random.default_rng(METRICS.index(metric))
    for x in (rng.normal(size=(10, 6)), rng.integers(1, 4, (9, 1)), rng.normal(size=(5, 9)).astype(np.float32)):
        expected = Points(x, metric).distances
        rows = [[expected[c, o] for o in range(len(x))] for c in range(len(x))]
        on_card = gpu.distances(x, metric)
        exact = np.array(rows).astype(np.float32).astype(np.float64) * on_card.scale
        np.testing.assert_array_equal(np.asarray(on_card) * on_card.scale, np.floor(exact + 0.5))
        assert on_card.rounded == (np.floor(exact) != exact).sum()
    assert_same(gpu.pam(on_card, k=2), pam(np.asarray(on_card), k=2))


@pytest.mark.filterwarnings("ignore:.*overflow encountered in cast:RuntimeWarning")  # numpy's, in the simulator
def test_bad_points_are_refused():
    with pytest.raises(ValueError, match="metric is 'mine', must be one of"):
        gpu.distances([[1.0]], "mine")
    with pytest.raises(ValueError, match=r"coordinates\[1, 0\] is nan"):
        gpu.distances([[1.0], [np.nan]])
    with pytest.raises(ValueError, match="too large for float32"):
        gpu.distances([[1e60], [0.0]])


def test_what_does_not_fit_on_the_card_is_refused_and_what_would_is_named(monkeypatch):
    dist = np.ones((60, 60)) - np.eye(60)
    on_card = Matrix.of(dist)
    for module in (matrix_module, sys.modules[Search.__module__]):
        monkeypatch.setattr(module, "free_bytes", lambda: 10_000)
    monkeypatch.setattr(matrix_module, "PIECE_BYTES", 0)
    with pytest.raises(MemoryError, match=r"GiB are free: about n = 50 objects would fit"):
        Matrix.of(dist)
    with pytest.raises(MemoryError, match="about n = 48 objects would fit"):
        gpu.distances(np.zeros((60, 10), np.uint8))
    with pytest.raises(MemoryError, match="about k = 8 medoids would fit"):
        gpu.pam(on_card, range(9))
    assert gpu.pam(on_card, range(8)).n_swaps == 0


def test_more_swaps_than_the_log_on_the_card_holds():
    points = np.random.default_rng(1).normal(size=(24, 2))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = np.argsort(points[:, 0])[:6]
    result, expected = gpu.fasterpam(dist, start), algorithms()["fasterpam"].call(dist, start)
    assert expected.n_swaps > ROOM or not SIMULATED
    assert result.swaps.tolist() == expected.swaps.tolist()


@pytest.mark.parametrize("algorithm", SWAPS)
def test_stops_after_max_passes(algorithm):
    dist, plain = matrix("general", 12, np.random.default_rng(2)), algorithms()[algorithm.same_result_as]
    on_card = Matrix.of(dist)
    for limit in (1, 2):
        assert_same(algorithm.call(on_card, [0, 1, 2], max_passes=limit), plain.call(dist, [0, 1, 2], max_passes=limit))


@pytest.mark.parametrize("start", ["build", "random", "lab"])
def test_starts_of_its_own(start):
    dist = matrix("general", 10, np.random.default_rng(3))
    assert_same(gpu.pam(dist, k=3, start=start, seed=5), pam(dist, k=3, start=start, seed=5))


@pytest.mark.parametrize("algorithm", SWAPS)
def test_a_gain_within_the_tolerance_is_no_gain(algorithm):
    assert algorithm.call(problems.within_the_tolerance(), [0, 3]).medoids.tolist() == [0, 4]


def test_rounded_entries_are_counted():
    dist = np.array([[0, 1, 2**40], [1, 0, 1], [2**40, 1, 0]])
    on_card = Matrix.of(dist)
    assert on_card.rounded == 4  # the ones
    assert gpu.pam(on_card, k=2).n_rounded == 4
    assert Matrix.of(dist % 7).rounded == 0


@pytest.mark.parametrize("largest", [1e-290, 0.3, 1.0, 1024.0, 3e9, 1e304])
def test_the_scale_uses_all_31_bits(largest):
    assert 2**30 <= largest * power_of_two(largest) < 2**31
    assert np.log2(power_of_two(largest)) % 1 == 0


def test_bad_input_is_refused_as_by_the_plain_kernels():
    with pytest.raises(ValueError, match=r"distances\[0, 1\] is nan"):
        gpu.pam(np.array([[0.0, np.nan], [1.0, 0.0]]), k=1)
    with pytest.raises(TypeError, match="neither medoids nor k"):
        gpu.fasterpam(np.zeros((2, 2)))
    with pytest.raises(ValueError, match="k is 3"):
        gpu.build(np.zeros((2, 2)), 3)
    with pytest.raises(ValueError, match="start is 'mine', must be one of"):
        gpu.pam(np.zeros((2, 2)), k=1, start="mine")


@pytest.mark.skipif(os.environ.get("NUMBA_ENABLE_CUDASIM") == "0", reason="there is a card")
def test_without_a_card_it_says_so_in_one_line():
    code = "import numpy as np; from kmedoids_bench.algorithms import gpu; gpu.pam(np.zeros((2, 2)), k=1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"NUMBA_ENABLE_CUDASIM": "0", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("NoCard: no CUDA device: use kmedoids_bench.algorithms.tuned")


@pytest.mark.skipif(not SIMULATED, reason="watches the simulator")
@pytest.mark.parametrize("k", [1, 6])
@pytest.mark.parametrize("algorithm", ALL)
def test_nothing_of_the_size_of_n_times_k_comes_back(algorithm, k, monkeypatch):
    dist = matrix("general", 20, np.random.default_rng(9))
    on_card, on_device = Matrix.of(dist), type(device.cuda.to_device(np.zeros(1)))
    sizes, copy = [], on_device.copy_to_host

    def watched(array, *arguments):
        sizes.append(array.size)
        return copy(array, *arguments)

    monkeypatch.setattr(on_device, "copy_to_host", watched)
    result = run(algorithm, on_card, np.arange(k))
    assert max(sizes) == max(20, len(LOG) * ROOM if k > 1 and algorithm.kind == "swap" else 0)  # labels, log
    assert result.labels.dtype == np.int64


@pytest.mark.parametrize("k", [GROUPED_UP_TO, GROUPED_UP_TO + 1])
def test_a_search_begins_with_the_loss_of_its_start_and_a_trade_of_every_object(k):
    dist = matrix("ties", k + 3, np.random.default_rng(4))
    on_card = Matrix.of(dist)
    start = build_medoids(on_card, k)
    state = Search(on_card, start, 9, eager=False).state.copy_to_host()
    assert state[LOSS] / on_card.scale == dist[start].min(axis=0).sum()
    assert state[N_TRADES] == k + 3
    assert gpu.pam(on_card, start).n_rounded == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fixed": np.zeros((3, 2), np.int32)}, "fixed must be a square array of int32 on the card"),
        ({"by_object": np.zeros((3, 3))}, "by_object must be a square array of int32 on the card"),
        ({"fixed": np.zeros(3, np.int32)}, "fixed must be a square array"),
        ({"scale": float("nan")}, "scale is nan, must be positive and finite"),
    ],
)
def test_a_matrix_that_is_made_by_hand_is_checked(changes, message):
    given = {"fixed": np.zeros((3, 3), np.int32), "by_object": np.zeros((3, 3), np.int32), "scale": 1.0, "rounded": 0}
    with pytest.raises(ValueError, match=message):
        Matrix(**given | changes)


@pytest.mark.skipif(SIMULATED, reason="thousands of objects need a CUDA card")
@pytest.mark.parametrize("k", [10, 100, 300])
@pytest.mark.parametrize("algorithm", SWAPS)
def test_many_blocks_and_many_swaps_on_a_card(algorithm, k):
    """Only here blocks meet each other: full tiles of trades, many of them at once, and the same result every time."""
    rng = np.random.default_rng(k)
    dist = problems.distances_between(rng.integers(0, 500, (3000, 2)))
    start = rng.choice(3000, k, replace=False)
    expected = run(algorithms("tuned").get(algorithm.name) or algorithms()[algorithm.name], dist, start)
    on_card = Matrix.of(dist)
    for _ in range(3):
        assert_same(run(algorithm, on_card, start), expected)
