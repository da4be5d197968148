"""The two nearest medoids of every object, found anew on the card. Specification: `nearest.nearest_medoids`."""

from typing import Any

import numpy as np

from kmedoids_bench.algorithms.gpu.device import FARTHEST, THREADS, blocks, cuda
from kmedoids_bench.algorithms.gpu.matrix import Matrix, zeros
from kmedoids_bench.algorithms.gpu.state import D_FIRST, D_SECOND, FIRST, LOSS, NEAR, SECOND, STATE


def nearest_medoids(matrix: Matrix, medoids: np.ndarray) -> tuple[Any, int]:
    """Return the two nearest medoids, a table of int32, shape (4, n), on the card, and the loss in fixed point."""
    near, state = cuda.device_array((len(NEAR), matrix.n), np.int32), zeros(len(STATE))
    nearest[blocks(matrix.n), THREADS](matrix.fixed, cuda.to_device(medoids), near, zeros(len(medoids)), state)
    return near, int(state.copy_to_host()[LOSS])


@cuda.jit
def nearest(fixed, medoids, near, removal, state):
    """Find the two nearest medoids of every object, R_i and the loss: specification `nearest.nearest_medoids`."""
    o = cuda.grid(1)
    if o >= near.shape[1]:
        return
    one, other, own = np.int32(0), np.int32(0), np.int32(-1)
    d_one, d_other = np.int32(FARTHEST), np.int32(FARTHEST)
    for i in range(len(medoids)):
        d = fixed[medoids[i], o]
        if d < d_one:
            other, d_other, one, d_one = one, d_one, np.int32(i), d
        elif d < d_other:
            other, d_other = np.int32(i), d
        if medoids[i] == o:
            own = np.int32(i)
    if own >= 0 and one != own:  # a medoid belongs to itself
        one, other = own, one
    near[FIRST, o], near[SECOND, o], near[D_FIRST, o], near[D_SECOND, o] = one, other, d_one, d_other
    cuda.atomic.add(removal, one, np.int64(d_other) - np.int64(d_one))
    cuda.atomic.add(state, LOSS, np.int64(d_one))
