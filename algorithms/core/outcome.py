"""What a kernel returns, and the log of the swaps it has made."""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel


class SwapLog(NamedTuple):
    """The swaps in the order they were made. The arrays have room to spare: their first `n_swaps` entries count."""

    removed: np.ndarray  # int64, object that was a medoid before the swap
    added: np.ndarray  # int64, object that is a medoid after it
    losses: np.ndarray  # float64, loss after the swap
    n_swaps: int
    loss: float  # after the last swap


class Outcome(NamedTuple):
    """Medoids, and what it took to find them."""

    medoids: np.ndarray  # int64, shape (k,), by slot
    removed: np.ndarray  # int64, shape (n_swaps,), as in `SwapLog`
    added: np.ndarray
    losses: np.ndarray  # float64
    n_passes: int  # started passes over the candidates, the last unsuccessful one included
    n_evaluations: int  # candidates evaluated, each against all slots
    n_lookups: int  # entries of the matrix read


@kernel
def outcome(medoids, log, n_passes, n_evaluations, n_lookups):
    """Return the fields of `Outcome` as a plain tuple.

    numba calls the class of a named tuple to make one for Python. If a signal handler raises in that call, the process
    ends with a segmentation fault.
    """
    n = log.n_swaps
    return medoids, log.removed[:n], log.added[:n], log.losses[:n], n_passes, n_evaluations, n_lookups


def start_outcome(medoids: np.ndarray, n_evaluations: int, n_lookups: int) -> Outcome:
    """Return the outcome of a start, which makes no swaps."""
    nothing = np.empty(0, np.int64)
    return Outcome(medoids, nothing, nothing, np.empty(0), 0, n_evaluations, n_lookups)


@kernel
def new_log(loss):
    """Return the log of a search that begins with this loss."""
    return SwapLog(np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.float64), 0, loss)


@kernel
def append(log, removed, added, loss):
    """Return the log with one swap more; its arrays have moved if they were full."""
    n = log.n_swaps
    if n == len(log.losses):
        log = SwapLog(
            np.append(log.removed, np.empty(n, np.int64)),
            np.append(log.added, np.empty(n, np.int64)),
            np.append(log.losses, np.empty(n, np.float64)),
            n,
            log.loss,
        )
    log.removed[n], log.added[n], log.losses[n] = removed, added, loss
    return SwapLog(log.removed, log.added, log.losses, n + 1, loss)
