"""The card: whether there is one, how much it holds, and how kernels are spread over it.

numba's simulator runs the same kernels without a card, on small problems: NUMBA_ENABLE_CUDASIM=1.
"""

import os
from typing import Any

from numba import cuda as numba_cuda

cuda: Any = numba_cuda  # its stubs do not know kernels
SIMULATED = os.environ.get("NUMBA_ENABLE_CUDASIM") == "1"
# Threads of a block; in the simulator each is a thread of Python.
THREADS = 8 if SIMULATED else 256
# Blocks that keep a card busy: some for each of its multiprocessors.
BUSY = 2 if SIMULATED else 2112
NONE = 2**63 - 1  # greater than every change of the loss
FARTHEST = 2**31 - 1  # of a fixed-point distance; means that there is no medoid yet


class NoCard(RuntimeError):
    """There is no CUDA device, or it is too small."""


def require_card(needed: int = 0) -> None:
    """Raise NoCard unless there is a CUDA device with so many free bytes."""
    if SIMULATED:
        return
    if not cuda.is_available():
        raise NoCard("no CUDA device: use kmedoids_bench.algorithms.tuned")
    free = cuda.current_context().get_memory_info().free
    if needed > free:
        fits = int((0.9 * free / 4) ** 0.5)
        raise NoCard(
            f"{needed / 2**30:.1f} GiB are needed on the card and {free / 2**30:.1f} GiB are free: about n = {fits:,} "
            "objects would fit"
        )


def blocks(count: int) -> int:
    """Return how many blocks have a thread for each of `count` items."""
    return -(-count // THREADS)
