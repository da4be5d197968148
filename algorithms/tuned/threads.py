"""How many threads a call may use, and whether they are worth it."""

import numba
from numba.core import config

# Below this many objects a step is over before a second thread has begun.
LEAST_FOR_THREADS = 3000


def cores() -> int:
    """Return how many threads numba has."""
    return config.NUMBA_NUM_THREADS  # type: ignore[attr-defined]  # set when it is imported


def checked_threads(threads) -> int:
    """Return the number of threads as an int; raise TypeError or ValueError unless there are so many."""
    if isinstance(threads, bool) or not isinstance(threads, int):
        raise TypeError(f"threads is {threads!r}, must be an integer")
    if not 1 <= threads <= cores():
        raise ValueError(f"threads is {threads}, must be in 1 .. {cores()}, the number of cores")
    return threads


class Threads:
    """Lets numba use so many threads while it is entered; says whether several are worth it for n objects."""

    def __init__(self, threads, n: int) -> None:
        self.threads = checked_threads(threads)
        self.several = self.threads if self.threads > 1 and n >= LEAST_FOR_THREADS else None

    def __enter__(self) -> int | None:
        """Set the number of threads and return it, or None where one thread is to do everything.

        numba compiles a function anew for None and leaves out what only the other case needs. A kernel that is handed
        another one, which it could call instead, would not be kept in numba's cache.
        """
        if self.several:
            self.before = numba.get_num_threads()
            numba.set_num_threads(self.threads)
        return self.several

    def __exit__(self, *_) -> None:
        """Set the number of threads to what it was."""
        if self.several:
            numba.set_num_threads(self.before)
