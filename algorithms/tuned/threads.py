"""How many threads a call may use, and whether they are worth it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numba
from numba.core import config

# Below this many objects a step is over before a second thread has begun.
LEAST_FOR_THREADS = 3000


def cores() -> int:
    """Return how many threads numba has."""
    return vars(config)["NUMBA_NUM_THREADS"]  # set when numba is imported


def checked_threads(threads) -> int:
    """Return the number of threads as an int; raise TypeError or ValueError unless there are that many cores."""
    if isinstance(threads, bool) or not isinstance(threads, int):
        raise TypeError(f"threads is {threads!r}, must be an integer")
    if not 1 <= threads <= cores():
        raise ValueError(f"threads is {threads}, must be in 1 .. {cores()}, the number of cores")
    return threads


@contextmanager
def several_threads(threads: int, n: int) -> Iterator[int | None]:
    """Let numba use this many threads for a while, if that is worth it for n objects: yields their number, else None.

    numba compiles a function anew for None and leaves out what only the other case needs. A kernel that takes another
    kernel as an argument, which it could call instead, would not be kept in numba's cache.
    """
    if checked_threads(threads) == 1 or n < LEAST_FOR_THREADS:
        yield None
        return
    before = numba.get_num_threads()
    numba.set_num_threads(threads)
    try:
        yield threads
    finally:
        numba.set_num_threads(before)


def with_threads(swap_kernel: Callable, threads: int) -> Callable:
    """Return a function that `local_search` can call in the place of a kernel, which gets the number of threads."""
    checked_threads(threads)

    def run(dist, medoids, max_passes, *parameters):
        with several_threads(threads, dist.shape[0]) as several:
            return swap_kernel(dist, medoids, max_passes, several, *parameters)

    return run
