from types import SimpleNamespace

import numpy as np
import pytest

from kmedoids_bench.algorithms.gpu import device
from kmedoids_bench.experiments.harness.workers import gpu_adapter, own_adapter, tuned_adapter
from kmedoids_bench.experiments.harness.workers.pool import new_worker, no_card
from kmedoids_bench.experiments.harness.workers.process import Unavailable
from kmedoids_bench.experiments.rows.keys import CARD_RATE, GPU

POINTS = np.random.default_rng(0).integers(0, 50, (9, 3)).astype(np.float32)
DISTANCES = np.abs(POINTS[:, None] - POINTS).sum(2)


@pytest.mark.parametrize("algorithm", ["build", "pam", "fasterpam"])
def test_a_call_on_the_card_answers_as_the_plain_one(algorithm):
    medoids = None if algorithm == "build" else np.arange(3)
    mine, expected = (
        adapter.read(adapter.call(algorithm, adapter.prepare(DISTANCES), 3, medoids, 1, {})())
        for adapter in (gpu_adapter, own_adapter)
    )
    assert mine["n_lookups"] is None
    for field in ("medoids", "reported_loss", "swaps_digest", "n_swaps", "n_passes"):
        assert mine[field] == expected[field]


def test_a_call_from_points_makes_the_matrix_and_chooses_its_start():
    points = gpu_adapter.prepare_points(POINTS, "manhattan")
    results = [
        gpu_adapter.call("fasterpam", problem, 3, None, 4, {}, start="random")()
        for problem in (points, gpu_adapter.prepare(DISTANCES))
    ]
    assert results[0].swaps.tolist() == results[1].swaps.tolist()
    assert results[0].loss == results[1].loss


def test_the_yardstick_adds_up_all_entries():
    matrix = gpu_adapter.prepare(DISTANCES)
    result = gpu_adapter.call("streaming", matrix, 2, np.arange(2), None, {})()
    assert result.total == DISTANCES.sum() * matrix.scale
    assert gpu_adapter.read(result) == {"medoids": [0, 1], "reported_loss": None, "n_lookups": None}


def test_the_tables_are_filled_for_the_medoids_that_are_given():
    matrix = gpu_adapter.prepare(DISTANCES)
    result = gpu_adapter.call("filling", matrix, 2, np.array([3, 5]), None, {})()
    assert result.total == DISTANCES[[3, 5]].min(axis=0).sum() * matrix.scale
    assert gpu_adapter.read(result)["medoids"] == [3, 5]


def test_a_certificate_is_that_of_the_processor(monkeypatch):
    for adapter in (gpu_adapter, tuned_adapter):
        monkeypatch.setattr(adapter, "CERTIFICATE_SECONDS", 0.0)
    mine, expected = (
        adapter.read(adapter.call("certificate", adapter.prepare(DISTANCES), 3, np.array([0, 4, 7]), None, {})())
        for adapter in (gpu_adapter, tuned_adapter)
    )
    assert mine.pop("n_lookups") is None
    assert mine["lower_bound"] == pytest.approx(expected.pop("lower_bound"), abs=1)  # a whole number
    assert mine.pop("lower_bound") > 0
    loss = DISTANCES[[0, 4, 7]].min(axis=0).sum()
    assert mine == expected == {"medoids": [0, 4, 7], "reported_loss": loss, "n_passes": 1}


def test_the_rate_of_the_card_is_that_of_its_clock(monkeypatch):
    card = {"name": b"some card", "MEMORY_CLOCK_RATE": 2_500_000, "GLOBAL_MEMORY_BUS_WIDTH": 5_120}
    monkeypatch.setattr(device.cuda, "get_current_device", lambda: SimpleNamespace(**card), raising=False)
    found = gpu_adapter.versions()
    assert (found["card"], found[CARD_RATE]) == ("some card", "3200")
    del card["MEMORY_CLOCK_RATE"]  # a driver that does not tell
    assert CARD_RATE not in gpu_adapter.versions()


@pytest.mark.skipif(not device.SIMULATED, reason="there may be a card")
def test_nothing_is_measured_without_a_card(tmp_path, monkeypatch):
    with pytest.raises(Unavailable, match="a simulator is no CUDA device"):
        new_worker(GPU, tmp_path / "log")
    monkeypatch.setattr(device, "SIMULATED", False)
    monkeypatch.setattr(device.cuda, "is_available", lambda: False)
    assert no_card() == "no CUDA device"
    monkeypatch.setattr(device.cuda, "is_available", lambda: True)
    assert no_card() == ""
