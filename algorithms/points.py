"""Points whose dissimilarities are evaluated when they are needed: no n x n matrix.

The sampling algorithms take `Points` in place of a matrix. To their kernels it comes as `OnDemand`, which is read
like the matrix it stands for: dist[c, o], dist[c], dist.shape. So every kernel is written once, and numba compiles
it for either; to a matrix nothing changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.core.dispatcher import Dispatcher
from numba.extending import overload

from kmedoids_bench.algorithms.kernel import kernel
from kmedoids_bench.algorithms.metrics import COSINE, METRICS, named_distance, unit_vectors
from kmedoids_bench.algorithms.problem import LARGEST


class OnDemand(NamedTuple):
    """Stands for the matrix of dissimilarities; an entry is evaluated whenever it is read."""

    coordinates: np.ndarray  # shape (n, dimensions), C order
    metric: Any  # int, one of `metrics`, or the user's compiled function
    shape: tuple[int, int]  # (n, n)

    def __getitem__(self, index):  # type: ignore[override]  # a matrix, and only by the way a tuple
        """dist[c, o] and dist[c] in interpreted code; `compiled_getitem` is the same for numba."""
        if not isinstance(index, tuple):
            return row(self, index)
        x, y = self.coordinates[index[0]], self.coordinates[index[1]]
        return np.float64(self.metric(x, y)) if callable(self.metric) else named_distance(self.metric, x, y)


@overload(OnDemand.__getitem__)
def _getitem(dist, index):
    pass
