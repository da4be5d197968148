"""What a local search returns, and the record of its swaps."""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel

UNLIMITED = np.iinfo(np.int64).max


class SwapLog(NamedTuple):
    """The swaps in the order they were made. The arrays have room to spare: their first `n_swaps` entries count."""

    removed: np.ndarray  # int64, object that was a medoid before the swap
    added: np.ndarray  # int64, object that is a medoid after it
    loss: np.ndarray  # float64, loss after the swap
    n_swaps: int


class Search(NamedTuple):
    """Outcome of the swap phase, as kernels return it."""

    medoids: np.ndarray  # int64, shape (k,), by slot
    log: SwapLog
    n_passes: int  # started passes over the candidates, the last unsuccessful one included
    n_evaluations: int  # candidates evaluated, each against all slots
    n_lookups: int  # entries of the matrix read


@kernel
def new_log():
    """Return an empty log with room for some swaps."""
    return SwapLog(np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.float64), 0)


@kernel
def append(log, removed, added, loss):
    """Return the log with one swap more; its arrays have moved if they were full."""
    n = log.n_swaps
    if n == len(log.loss):
        log = SwapLog(
            np.append(log.removed, np.empty(n, np.int64)),
            np.append(log.added, np.empty(n, np.int64)),
            np.append(log.loss, np.empty(n, np.float64)),
            n,
        )
    log.removed[n], log.added[n], log.loss[n] = removed, added, loss
    return SwapLog(log.removed, log.added, log.loss, n + 1)
