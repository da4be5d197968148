"""What a local search returns, and the record of its swaps."""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.kernel import kernel

UNLIMITED = np.iinfo(np.int64).max


class SwapLog(NamedTuple):
    """The swaps in the order they were made. The arrays have room to spare: the first `n_swaps` entries count."""

    removed: np.ndarray  # int64, object that was a medoid before the swap
    added: np.ndarray  # int64, object that is a medoid after it
    loss: np.ndarray  # float64, loss after the swap


class Search(NamedTuple):
    """Outcome of the swap phase, as kernels return it."""

    medoids: np.ndarray  # int64, shape (k,), by slot
    log: SwapLog
    n_swaps: int
    n_passes: int  # started passes over the candidates, the last unsuccessful one included
    n_evaluations: int  # candidates evaluated, each against all slots
    n_lookups: int  # entries of the matrix read


@kernel
def new_log():
    """Return an empty log with room for some swaps."""
    return SwapLog(np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.float64))


@kernel
def append(log, n_swaps, removed, added, loss):
    """Write swap number `n_swaps` into the log; return the log, which has moved if it was full."""
    if n_swaps == len(log.loss):
        log = SwapLog(
            np.append(log.removed, np.empty(n_swaps, np.int64)),
            np.append(log.added, np.empty(n_swaps, np.int64)),
            np.append(log.loss, np.empty(n_swaps, np.float64)),
        )
    log.removed[n_swaps], log.added[n_swaps], log.loss[n_swaps] = removed, added, loss
    return log
