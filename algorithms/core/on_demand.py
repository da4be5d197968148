"""Dissimilarities that are evaluated when they are read: to kernels, `OnDemand` looks like the matrix it stands for.

dist[c, o], dist[c], dist.shape: every kernel is written once, and numba compiles it for either; nothing changes for a
matrix.
"""

import operator
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.extending import overload

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import named_distance
from kmedoids_bench.algorithms.core.problem import LARGEST

# A sum in another order may differ by so much, as a share of it.
ROUNDING = 1e-9


class OnDemand(NamedTuple):
    """Stands for the matrix of all dissimilarities; an entry is evaluated whenever it is read."""

    coordinates: np.ndarray  # shape (n, dimensions)
    metric: Any  # number of a metric in `metrics`, or the user's compiled function
    shape: tuple[int, int]  # (n, n)

    def __getitem__(self, index):  # type: ignore[override]  # read like a matrix, no longer like a tuple
        """dist[c, o] and dist[c] in interpreted code."""
        if not isinstance(index, tuple):
            return row(self, index)
        if callable(self.metric):
            return own_distance(self, *index)
        return named_distance(self.metric, self.coordinates[index[0]], self.coordinates[index[1]])


@overload(operator.getitem)
def compiled_getitem(dist, index):
    """Tell numba what dist[c, o] and dist[c] are in compiled code: which function, by the types of both."""
    if not (isinstance(dist, numba.types.NamedTuple) and dist.instance_class is OnDemand):
        return None
    if isinstance(index, numba.types.Integer):
        return lambda dist, index: row(dist, index)
    if isinstance(dist[OnDemand._fields.index("metric")], numba.types.Integer):
        return lambda dist, index: named_distance(dist.metric, dist.coordinates[index[0]], dist.coordinates[index[1]])
    return lambda dist, index: own_distance(dist, index[0], index[1])


class NotADissimilarity(ValueError):
    """The user's metric gives something else for the objects c and o.

    Kernels raise it, although they then lose the arrays they hold, O(n): it means that the metric has to be mended.
    """

    def __str__(self) -> str:
        c, o, value, back, n = self.args
        pair = f"metric(coordinates[{c}], coordinates[{o}]) is {value}"
        if 0 <= value <= LARGEST / n:
            return f"{pair}, and {back} the other way round: a metric must be symmetric"
        return f"{pair}: dissimilarities must be finite, not negative, and so small that no sum of {n} overflows"


@kernel
def own_distance(dist, c, o):
    """Evaluate the user's metric for the objects c and o, both ways; raise NotADissimilarity if it gives none."""
    value = dist.metric(dist.coordinates[c], dist.coordinates[o])
    back = dist.metric(dist.coordinates[o], dist.coordinates[c])
    if not (0 <= value <= LARGEST / dist.shape[0] and abs(value - back) <= ROUNDING * value):
        raise NotADissimilarity(c, o, value, back, dist.shape[0])
    return value


@kernel
def row(dist, c):
    """Evaluate dist[c], the dissimilarities of all objects to the candidate c."""
    entries = np.empty(dist.shape[1])
    for o in range(len(entries)):
        entries[o] = dist[c, o]
    return entries


@kernel
def diagonal(dist):
    """Evaluate dist[o, o] for all o."""
    entries = np.empty(dist.shape[0])
    for o in range(len(entries)):
        entries[o] = dist[o, o]
    return entries
