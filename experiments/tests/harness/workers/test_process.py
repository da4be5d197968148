import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from kmedoids_bench.experiments.harness.workers import process
from kmedoids_bench.experiments.harness.workers.process import Disturbed, Failure, Limits, WorkerProcess, python_worker

ADAPTER = Path(__file__).with_name("broken_adapter.py")
GENEROUS = Limits(30.0, 2**33)


@pytest.fixture(scope="module")
def matrix(tmp_path_factory):
    path = tmp_path_factory.mktemp("matrix") / "matrix.npy"
    np.save(path, np.ones((20, 20)) - np.eye(20))
    return path


@pytest.fixture(scope="module")
def worker(matrix):
    worker = WorkerProcess(python_worker(ADAPTER), matrix.with_name("worker.log"))
    yield worker
    worker.close()


def run(worker, matrix, algorithm, limits=GENEROUS, **more):
    if not worker.running:
        worker.ask({"op": "matrix", "path": str(matrix), "order": "C"}, GENEROUS)
    return worker.ask({"op": "run", "algorithm": algorithm, "k": 3, "medoids": [0, 1, 2], **more}, limits)


def test_a_good_answer(worker, matrix):
    answer = run(worker, matrix, "good")
    assert answer["medoids"] == [0, 1, 2]
    assert answer["seconds"] > 0
    assert worker.hello["versions"] == {"broken": "1"}


def test_what_a_library_prints_does_not_disturb(worker, matrix):
    assert run(worker, matrix, "good_after_noise")["medoids"] == [0, 1, 2]
    assert b"a library that prints" in worker.log.read_bytes()


@pytest.mark.parametrize(
    ("algorithm", "limits", "status", "reason"),
    [
        ("segmentation_fault", GENEROUS, "crash", "the worker was killed by SIGSEGV"),
        ("exits", GENEROUS, "crash", "the worker exited with status 3"),
        ("hangs", Limits(0.3, 2**33), "timeout", "cut after 0.3 s"),
        ("hungry", Limits(30.0, 2**28), "memory", "the limit is 0.25 GiB"),
        ("forges_an_answer", GENEROUS, "error", "the worker wrote to its pipe what is not an answer: .*seconds"),
        ("raises", GENEROUS, "error", "ArithmeticError: no luck"),
        ("missing", GENEROUS, "error", "KeyError: 'missing'"),
    ],
)
def test_every_failure_has_a_status_and_the_next_request_is_answered(worker, matrix, algorithm, limits, status, reason):
    with pytest.raises(Failure, match=reason) as failure:
        run(worker, matrix, algorithm, limits)
    assert failure.value.status == status
    if algorithm == "exits":
        assert "leaving" in failure.value.advice
    assert run(worker, matrix, "good")["medoids"] == [0, 1, 2]


def test_only_what_a_library_said_of_this_call_is_shown(worker, matrix):
    with pytest.raises(Failure) as failure:
        run(worker, matrix, "exits")
    with pytest.raises(Failure) as later:
        run(worker, matrix, "segmentation_fault")
    assert "leaving" in failure.value.advice
    assert later.value.advice == "the end of its output: nothing"


def test_a_process_that_cannot_say_what_it_is_does_not_run_on(tmp_path):
    adapter = tmp_path / "adapter.py"
    adapter.write_text("def versions():\n    raise OSError('no Java')\n")
    worker = WorkerProcess(python_worker(adapter), tmp_path / "worker.log")
    for _ in range(2):
        with pytest.raises(Failure, match="no Java"):
            worker.start()
        assert not worker.running


def test_a_worker_that_closes_its_pipe_and_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "ENDING_SECONDS", 0.2)
    script = tmp_path / "hangs.py"
    script.write_text("import os, time\nos.close(1)\ntime.sleep(60)\n")
    with pytest.raises(Disturbed, match="SIGKILL"):
        WorkerProcess([sys.executable, str(script)], tmp_path / "worker.log").start()


def test_a_worker_that_somebody_kills_is_told_from_one_that_crashes(worker, matrix):
    run(worker, matrix, "good")
    threading.Timer(0.2, os.kill, (worker.process.pid, signal.SIGKILL)).start()
    with pytest.raises(Disturbed, match="crash: the worker was killed by SIGKILL"):
        run(worker, matrix, "hangs")
    with pytest.raises(Failure, match="SIGSEGV") as failure:
        run(worker, matrix, "segmentation_fault")
    assert not isinstance(failure.value, Disturbed)


def nap(worker, seconds):
    """Stop a worker in the middle of its call, and let it go on after a while."""
    threading.Timer(0.1, os.kill, (worker.process.pid, signal.SIGSTOP)).start()
    threading.Timer(0.1 + seconds, os.kill, (worker.process.pid, signal.SIGCONT)).start()


def test_a_worker_that_is_stopped_during_a_call_is_noticed(worker, matrix):
    run(worker, matrix, "good")
    assert not worker.stopped
    nap(worker, 0.4)
    assert run(worker, matrix, "sleeps")["medoids"] == [0, 1, 2]
    assert worker.stopped
    run(worker, matrix, "good")
    assert not worker.stopped
    threading.Timer(0.1, os.kill, (worker.process.pid, signal.SIGSTOP)).start()
    with pytest.raises(Disturbed, match=r"cut after 0\.5 s"):
        run(worker, matrix, "sleeps", Limits(0.5, 2**33))


def test_an_answer_that_came_while_the_driver_was_stopped_is_taken_and_the_stop_noticed(worker, matrix, monkeypatch):
    run(worker, matrix, "good")
    real = select.select

    def stopped_meanwhile(*arguments):
        time.sleep(0.5)
        return real(*arguments)

    monkeypatch.setattr(process, "STOPPED_SECONDS", 0.4)
    monkeypatch.setattr(process.select, "select", stopped_meanwhile)
    assert run(worker, matrix, "sleeps", Limits(0.4, 2**33))["medoids"] == [0, 1, 2]
    assert worker.stopped


@pytest.mark.parametrize("seconds", [-1.0, 1000.0])
def test_a_time_that_cannot_be_is_noticed(tmp_path, seconds):
    answer = f"json.loads(input()) | {{'seconds': {seconds}}}"  # with the token of the request
    program = f"import json; print(json.dumps({answer}), flush=True)"
    worker = WorkerProcess([sys.executable, "-c", program], tmp_path / "log")
    worker.start()
    assert worker.stopped
    worker.close()


def test_calls_whose_median_is_above_their_mean_were_not_stopped(worker, matrix):
    answer = run(worker, matrix, "at_once_the_first_time", loops=3)
    assert 3 * answer["seconds"] > answer["all_seconds"] + 0.02
    assert not worker.stopped


def test_numbers_of_numpy_are_an_answer(worker, matrix):
    assert run(worker, matrix, "numbers_of_numpy")["medoids"] == [0, 1, 2]


def test_what_a_library_writes_into_the_matrix_never_reaches_the_file(worker, matrix):
    before = matrix.read_bytes()
    run(worker, matrix, "writes_into_the_matrix")
    assert matrix.read_bytes() == before
    worker.close()


FORGED = """print('{"pid": 1, "versions": {}}', flush=True)"""


@pytest.mark.parametrize("garbage", ["print('hello', flush=True)", "print('[1]', flush=True)", FORGED])
def test_garbage_on_the_pipe(tmp_path, garbage):
    worker = WorkerProcess([sys.executable, "-c", f"import time; {garbage}; time.sleep(60)"], tmp_path / "log")
    with pytest.raises(Failure, match="what is not an answer") as failure:
        worker.ask({"op": "hello"}, GENEROUS)
    assert failure.value.status == "error"
    assert not worker.running


def test_a_line_without_an_end_runs_into_the_time_limit(tmp_path):
    program = "import sys, time; sys.stdout.write('{'); sys.stdout.flush(); time.sleep(60)"
    worker = WorkerProcess([sys.executable, "-c", program], tmp_path / "log")
    worker.process = subprocess.Popen(
        worker.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    with pytest.raises(Failure, match=r"cut after 0\.5 s"):
        worker.ask({"op": "hello"}, Limits(0.5, 2**33))


def test_a_program_that_is_no_worker(tmp_path):
    worker = WorkerProcess([sys.executable, "-c", "raise SystemExit('wrong python')"], tmp_path / "log")
    with pytest.raises(Failure, match="crash") as failure:
        worker.start()
    assert "wrong python" in failure.value.advice


DRIVER = """
import sys
from pathlib import Path
from kmedoids_bench.experiments.harness.workers.process import Limits, WorkerProcess, python_worker
adapter, matrix, log = map(Path, sys.argv[1:])
worker = WorkerProcess(python_worker(adapter), log)
worker.ask({"op": "matrix", "path": str(matrix), "order": "C"}, Limits(30, 2**33))
print(worker.process.pid, flush=True)
worker.ask({"op": "run", "algorithm": "hangs", "k": 3}, Limits(60, 2**33))
"""


def test_a_worker_dies_with_its_driver_in_the_middle_of_a_call(tmp_path, matrix):
    command = [sys.executable, "-c", DRIVER, str(ADAPTER), str(matrix), str(tmp_path / "log")]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert driver.stdout is not None
    worker = int(driver.stdout.readline())
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    driver.stdout.close()
    deadline = time.monotonic() + 10
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)
