import os
import subprocess
import sys
import threading

import numba
import pytest

from kmedoids_bench.algorithms.tuned import threads
from kmedoids_bench.algorithms.tuned.threads import LEAST_FOR_THREADS, several_threads

several = pytest.mark.skipif(threads.cores() < 2, reason="a single core")


@several
def test_a_second_call_at_the_same_time_makes_do_with_its_own_thread():
    seen = []

    def call():
        with several_threads(2, LEAST_FOR_THREADS) as inner:
            seen.append(inner)

    with several_threads(2, LEAST_FOR_THREADS) as outer:
        other = threading.Thread(target=call)
        other.start()
        other.join()
        call()
    assert (outer, seen) == (2, [None, None])
    call()
    assert seen[-1] == 2


@several
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_call_that_fails_gives_the_threads_back(error):
    with pytest.raises(error), several_threads(2, LEAST_FOR_THREADS):
        raise error
    with several_threads(2, LEAST_FOR_THREADS) as got:
        assert got == 2


@several
def test_a_forked_process_uses_one_thread():
    child = os.fork()
    if child == 0:
        with several_threads(2, LEAST_FOR_THREADS) as got:
            os._exit(0 if got is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert not threads.FORKED.is_set()


AFTER_A_PARALLEL_CALL = """
import concurrent.futures, multiprocessing, os, sys
import numpy as np
from kmedoids_bench.algorithms import tuned

points = np.random.default_rng(0).normal(size=(3000, 4))
distances = np.linalg.norm(points[:, None] - points[None], axis=-1).astype(np.float32)

def losses(seed):
    made = dict(k=20, start="random", seed=seed, threads=2)
    results = tuned.fasterpam(distances, **made), tuned.pam(distances, **made), tuned.build(distances, 9, threads=2)
    return [result.loss for result in results]

if __name__ == "__main__":
    expected = [losses(seed) for seed in range(4)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(losses, range(4))) == expected, "threads"
    for method in ("fork", "forkserver", "spawn"):
        context = multiprocessing.get_context(method)
        with context.Pool(2) as pool:
            assert pool.map_async(losses, range(4)).get(300) == expected, method
        with concurrent.futures.ProcessPoolExecutor(2, context) as pool:
            assert list(pool.map(losses, range(4), timeout=300)) == expected, method
    try:
        import joblib
    except ImportError:
        sys.exit()
    jobs = [joblib.delayed(losses)(seed) for seed in range(4)]
    with joblib.parallel_config("loky", n_jobs=2, inner_max_num_threads=2):
        assert joblib.Parallel()(jobs) == expected, "loky"
    try:
        joblib.Parallel(os.cpu_count())(jobs)  # then each worker gets one processor
    except ValueError as error:
        assert "NUMBA_NUM_THREADS" in str(error)
    else:
        raise AssertionError("loky gave a worker more threads than it has processors")
"""


@several
@pytest.mark.proof
@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_pools_of_processes_and_threads_work_after_a_parallel_call(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(AFTER_A_PARALLEL_CALL)
    cache = os.environ.get("NUMBA_CACHE_DIR") or str(tmp_path / "cache")  # or every process would compile by itself
    environment = os.environ | {"NUMBA_CACHE_DIR": cache, "OMP_WAIT_POLICY": "passive"}
    done = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


BESIDE_A_BUSY_CORE = """
import multiprocessing, time
import numpy as np
from kmedoids_bench.algorithms import Problem, tuned

def work_for_ever():
    while True:
        pass

def seconds(threads):
    began = time.perf_counter()
    tuned.fasterpam(problem, k=50, seed=0, threads=threads)
    return time.perf_counter() - began

if __name__ == "__main__":
    points = np.random.default_rng(0).normal(size=(5000, 4)).astype(np.float32)
    problem = Problem(sum(np.abs(points[:, None, j] - points[None, :, j]) for j in range(4)))
    seconds(1), seconds(2)
    busy = multiprocessing.get_context("spawn").Process(target=work_for_ever, daemon=True)
    busy.start()
    print(np.median([seconds(1) / seconds(2) for _ in range(9)]))
"""


@several
@pytest.mark.proof
@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_two_threads_beside_a_busy_core_are_not_much_slower_than_one(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(BESIDE_A_BUSY_CORE)
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 0.5  # threads that spin while they wait: 0.2; other tests run beside this one
