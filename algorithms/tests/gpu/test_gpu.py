"""The kernels for a card make the swaps of the plain ones: in numba's simulator, or on a card (see conftest.py)."""

import os
import subprocess
import sys

import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import build, fasterpam, gpu, pam
from kmedoids_bench.algorithms.gpu.device import SIMULATED
from kmedoids_bench.algorithms.gpu.gains import GROUPED_UP_TO
from kmedoids_bench.algorithms.gpu.matrix import Matrix, power_of_two
from kmedoids_bench.algorithms.gpu.search import ROOM, Search
from kmedoids_bench.algorithms.gpu.starts import build_medoids
from kmedoids_bench.algorithms.gpu.state import LOSS, N_TRADES
from kmedoids_bench.algorithms.gpu.swaps import GpuClustering


def matrix(kind: str, n: int, rng) -> np.ndarray:
    """Make a matrix with ties, duplicates or asymmetry; all sums of its entries are exact."""
    if kind == "ties":
        return problems.distances_between(rng.integers(0, 3, (n, 2)))
    if kind == "twice":
        return problems.distances_between(rng.integers(0, 5, ((n + 1) // 2, 1)).repeat(2, axis=0)[:n]).astype(np.int32)
    if kind == "equal":
        return np.zeros((n, n), np.float32)
    if kind == "asymmetric":
        dist = rng.integers(0, 9, (n, n))
        np.fill_diagonal(dist, 0)
        return dist
    points = rng.normal(size=(n, 2))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    return dist.astype(np.float32 if kind == "float32" else np.float64)


KINDS = ("ties", "twice", "equal", "asymmetric", "float32", "float64")
MANY = [pytest.param(seed, marks=() if seed == 0 else pytest.mark.proof) for seed in range(8)]


@pytest.mark.parametrize("seed", MANY)
@pytest.mark.parametrize("kind", KINDS)
def test_the_swaps_and_counters_are_those_of_the_plain_kernels(kind, seed):
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    n = int(rng.integers(5, 10))
    dist = matrix(kind, n, rng)
    on_card, same = Matrix.of(dist), dist.astype(np.float64)  # the plain kernels are compiled once
    for k in {1, int(rng.integers(2, n + 1))}:
        start = rng.choice(n, k, replace=False)
        for mine, plain in ((gpu.pam, pam), (gpu.fasterpam, fasterpam)):
            result, expected = mine(on_card, start), plain(same, start)
            for field in ("medoids", "swaps", "labels", "losses"):
                assert getattr(result, field).tolist() == getattr(expected, field).tolist()
            for field in ("loss", "n_swaps", "n_passes", "n_evaluations"):
                assert getattr(result, field) == getattr(expected, field)
            assert result.n_rounded == 0
        assert gpu.build(on_card, k).medoids.tolist() == build(same, k).medoids.tolist()
        assert gpu.build(on_card, k).loss == build(same, k).loss


def test_more_swaps_than_the_log_on_the_card_holds():
    points = np.random.default_rng(1).normal(size=(24, 2))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    start = np.argsort(points[:, 0])[:6]
    result, expected = gpu.fasterpam(dist, start), fasterpam(dist, start)
    assert expected.n_swaps > ROOM or not SIMULATED
    assert result.swaps.tolist() == expected.swaps.tolist()


@pytest.mark.parametrize("limit", [1, 2])
def test_a_limit_on_passes(limit):
    dist = matrix("float64", 12, np.random.default_rng(2))
    for mine, plain in ((gpu.pam, pam), (gpu.fasterpam, fasterpam)):
        result, expected = mine(dist, [0, 1, 2], max_passes=limit), plain(dist, [0, 1, 2], max_passes=limit)
        assert result.swaps.tolist() == expected.swaps.tolist()
        assert (result.n_passes, result.n_evaluations) == (expected.n_passes, expected.n_evaluations)


def test_starts_of_its_own():
    dist = matrix("float64", 10, np.random.default_rng(3))
    assert gpu.pam(dist, k=3).medoids.tolist() == pam(dist, k=3).medoids.tolist()
    assert gpu.fastpam1(dist, k=3).swaps.tolist() == pam(dist, k=3).swaps.tolist()
    assert gpu.fasterpam(dist, k=3, seed=5).swaps.tolist() == fasterpam(dist, k=3, seed=5).swaps.tolist()
    with pytest.raises(ValueError, match="must be 'build' or 'random'"):
        gpu.pam(dist, k=3, start="lab")


def test_rounded_entries_are_counted():
    dist = np.array([[0, 1, 2**40], [1, 0, 1], [2**40, 1, 0]])
    on_card = Matrix.of(dist)
    assert on_card.rounded == 4  # the ones
    assert gpu.pam(on_card, k=2).n_rounded == 4
    assert Matrix.of(dist % 7).rounded == 0


@pytest.mark.parametrize("largest", [1e-30, 0.3, 1.0, 1024.0, 3e9])
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


@pytest.mark.parametrize("k", [GROUPED_UP_TO, GROUPED_UP_TO + 1])
def test_a_search_begins_with_the_loss_of_its_start_and_a_trade_of_every_object(k):
    dist = matrix("ties", k + 3, np.random.default_rng(4))
    on_card = Matrix.of(dist)
    start = build_medoids(on_card, k)
    state = Search(on_card, start, 9, eager=False).state.copy_to_host()
    assert state[LOSS] / on_card.scale == dist[start].min(axis=0).sum()
    assert state[N_TRADES] == k + 3
    assert isinstance(gpu.pam(on_card, start), GpuClustering)


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
