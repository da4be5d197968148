import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import kmedoids_bench.algorithms.references as package
from kmedoids_bench.algorithms.references.reference import references, titles
from kmedoids_bench.experiments.audit.subject import implementations
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Data, Start
from kmedoids_bench.experiments.harness.source import source_of
from kmedoids_bench.experiments.harness.workers import environments, pool, process
from kmedoids_bench.experiments.harness.workers.placement import ANYWHERE, Place
from kmedoids_bench.experiments.harness.workers.pool import Workers, check_capability
from kmedoids_bench.experiments.harness.workers.process import Failure, Limits, Unavailable

OURS = Contender(implementation="kmedoids_bench", algorithm="fasterpam", order="C", tier="plain")
THEIRS = Contender(implementation="kmedoids_055", algorithm="fasterpam", order="F", tier="library")


def test_a_worker_stays_until_it_is_closed_and_holds_one_matrix(tmp_path):
    for name in ("a", "b"):
        np.save(tmp_path / f"{name}.npy", np.ones((9, 9)) - np.eye(9))
    workers = Workers(tmp_path, 2**33)
    first = workers.ready(OURS, Data(tmp_path / "a.npy"))
    pid = first.hello["pid"]
    assert workers.ready(OURS, Data(tmp_path / "b.npy")).hello["pid"] == pid
    first.close()
    assert workers.ready(OURS, Data(tmp_path / "b.npy")).hello["pid"] != pid
    workers.close()
    assert not first.running


def test_one_process_at_a_time_has_the_card(tmp_path, monkeypatch):
    np.save(tmp_path / "matrix.npy", np.ones((9, 9)) - np.eye(9))
    np.save(tmp_path / "points.npy", np.ones((9, 2)))
    real = pool.new_worker  # there is no card: a worker of the plain kernels stands for one
    monkeypatch.setattr(pool, "new_worker", lambda implementation, *more: real("kmedoids_bench", *more))
    workers = Workers(tmp_path, 2**33)
    plain = workers.ready(OURS, Data(tmp_path / "matrix.npy"))
    matrix = workers.ready(replace(OURS, implementation="kmedoids_bench_gpu"), Data(tmp_path / "matrix.npy"))
    points = replace(OURS, implementation="kmedoids_bench_gpu", order="points")
    ready = workers.ready(points, Data(None, tmp_path / "points.npy", "euclidean"))
    assert (plain.running, matrix.running, ready.running) == (True, False, True)
    workers.close()


def test_an_environment_that_cannot_be_had_is_a_failure_with_advice(tmp_path, monkeypatch):
    def refuse(lock):
        raise Unavailable("no network", "connect")

    monkeypatch.setattr(environments, "ensure", refuse)
    with pytest.raises(Failure, match="unavailable: no network") as failure:
        Workers(tmp_path, 2**33).ready(THEIRS, Data(tmp_path / "a.npy"))
    assert failure.value.advice == "connect"


def test_sources_tell_contenders_apart():
    assert source_of(OURS) != source_of(THEIRS)


@pytest.mark.parametrize(
    ("library", "dtype", "n", "message"),
    [
        ("banditpam", "float64", 10, "would round float64"),
        ("cluster", "float32", 70_000, "at most 65,536 objects"),
        ("kmedoids_055", "float64", 70_000, None),
        ("kmedoids_bench", "int64", 70_000, None),
    ],
)
def test_what_a_library_cannot_take_is_skipped_with_the_reason(library, dtype, n, message):
    start = Start(name="random", seed=0, medoids=(0,))
    cell = Cell(dataset="d", n=n, k=1, dtype=dtype, metric="m", matrix_sha256="s", start=start)
    contender = Contender(implementation=library, algorithm="pam", order="C", tier="library")
    if message is None:
        check_capability(contender, cell)
    else:
        with pytest.raises(Failure, match=message) as failure:
            check_capability(contender, cell)
        assert failure.value.status == "skipped"


def test_more_threads_than_the_scheduler_allows_are_skipped_with_the_reason(monkeypatch):
    monkeypatch.setattr(pool, "allowed", lambda: {4, 5})
    start = Start(name="random", seed=0, medoids=(0,))
    cell = Cell(dataset="d", n=10, k=1, dtype="float32", metric="m", matrix_sha256="s", start=start)
    check_capability(replace(OURS, threads=2), cell)
    with pytest.raises(Failure, match="4 threads, but 2 processors are allowed here") as failure:
        check_capability(replace(OURS, threads=4), cell)
    assert failure.value.status == "skipped"


def test_objects_that_are_no_points_are_no_task_for_who_takes_points(tmp_path):
    takes_points = Contender(implementation="kmedoids_bench", algorithm="clarans", order="points", tier="plain")
    workers = Workers(tmp_path, 2**33)
    with pytest.raises(Failure, match="takes points only"):
        workers.ready(takes_points, Data(tmp_path / "a.npy"))
    np.save(tmp_path / "points.npy", np.random.default_rng(0).normal(size=(30, 2)))
    with pytest.raises(Failure, match="it takes a matrix, and there is none of so many objects"):
        workers.ready(replace(takes_points, order="C"), Data(None, tmp_path / "points.npy", "euclidean"))
    ready = workers.ready(takes_points, Data(None, tmp_path / "points.npy", "euclidean"))
    request = {"op": "run", "algorithm": "clarans", "k": 2, "seed": 0}
    assert len(ready.ask(request, Limits(60, 2**33))["medoids"]) == 2
    workers.close()


def test_a_large_matrix_has_more_time_to_be_loaded(tmp_path, monkeypatch):
    np.save(tmp_path / "a.npy", np.ones((9, 9)) - np.eye(9))
    size, ask, given = (tmp_path / "a.npy").stat().st_size, process.WorkerProcess.ask, []

    def watched(worker, request, limits):
        given.append(limits.seconds)
        return ask(worker, request, limits)

    monkeypatch.setattr(process.WorkerProcess, "ask", watched)
    monkeypatch.setattr(pool, "LOADED_BYTES", size / 7)
    workers = Workers(tmp_path, 2**33)
    workers.ready(OURS, Data(tmp_path / "a.npy"))
    workers.close()
    assert given == [process.START_SECONDS, process.START_SECONDS + 7]


def test_more_threads_are_a_process_of_their_own(tmp_path):
    np.save(tmp_path / "a.npy", np.ones((9, 9)) - np.eye(9))
    workers = Workers(tmp_path, 2**33)
    one, two = (workers.ready(replace(OURS, threads=count), Data(tmp_path / "a.npy")) for count in (1, 2))
    assert one.hello["pid"] != two.hello["pid"]
    assert [worker.environment["RAYON_NUM_THREADS"] for worker in (one, two)] == ["1", "2"]
    assert [worker.environment["NUMBA_NUM_THREADS"] for worker in (one, two)] == ["1", "2"]
    assert one.log != two.log
    workers.close()


def test_only_who_measures_binds_workers(tmp_path, monkeypatch):
    np.save(tmp_path / "a.npy", np.ones((9, 9)) - np.eye(9))
    may = os.sched_getaffinity(0)
    place = Place((max(may),), 0)
    monkeypatch.setattr(pool, "place_for", lambda threads: place)
    for bound, expected, processors in ((False, ANYWHERE, may), (True, place, {max(may)})):
        workers = Workers(tmp_path, 2**33, bound)
        worker = workers.ready(OURS, Data(tmp_path / "a.npy"))
        assert worker.place == expected
        assert os.sched_getaffinity(worker.hello["pid"]) == processors
        workers.close()


RECORD = """
from kmedoids_bench.algorithms.references.reference import Offer, Reference

REFERENCES = (
    Reference(
        name="newlib", title="newlib 1.0", language="Python", licence="MIT", homepage="", orders=("C",),
        algorithms={"firstk": Offer(title="First k", phase="total")},
    ),
)
"""
ADAPTER = """
def versions():
    return {"newlib": "1.0"}

def prepare(matrix):
    return matrix

def call(algorithm, prepared, k, medoids, seed, parameters):
    return lambda: list(range(k))

def read(result):
    return {"medoids": result}
"""


def test_a_new_folder_is_all_that_a_library_takes(tmp_path, monkeypatch):
    """Its record is found, it is offered to studies and audit, and a worker runs its adapter."""
    folder = tmp_path / "newlib"
    folder.mkdir()
    (folder / "__init__.py").write_text(RECORD)
    (folder / "adapter.py").write_text(ADAPTER)
    monkeypatch.setattr(environments, "ensure", lambda lock: Path(sys.executable))
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    references.cache_clear()
    try:
        (folder / "requirements.txt").write_text("newlib==1.0 --hash=sha256:0\n")
        np.save(tmp_path / "a.npy", np.ones((9, 9)) - np.eye(9))
        newlib = Contender(implementation="newlib", algorithm="firstk", order="C", tier="library")
        workers = Workers(tmp_path, 2**33)
        answer = workers.ready(newlib, Data(tmp_path / "a.npy")).ask(
            {"op": "run", "algorithm": "firstk", "k": 3, "medoids": [4, 5, 6]}, Limits(60, 2**33)
        )
        workers.close()
        assert answer["medoids"] == [0, 1, 2]
        assert len(source_of(newlib)) == 16
        assert "newlib" in implementations()
        assert titles()["firstk"] == "First k"
    finally:
        references.cache_clear()
