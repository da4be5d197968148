"""worker.R speaks the protocol of worker.py: a real R behind a real pipe."""

import json
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import Failure, Limits, WorkerProcess

ADAPTER = Path(__file__).with_name("odd_adapter.R")
GENEROUS = Limits(60.0, 2**33)


try:
    COMMAND, WHY_NOT = runtimes.r_worker("cluster", ADAPTER), ""
except runtimes.Unavailable as error:
    COMMAND, WHY_NOT = [], str(error)
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=f"needs R: {WHY_NOT}")


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    worker = WorkerProcess(COMMAND, tmp_path_factory.mktemp("odd") / "worker.log")
    yield worker
    worker.close()


@pytest.fixture
def load(worker, tmp_path):
    def load(matrix, op="matrix", **fields):
        path = tmp_path / "mätrix.npy"
        if not isinstance(matrix, bytes):
            np.save(path, matrix)
        else:
            path.write_bytes(matrix)
        fields = fields or ({"order": "dist"} if op == "matrix" else {"metric": "euclidean"})
        return worker.ask({"op": op, "path": str(path), **fields}, GENEROUS)

    return load


def run(worker, algorithm, limits=GENEROUS, **fields):
    return worker.ask({"op": "run", "algorithm": algorithm, "k": 2, "medoids": [1, 3], **fields}, limits)


def symmetric(n, dtype, seed=0):
    matrix = np.random.default_rng(seed).uniform(0, 1000, (n, n)).astype(dtype)
    matrix = np.triu(matrix, 1)
    return matrix + matrix.T


def packed(matrix):
    """Lower triangle by columns, as R counts."""
    return matrix.T[np.triu_indices(len(matrix), 1)].astype(np.float64)


def test_hello(worker):
    worker.start()
    assert worker.hello == {"pid": worker.process.pid, "versions": {"odd": "1"}}


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int64", ">f4", ">f8", ">i4", ">i8"])
@pytest.mark.parametrize("n", [1, 2, 3, 40])
def test_a_matrix_of_any_dtype_arrives_as_it_is(worker, load, dtype, n):
    matrix = symmetric(n, dtype)
    assert load(matrix) == {"n": n}
    answer = run(worker, "sees")
    assert answer["numbers"] == packed(matrix).tolist()


@pytest.mark.proof
def test_a_matrix_larger_than_a_block_arrives_as_it_is(worker, load):
    matrix = symmetric(2500, "float32", seed=1)
    load(matrix)
    assert run(worker, "sees")["numbers"] == packed(matrix).tolist()


def test_of_an_asymmetric_matrix_the_lower_triangle_counts(worker, load):
    matrix = np.arange(16.0).reshape(4, 4)
    load(matrix)
    assert run(worker, "sees")["numbers"] == packed(matrix).tolist() == [4, 8, 12, 9, 13, 14]


def test_nan_and_infinity_survive(worker, load):
    for dtype in ("float32", "float64"):
        matrix = symmetric(4, dtype)
        matrix[2, 0], matrix[3, 1], matrix[3, 2] = np.nan, np.inf, -np.inf
        load(matrix)
        answer = run(worker, "sees")["numbers"]
        np.testing.assert_array_equal(answer, packed(matrix))
        assert run(worker, "good", details=True)["untouched"] is True


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_the_largest_and_smallest_integers_survive(worker, load, dtype):
    limit = 2**31 if dtype == "int32" else 2**53
    matrix = np.array([[0, 0, 0], [-limit, 0, 0], [limit - 1, -1, 0]], dtype)
    load(matrix)
    assert run(worker, "sees")["numbers"] == [-limit, limit - 1, -1]


def test_points_arrive_as_they_are_in_either_order(worker, load):
    points = np.random.default_rng(0).normal(size=(9, 3)).astype("float32")
    for array in (points, np.asfortranarray(points), points[:1], points[:, :1]):
        assert load(array, op="points") == {"n": len(array)}
        assert run(worker, "sees")["numbers"] == array.T.ravel().astype(float).tolist()


def test_the_second_version_of_the_format(worker, load):
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }".ljust(117) + b"\n"
    load(b"\x93NUMPY\x02\x00" + struct.pack("<I", len(header)) + header + struct.pack("<4d", 0, 7, 7, 0))
    assert run(worker, "sees")["numbers"] == [7]


def bytes_of(array):
    return b"".join([b"\x93NUMPY\x01\x00v\x00", str(array).ljust(117).encode(), b"\n"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"nonsense", "not a .npy file"),
        (b"", "not a .npy file"),
        (bytes_of({"descr": "<f8", "fortran_order": False, "shape": (2, 2)}), "ends too early"),
        (bytes_of({"descr": "<c16", "fortran_order": False, "shape": (2, 2)}), "numbers of type c16"),
        (bytes_of({"descr": "<f8", "fortran_order": False}), "'shape'.* in the header"),
        (np.ones((2, 3)), "must be square, it has shape 2 x 3"),
        (np.ones(4), "must be square"),
    ],
)
def test_a_file_that_is_no_matrix_is_an_error_that_says_why(load, content, reason):
    with pytest.raises(Failure, match=reason) as failure:
        load(content)
    assert failure.value.status == "error"


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"op": "nonsense"}, "no such request: nonsense"),
        ({"op": "matrix", "path": "/nowhere.npy", "order": "dist"}, "there is no file /nowhere.npy"),
        ({"op": "matrix", "path": "/nowhere.npy", "order": "C"}, 'not "C"'),
        ({"op": "run", "algorithm": "good", "k": 1, "colour": "red"}, "unused argument"),
        ({"op": "run", "algorithm": "nonsense", "k": 1}, "no such algorithm"),
    ],
)
def test_a_request_that_cannot_be_served_is_an_error(worker, load, request_, reason):
    load(symmetric(5, "float64"))
    with pytest.raises(Failure, match=reason) as failure:
        worker.ask(request_, GENEROUS)
    assert failure.value.status == "error"
    assert worker.running


def test_a_run_before_there_are_data_is_an_error(worker):
    worker.close()
    with pytest.raises(Failure, match="no data yet"):
        run(worker, "good")


def test_the_answer_has_all_that_worker_py_answers(worker, load):
    load(symmetric(5, "float64"))
    answer = run(worker, "good")
    assert set(answer) == {"seconds", "processor_seconds", "all_seconds", "memory", "medoids"}
    assert answer["medoids"] == [1, 3]
    details = run(worker, "good", details=True)
    assert set(details) == {*answer, "labels", "untouched"}
    assert details["labels"] == [0]
    assert details["untouched"] is True
    assert run(worker, "good", medoids=[3])["medoids"] == [3]


def test_numbers_keep_all_their_digits(worker, load):
    load(symmetric(5, "float64"))
    answer = run(worker, "sends")
    np.testing.assert_array_equal(answer["numbers"], [np.nan, np.inf, -np.inf, 0.1, 1e-300, 123456789])
    assert answer["one"] == 1 / 3
    assert answer["nothing"] is None
    assert answer["medoids"] == [0]


def test_what_is_asked_reaches_the_adapter(worker, load):
    load(symmetric(5, "float64"))
    asked = run(worker, "repeats", seed=7, parameters={"samples": 3, "name": "x"}, start="build")["asked"]
    assert asked == {"seed": 7, "parameters": {"samples": 3, "name": "x"}, "start": "build"}
    asked = run(worker, "repeats", seed=None, parameters={})["asked"]
    assert asked["seed"] is None
    assert asked["start"] is None
    assert not asked["parameters"]


def test_loops_are_timed_together_and_seconds_are_those_of_one(worker, load):
    load(symmetric(5, "float64"))
    before = run(worker, "counts")["calls"]
    began = time.perf_counter()
    answer = run(worker, "counts", loops=10)
    assert answer["calls"] == before + 10
    assert 0.01 <= answer["seconds"] <= (time.perf_counter() - began) / 10
    assert 0 <= answer["processor_seconds"] < answer["seconds"]


def test_the_tiny_problem_has_two_medoids_at_most(worker, load):
    load(symmetric(20, "float32"))
    tiny = run(worker, "sees", tiny=True)["numbers"]
    where = np.arange(8)
    assert tiny == packed(abs(where[:, None] - where)).tolist()
    assert run(worker, "good", tiny=True, k=5, medoids=[9, 8, 7, 6, 5])["medoids"] == [0, 1]
    assert run(worker, "good", tiny=True, k=1, medoids=[9])["medoids"] == [0]
    load(np.ones((20, 2)), op="points")
    assert len(run(worker, "sees", tiny=True)["numbers"]) == 16


def test_memory_is_the_peak_of_the_call(worker, load):
    load(symmetric(5, "float64"))
    assert run(worker, "good")["memory"] < 2**24
    assert 2**26 <= run(worker, "hungry")["memory"] < 2**28


def test_what_a_library_writes_stays_in_its_own_copy(worker, load):
    load(symmetric(5, "float64"))
    assert run(worker, "writes", details=True)["untouched"] is True


def test_no_garbage_is_collected_within_a_call(worker, load):
    load(symmetric(40, "float32"))
    assert run(worker, "litters")["collected"] == 0


def test_what_r_and_its_children_print_does_not_disturb(worker, load):
    load(symmetric(5, "float64"))
    assert run(worker, "prints")["medoids"] == [1, 3]
    said = worker.log.read_text()
    for text in ("a library that prints", "and prints", "says", "warns", "writes to the descriptor"):
        assert text in said


@pytest.mark.parametrize(
    ("algorithm", "limits", "status", "reason"),
    [
        ("raises", GENEROUS, "error", 'no "luck":\n.*ber'),
        ("kills", GENEROUS, "crash", "the worker was killed by SIGKILL"),
        ("quits", GENEROUS, "crash", "the worker exited with status 3"),
        ("hangs", Limits(0.3, 2**33), "timeout", "cut after 0.3 s"),
    ],
)
def test_every_failure_has_a_status_and_the_next_request_is_answered(worker, load, algorithm, limits, status, reason):
    load(symmetric(5, "float64"))
    with pytest.raises(Failure, match=reason) as failure:
        run(worker, algorithm, limits)
    assert failure.value.status == status
    load(symmetric(5, "float64"))
    assert run(worker, "good")["medoids"] == [1, 3]


DRIVER = """
import json, sys
from pathlib import Path
from kmedoids_bench.experiments.harness.workers.process import Limits, WorkerProcess
command, matrix, log = json.loads(sys.argv[1]), *sys.argv[2:]
worker = WorkerProcess(command, Path(log))
worker.ask({"op": "matrix", "path": matrix, "order": "dist"}, Limits(60, 2**33))
print(worker.process.pid, flush=True)
worker.ask({"op": "run", "algorithm": "hangs", "k": 3}, Limits(60, 2**33))
"""


@pytest.mark.skipif(not runtimes.dies_with_parent(), reason="needs setpriv (util-linux)")
def test_a_worker_dies_with_its_driver_in_the_middle_of_a_call(tmp_path):
    np.save(tmp_path / "matrix.npy", symmetric(5, "float64"))
    arguments = [json.dumps(COMMAND), str(tmp_path / "matrix.npy"), str(tmp_path / "log")]
    driver = subprocess.Popen([sys.executable, "-c", DRIVER, *arguments], stdout=subprocess.PIPE)
    assert driver.stdout is not None
    worker = int(driver.stdout.readline())
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    driver.stdout.close()
    assert ends(worker)


def test_a_worker_whose_driver_is_gone_before_it_starts_ends_itself(tmp_path):
    done = subprocess.run([*COMMAND, "1"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 1
    assert done.stdout == b""


def test_a_worker_ends_with_its_pipe(tmp_path):
    worker = WorkerProcess(COMMAND, tmp_path / "log")
    worker.start()
    assert worker.process is not None
    assert worker.process.stdin is not None
    worker.process.stdin.close()
    assert worker.process.wait(30) == 0
    worker.close()


def ends(pid, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False
