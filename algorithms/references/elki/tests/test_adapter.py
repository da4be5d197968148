"""ELKI through a real worker, against our own algorithms; and what can be tested without ELKI."""

import importlib.util
import os
import shutil

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import Disturbed, Failure, Limits, WorkerProcess, python_worker

ELKI = references()["elki"]
SWAPS = [name for name in ELKI.algorithms if name != "build"]
needs_java = pytest.mark.skipif(shutil.which("javac") is None, reason=f"needs a JDK: {runtimes.DEBIAN_JAVA}")


@pytest.fixture(scope="module")
def adapter():
    spec = importlib.util.spec_from_file_location("elki_adapter", ELKI.adapter)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def elki(library):
    """Return ELKI behind a worker; without ELKI the test is skipped, and the reason says how to name it."""
    return library("elki")


def random_start(n, k, seed=0):
    return np.random.default_rng([seed, k]).choice(n, k, replace=False)


def test_without_a_class_path_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("KMEDOIDS_BENCH_ELKI", raising=False)
    with pytest.raises(runtimes.Unavailable, match="KMEDOIDS_BENCH_ELKI is not set") as unavailable:
        runtimes.command(ELKI)
    assert unavailable.value.advice == "export KMEDOIDS_BENCH_ELKI=/path/to/elki-bundle-0.8.0.jar"
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", f"{tmp_path}:{tmp_path}/*:{tmp_path / 'missing.jar'}")
    with pytest.raises(runtimes.Unavailable, match=r"does not exist: .*missing\.jar"):
        runtimes.command(ELKI)


def test_without_a_jdk_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(runtimes.Unavailable, match="there is no Java with a compiler") as unavailable:
        runtimes.command(ELKI)
    assert "apt install" in unavailable.value.advice


def test_rows_are_measured_again_after_an_edit_of_the_java_program():
    assert ELKI.folder / "Elki.java" in runtimes.determinants(ELKI)[0]


def test_times_are_those_of_java_and_medians_of_all_calls(adapter):
    answers = [["1", "0.5", "4", "2", "3", "-", "7.5", "9", "2"], ["3", "1.5", "8", "6", "3", "-", "7.5", "9", "2"]]
    held_up = ["2", "1", "60", "60", "3", "-", "7.5", "9", "2"]
    swaps = adapter.read((answers, False))
    assert (swaps["seconds"], swaps["processor_seconds"]) == (6, 4)
    assert (swaps["medoids"], swaps["reported_loss"], swaps["n_passes"], swaps["n_swaps"]) == ([9, 2], 7.5, 3, None)
    assert swaps["all_seconds"] == 12
    whole = adapter.read((answers, True))
    assert (whole["seconds"], whole["processor_seconds"], whole["all_seconds"]) == (8, 5, 16)
    assert adapter.read(([*answers, held_up], False))["seconds"] == 8


def test_what_it_does_not_have_is_refused(adapter):
    with pytest.raises(ValueError, match="pam has no parameter samples"):
        adapter.call("pam", None, 2, [0, 1], None, {"samples": 3})
    with pytest.raises(ValueError, match="has no start 'lab'"):
        adapter.call("pam", None, 2, None, None, {}, start="lab")


@needs_java
def test_without_elki_on_the_class_path_the_worker_ends_with_the_reason(monkeypatch, tmp_path, distances):
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", str(tmp_path))
    worker = WorkerProcess(python_worker(ELKI.adapter), tmp_path / "worker.log")
    limits = Limits(60, 2**33)
    np.save(tmp_path / "data.npy", distances)
    worker.ask({"op": "matrix", "path": str(tmp_path / "data.npy"), "order": "C"}, limits)
    assert worker.hello["versions"]["elki"] == tmp_path.name
    with pytest.raises(Failure, match=r"(?s)crash: .*Java has ended with status 1\. Does KMEDOIDS_BENCH_ELKI name all"):
        worker.ask({"op": "run", "algorithm": "pam", "k": 2, "medoids": [0, 1]}, limits)
    assert "package elki.clustering.kmedoids does not exist" in (tmp_path / "worker.log").read_text()


def test_if_java_is_killed_the_worker_dies_in_the_same_way(monkeypatch, tmp_path, distances):
    java = tmp_path / "java"
    java.write_text('#!/bin/sh\ntest "$1" != -version || { echo "java 1" >&2; exit; }\nread line\nkill -9 $$\n')
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", str(tmp_path))
    worker = WorkerProcess(python_worker(ELKI.adapter), tmp_path / "worker.log")
    limits = Limits(60, 2**33)
    np.save(tmp_path / "data.npy", distances)
    worker.ask({"op": "matrix", "path": str(tmp_path / "data.npy"), "order": "C"}, limits)
    with pytest.raises(Disturbed):
        worker.ask({"op": "run", "algorithm": "pam", "k": 2, "medoids": [0, 1]}, limits)


@pytest.mark.parametrize("dtype", ELKI.dtypes)
@pytest.mark.parametrize("algorithm", SWAPS)
def test_it_makes_the_swaps_of_ours_from_the_same_start(elki, distances, algorithm, dtype):
    matrix = (1000 * distances).astype(dtype)
    elki.load(matrix)
    for k in (2, 3, 10):
        start = random_start(len(matrix), k)
        ours, theirs = algorithms()[algorithm].call(matrix, start), elki.run(algorithm, k, start)
        assert theirs["medoids"] == ours.medoids.tolist()
        assert theirs["n_passes"] == ours.n_passes
        assert theirs["n_swaps"] == (None if algorithm in ("alternating", "fastpam2") else ours.n_swaps)
        assert theirs["reported_loss"] == pytest.approx(ours.loss, rel=1e-9)
        assert elki.check(theirs, matrix, k).local_optimum >= ELKI.algorithms[algorithm].local_optimum
        assert 0 < theirs["processor_seconds"] < 1


@pytest.mark.parametrize("algorithm", SWAPS)
def test_build_within_the_call_is_build_before_it_and_its_time_counts(elki, distances, algorithm):
    elki.load(distances)
    start = elki.run("build", 6)
    assert start["medoids"] == algorithms()["build"].call(distances, 6).medoids.tolist()
    assert start["seconds"] > 0
    assert elki.run(algorithm, 6, start["medoids"])["medoids"] == elki.run(algorithm, 6, start="build")["medoids"]


def test_with_one_medoid_some_return_the_start(elki, distances):
    elki.load(distances)
    best = [int(distances.sum(axis=0).argmin())]
    finished = {name: elki.run(name, 1, [0])["medoids"] == best for name in SWAPS}
    assert {name for name, done in finished.items() if not done} == {"reynolds", "fastpam1", "fastpam2", "fasterpam"}


def test_each_of_several_calls_begins_at_the_start(elki, distances):
    elki.load(distances)
    once = elki.run("fasterpam", 4, [0, 1, 2, 3])
    assert elki.run("fasterpam", 4, [0, 1, 2, 3], loops=5)["medoids"] == once["medoids"]
    assert len(elki.run("fasterpam", 9, range(9), tiny=True)["medoids"]) == 2


def test_another_matrix_replaces_the_first(elki, distances, packed):
    elki.load(distances)
    elki.run("pam", 2, [0, 1])
    elki.load(packed)
    assert elki.check(elki.run("pam", 2, [0, 1]), packed, 2).loss == 4


def test_an_exception_in_java_is_an_error_that_says_why(elki, distances):
    elki.load(distances)
    with pytest.raises(Failure, match="error: .*no such algorithm: clara"):
        elki.run("clara", 2, [0, 1])
    assert len(elki.run("pam", 2, [0, 1])["medoids"]) == 2
