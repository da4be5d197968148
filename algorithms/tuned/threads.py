"""How many threads a call may use, and whether they are worth it."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numba
import numpy as np
from numba.core import config

# By default OpenMP's threads spin while they wait for work. Where others use the processor, that is time taken from the
# thread that has the work: two threads were then slower than one. It is read when the first parallel call begins.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

# Below this many objects a step is over before a second thread has begun.
LEAST_FOR_THREADS = 3000

# numba's threads serve one call at a time (its workqueue ends the process if two come at once), and a forked process
# does not inherit them (GNU OpenMP ends it if it asks for some). In both cases a call makes do with its own thread.
IN_USE = threading.Lock()
FORKED = threading.Event()
os.register_at_fork(after_in_child=FORKED.set)


def cores() -> int:
    """Return how many threads numba has: one for each processor it may use, or NUMBA_NUM_THREADS."""
    return vars(config)["NUMBA_NUM_THREADS"]  # set when numba is imported


def checked_threads(threads) -> int:
    """Return the number of threads as an int; raise TypeError or ValueError unless numba has that many."""
    if isinstance(threads, bool | np.bool_) or not isinstance(threads, int | np.integer):
        raise TypeError(f"threads is {threads!r}, must be an integer")
    if not 1 <= threads <= cores():
        reason = "the number of threads numba has in this process; NUMBA_NUM_THREADS, which joblib sets too, limits it"
        raise ValueError(f"threads is {threads}, must be in 1 .. {cores()}: {reason}")
    return int(threads)


@contextmanager
def several_threads(threads: int, n: int) -> Iterator[int | None]:
    """Let numba use this many threads for a while: yields their number, or None for one.

    It is one if more are not worth it for n objects, if another call has them, or in a forked process. numba compiles
    a function anew for None and leaves out what only the other case needs. A kernel that takes another kernel as an
    argument, which it could call instead, would not be kept in numba's cache.
    """
    alone = checked_threads(threads) == 1 or n < LEAST_FOR_THREADS or FORKED.is_set()
    if alone or not IN_USE.acquire(blocking=False):
        yield None
        return
    before = numba.get_num_threads()
    numba.set_num_threads(threads)
    try:
        yield threads
    finally:
        numba.set_num_threads(before)
        IN_USE.release()


def with_threads(swap_kernel: Callable, threads: int) -> Callable:
    """Return a function that `local_search` can call in the place of a kernel, which gets the number of threads."""
    checked_threads(threads)

    def run(dist, medoids, max_passes, *parameters):
        with several_threads(threads, dist.shape[0]) as several:
            return swap_kernel(dist, medoids, max_passes, several, *parameters)

    return run
