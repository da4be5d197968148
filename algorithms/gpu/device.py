"""The card: whether there is one, how much it holds, and how kernels are spread over it.

numba's simulator runs the same kernels without a card, on small problems: NUMBA_ENABLE_CUDASIM=1.
"""

import os
import sys
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


if SIMULATED:

    @cuda.jit(device=True)
    def product(a, b):
        """Multiply, and round."""
        return a * b
else:
    from numba.cuda.libdevice import dmul_rn as product  # noqa: F401 - a card would fuse a product with a sum

    # Kernels that decide what comes next have one block, and small problems few: numba would warn of each launch.
    cuda.dispatcher.config.CUDA_LOW_OCCUPANCY_WARNINGS = 0


class NoCard(RuntimeError):
    """There is no CUDA device."""


def require_card() -> None:
    """Raise NoCard unless there is a CUDA device, or the simulator."""
    if not SIMULATED and not cuda.is_available():
        raise NoCard("no CUDA device: use kmedoids_bench.algorithms.tuned")


def free_bytes() -> int:
    """Return how many bytes are free on the card."""
    if SIMULATED:
        return sys.maxsize
    context = cuda.current_context()
    context.memory_manager.deallocations.clear()  # what has been dropped and not yet been given back
    return context.get_memory_info().free


def require_room(needed: int, what: str, free: int) -> None:
    """Raise MemoryError unless so many bytes are free; `what` would fit."""
    if needed > free:
        raise MemoryError(
            f"{needed / 2**30:.1f} GiB are needed on the card and {free / 2**30:.1f} GiB are free: {what} would fit"
        )


def blocks(count: int) -> int:
    """Return how many blocks have a thread for each of `count` items."""
    return -(-count // THREADS)
