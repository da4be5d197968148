"""Ctrl-C in every public call: KeyboardInterrupt within a second, and the process lives and computes on."""

import ctypes
import os
import subprocess
import sys

import grids
import numba
import pytest

from kmedoids_bench.algorithms.core.algorithm import TIERS
from kmedoids_bench.algorithms.core.interrupt import ENGINE, EXCEPTION
from kmedoids_bench.algorithms.core.registry import algorithms

ON_THE_PROCESSOR = [tier for tier in TIERS if tier != "gpu"]  # between two kernels on a card, Python asks itself
ALL = [
    pytest.param(algorithm, id=f"{tier}-{name}", marks=pytest.mark.proof if tier == "tuned" else ())
    for tier in ON_THE_PROCESSOR
    for name, algorithm in algorithms(tier).items()
]
compiled = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="Python runs the handlers of signals itself")


@compiled
@pytest.mark.parametrize("algorithm", ALL)
def test_a_kernel_that_is_stopped_in_its_first_loop_returns(algorithm):
    _, dist = grids.scattered(60)
    parameters = {} if algorithm.kind == "start" and not algorithm.seeded else {"seed": 0}
    if algorithm.kind in ("swap", "silhouette"):
        parameters["start"] = "random"
    expected = algorithm.call(dist, k=5, **parameters)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(KeyboardInterrupt))
    EXCEPTION[0].value = id(KeyboardInterrupt)  # as if a handler had raised it
    ctypes.c_int64.from_address(ENGINE.get_global_value_address("next_look")).value = 0
    with pytest.raises(KeyboardInterrupt):
        algorithm.call(dist, k=5, **parameters)
    assert algorithm.call(dist, k=5, **parameters).swaps.tolist() == expected.swaps.tolist()


# The child is sent SIGINT at several moments of each call. Most calls last longer than that, the others may end before.
INTERRUPT_EVERY_CALL = """
import os, signal, sys, threading, time
import numpy as np
from kmedoids_bench.algorithms import Points, Problem
from kmedoids_bench.algorithms.core.algorithm import TIERS
from kmedoids_bench.algorithms.core.registry import algorithms

signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in what a shell runs in the background
tier, n, k, n_points = sys.argv[1], *map(int, sys.argv[2:])
rng = np.random.default_rng(0)

def problem_of(n):
    x = rng.normal(size=(n, 3))
    problem = Problem(sum(np.abs(x[:, None, j] - x[None, :, j]) for j in range(3)))
    problem.by_object
    return problem

small, large, long_enough_for_threads = problem_of(60), problem_of(n), problem_of(3000)
few, many = Points(rng.normal(size=(60, 3))), Points(rng.normal(size=(n_points, 3)))

def calls():
    for name, algorithm in algorithms(tier).items():
        parameters = {} if algorithm.kind == "start" and not algorithm.seeded else {"seed": 0}
        if algorithm.kind in ("swap", "silhouette"):
            parameters["start"] = "random"
        yield name, algorithm, parameters, small, large
        if algorithm.threads:
            yield name, algorithm, parameters | {"threads": 2}, long_enough_for_threads, large
        if algorithm.kind == "sampling":
            yield name, algorithm, parameters, few, many

interrupted = set()
for name, algorithm, parameters, tiny, long in calls():
    expected = algorithm.call(tiny, k=20, **parameters)
    for seconds in (0.001, 0.02, 0.15):
        sent = threading.Event()
        def send():
            sent.at = time.perf_counter()
            sent.set()
            os.kill(os.getpid(), signal.SIGINT)
        timer = threading.Timer(seconds, send)
        try:
            timer.start()
            algorithm.call(long, k=k, **parameters)
            timer.cancel()
            timer.join()
            time.sleep(0.001)  # SIGINT may be on its way
        except KeyboardInterrupt:
            assert time.perf_counter() - sent.at < 1, (name, "was interrupted late")
            interrupted.add(name)
        result = algorithm.call(tiny, k=20, **parameters)
        assert (result.medoids.tolist(), result.loss) == (expected.medoids.tolist(), expected.loss), name
print(*sorted(interrupted))
"""


def interrupt_every_call(tier, n, k, n_points):
    environment = os.environ | {"NUMBA_NUM_THREADS": "2"}
    command = [sys.executable, "-c", INTERRUPT_EVERY_CALL, tier, str(n), str(k), str(n_points)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@compiled
@pytest.mark.proof
@pytest.mark.parametrize("tier", ON_THE_PROCESSOR)
def test_every_call_is_interrupted(tier):
    interrupted = interrupt_every_call(tier, 4000, 200, 100_000)
    assert len(interrupted) > len(algorithms(tier)) / 2  # the others may have ended before the signal


INTERRUPT_EVERY_BOUND = """
import os, signal, threading, time
import numpy as np
from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import certify, lower_bound, optimal

signal.signal(signal.SIGINT, signal.default_int_handler)
points = np.random.default_rng(0).normal(size=(5000, 3)).astype(np.float32)
problem = Problem(sum(np.abs(points[:, None, j] - points[None, :, j]) for j in range(3)))
problem.by_object
few = problem.distances[:60, :60]

for call in (lower_bound, optimal, lambda distances, k, **limits: certify(distances, np.arange(k), **limits)):
    for threads in (1, 2):
        call(problem, 50, seconds=0.5, threads=threads)  # what is compiled now cannot be interrupted
        expected = call(few, 9, threads=threads).loss
        interrupted = 0
        for seconds in (0.02, 0.3, 1.3):
            sent = threading.Event()
            def send():
                sent.at = time.perf_counter()
                os.kill(os.getpid(), signal.SIGINT)
            timer = threading.Timer(seconds, send)
            try:
                timer.start()
                call(problem, 50, seconds=60, threads=threads)
                timer.cancel()
                timer.join()
                time.sleep(0.001)  # SIGINT may be on its way
            except KeyboardInterrupt:
                assert time.perf_counter() - sent.at < 1, (call, "was interrupted late")
                interrupted += 1
            assert call(few, 9, threads=threads).loss == expected
        assert interrupted >= 2, (call, "ended too early")  # the last signal may come after the end
"""


@compiled
@pytest.mark.proof
def test_every_bound_is_interrupted():
    environment = os.environ | {"NUMBA_NUM_THREADS": "2"}
    command = [sys.executable, "-c", INTERRUPT_EVERY_BOUND]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
