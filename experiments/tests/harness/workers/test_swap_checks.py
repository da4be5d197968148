"""Checks swap by swap, on problems whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.harness.workers import own_adapter, swap_checks
from kmedoids_bench.experiments.harness.workers.swap_checks import (
    decomposition_error,
    facts_of,
    losses_of_swaps,
    replay_fasterpam,
)

RNG = np.random.default_rng(0)
POINTS = RNG.normal(size=(60, 2))
DIST = np.linalg.norm(POINTS[:, None] - POINTS[None], axis=-1)
TWICE = np.repeat(np.repeat(DIST[:30, :30], 2, axis=0), 2, axis=1)
START = np.array([0, 1, 2, 3, 4])
LINE = np.abs(np.arange(6.0)[:, None] - np.arange(6.0))


def test_losses_by_hand():
    # From 0 and 1 on a line of six: 1+2+3+4; then 4 for 0: 1+0+1+1+0+1.
    assert losses_of_swaps(LINE, np.array([0, 1]), np.array([[0, 4]])).tolist() == [10, 4]


@pytest.mark.parametrize(
    "distances",
    [
        pytest.param(DIST, id="once"),
        pytest.param(TWICE, id="twice"),
        pytest.param(DIST.astype(np.float32), id="float32", marks=pytest.mark.proof),
    ],
)
@pytest.mark.parametrize("name", ["pam", "fastpam1", "fastpam2", "fasterpam", "eagerpam", "resende_werneck"])
def test_the_kernels_are_exact(name, distances):
    record = algorithms()[name]
    found = facts_of(record, distances, START, record.call(distances, START))
    assert found["strictly_decreasing"] is True
    assert found["loss_error"] < 1e-14
    assert found["decomposition_error"] < 1e-12
    assert found.get("evaluations_after_last_swap", 55) == 55
    assert ("evaluations_after_last_swap" in found) == (name == "fasterpam")


@pytest.mark.parametrize("distances", [DIST, TWICE], ids=["once", "twice"])
def test_the_replay_makes_the_same_swaps(distances):
    result = algorithms()["fasterpam"].call(distances, START)
    swaps, at_last_swap = replay_fasterpam(distances, START)
    np.testing.assert_array_equal(swaps, result.swaps)
    assert result.n_evaluations == at_last_swap + 60 - 5


def test_a_replay_without_a_swap_has_no_evaluation_before_it():
    result = algorithms()["fasterpam"].call(DIST, START)
    swaps, at_last_swap = replay_fasterpam(DIST, result.medoids)
    assert (swaps.shape, at_last_swap) == ((0, 2), 0)


def test_a_wrong_log_is_found_out():
    record = algorithms()["fasterpam"]
    result = record.call(DIST, START)
    wrong = replace(result, losses=result.losses * 1.001)
    assert facts_of(record, DIST, START, wrong)["loss_error"] > 1e-4
    backwards = replace(
        result, swaps=np.array([[0, 40], [40, 0]]), losses=losses_of_swaps(DIST, START, [[0, 40], [40, 0]])[1:]
    )
    found = facts_of(record, DIST, START, backwards)
    assert found["strictly_decreasing"] is False
    assert found["evaluations_after_last_swap"] is None


def test_a_wrong_decomposition_is_found_out(monkeypatch):
    assert decomposition_error(DIST, START) < 1e-12
    monkeypatch.setattr(swap_checks, "removal_loss", lambda near, k: np.full(k, 0.1))
    assert decomposition_error(DIST, START) > 1e-3


@pytest.mark.parametrize("name", ["alternating", "build"])
def test_what_does_not_swap_one_at_a_time_has_no_facts(name):
    record = algorithms()[name]
    result = record.call(DIST, START) if record.kind == "swap" else record.call(DIST, 5)
    assert facts_of(record, DIST, START, result) == {}


def test_too_many_objects_or_a_single_medoid_have_no_facts(monkeypatch):
    record = algorithms()["fasterpam"]
    assert facts_of(record, DIST, START[:1], record.call(DIST, START[:1])) == {}
    monkeypatch.setattr(swap_checks, "LARGEST_N", 59)
    assert facts_of(record, DIST, START, record.call(DIST, START)) == {}


def test_the_adapter_has_them():
    problem = own_adapter.prepare(DIST)
    result = own_adapter.call("fasterpam", problem, 5, START, None, {})()
    assert own_adapter.facts("fasterpam", problem, START, result)["evaluations_after_last_swap"] == 55
