"""What `interrupted` and `run` promise; `test_interrupts` asks it of all algorithms."""

import ctypes
import os
import signal
import threading
import time
from contextlib import contextmanager

import numba
import pytest

from kmedoids_bench.algorithms.core.interrupt import EXCEPTION, first_cause, interrupted, raise_stored, run
from kmedoids_bench.algorithms.core.kernel import kernel

pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="Python runs the handlers of signals itself")
MINUTES = 10**12  # turns


@kernel
def count(turns):
    counted = 0
    for turn in range(turns):
        if interrupted(turn):
            break
        counted += turn % 2
    return counted


@contextmanager
def handled_by(handler):
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def ctrl_c():
    with handled_by(signal.default_int_handler):  # it is ignored in what a shell runs in the background
        yield


def send_sigint_after(seconds):
    run(count, 10)  # compiled by now
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()


def test_ctrl_c_ends_a_loop_of_minutes_again_and_again():
    for seconds in (0.01, 0.15, 0.01):
        send_sigint_after(seconds)
        started = time.perf_counter()
        with pytest.raises(KeyboardInterrupt):
            run(count, MINUTES)
        assert time.perf_counter() - started < seconds + 1
        assert run(count, 10) == 5


def test_what_the_handler_raises_is_raised():
    class StoppedError(Exception):
        pass

    def stop(number, frame):
        raise StoppedError(number)

    with handled_by(stop):
        send_sigint_after(0.05)
        with pytest.raises(StoppedError, match=str(int(signal.SIGINT))):
            run(count, MINUTES)


def test_a_handler_that_does_not_raise_changes_nothing():
    seen = []
    turns = 10**8
    with handled_by(lambda number, frame: seen.append(number)):
        send_sigint_after(0.05)
        assert run(count, turns) == turns // 2
    assert seen == [signal.SIGINT]


def test_only_the_main_thread_is_interrupted():
    turns, results = 5 * 10**8, []
    other = threading.Thread(target=lambda: results.append(run(count, turns)))
    other.start()
    send_sigint_after(0.05)
    with pytest.raises(KeyboardInterrupt):
        run(count, MINUTES)
    assert other.is_alive()
    other.join()
    assert results == [turns // 2]


def test_another_thread_leaves_what_a_handler_raised_to_the_main_one():
    error = KeyboardInterrupt("stored")
    for part, one in zip(EXCEPTION, (KeyboardInterrupt, error), strict=False):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(one))
        part.value = id(one)
    other = threading.Thread(target=raise_stored)
    other.start()
    other.join()
    assert EXCEPTION[0].value
    with pytest.raises(KeyboardInterrupt, match="stored"):
        raise_stored()
    assert not EXCEPTION[0].value


def test_an_error_of_the_kernel_is_raised_as_it_is():
    def fail():
        raise SystemError("of its own")

    with pytest.raises(SystemError, match="of its own"):
        run(fail)


def test_first_cause():
    interrupt, first, second = KeyboardInterrupt(), SystemError(), SystemError()
    first.__cause__, second.__cause__ = interrupt, first
    assert first_cause(second) is interrupt
    assert first_cause(interrupt) is interrupt
