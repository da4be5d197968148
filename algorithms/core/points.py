"""Points whose dissimilarities are evaluated when they are needed: no n x n matrix.

The sampling algorithms take `Points` in place of a matrix. To their kernels it comes as `OnDemand`, which is read
like the matrix it stands for: dist[c, o], dist[c], dist.shape. So every kernel is written once, and numba compiles
it for either; nothing changes for a matrix.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.extending import overload

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import METRICS, named_distance, unit_vectors
from kmedoids_bench.algorithms.core.problem import LARGEST, Problem

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


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points that have been checked, and their dissimilarity; sampling algorithms take it in place of a matrix.

    Parameters
    ----------
    coordinates : array_like of shape (n, dimensions)
        float32, float64 or integers, finite. A C-ordered array is used as it is, any other is copied, and so it
        is for the cosine, which works on vectors of length one.
    metric : str or function
        One of `metrics.METRICS`, or a function of your own, compiled by numba.njit: metric(x, y) takes two rows
        of the coordinates and returns their dissimilarity: not negative, finite, zero for x and x, the same for
        y and x. The zeros are checked here, and every other value when it is evaluated, for which it is evaluated
        both ways. Kernels are compiled anew for every such function, and in every run: make it once.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> points = Points([[0.0, 0.0], [3.0, 4.0]])
    >>> float(points.distances[0, 1])
    5.0
    """

    coordinates: np.ndarray
    metric: str | Callable = "euclidean"

    def __post_init__(self) -> None:
        coordinates = checked_coordinates(self.coordinates)
        check_metric(self.metric)
        if self.metric == "cosine":
            coordinates = unit_vectors(coordinates)
        check_size(coordinates)
        object.__setattr__(self, "coordinates", coordinates)
        if callable(self.metric):
            self.check_own_metric()

    @property
    def n(self) -> int:
        """Number of objects."""
        return len(self.coordinates)

    @property
    def distances(self) -> OnDemand:
        """What kernels read in place of a matrix."""
        metric = METRICS.index(self.metric) if isinstance(self.metric, str) else self.metric
        return OnDemand(self.coordinates, metric, (self.n, self.n))

    def check_own_metric(self) -> None:
        """Raise TypeError or ValueError unless the user's metric gives dissimilarities, as far as O(n) can tell."""
        try:
            row(self.distances, 0)
        except numba.TypingError as error:
            raise TypeError(f"metric gives no number for two rows of {self.coordinates.dtype}") from error
        to_itself = diagonal(self.distances)
        wrong = np.flatnonzero(to_itself != 0)
        if len(wrong):
            o = wrong[0]
            raise ValueError(
                f"metric(coordinates[{o}], coordinates[{o}]) is {to_itself[o]}: the dissimilarity of an object to "
                "itself must be zero (did you pass a similarity?)"
            )


def data_of(distances) -> Problem | Points:
    """Return points as they are and anything else as a checked matrix; both have `n` and `distances`."""
    return distances if isinstance(distances, Points) else Problem.of(distances)


def checked_coordinates(coordinates) -> np.ndarray:
    """Return the coordinates in C order; raise TypeError or ValueError for bad input, naming the first bad entry."""
    if np.ma.is_masked(coordinates):
        raise TypeError("coordinates has masked entries: fill them or leave the objects out")
    given = np.asarray(coordinates)
    if given.ndim != 2 or given.size == 0:
        raise ValueError(f"coordinates must have one row per object, its shape is {given.shape}")
    if not (given.dtype.kind in "iu" or given.dtype in (np.float32, np.float64)) or not given.dtype.isnative:
        raise TypeError(
            f"coordinates has elements of type {given.dtype}, must be float32, float64 or integers: "
            "convert it with coordinates.astype(float)"
        )
    if not np.isfinite(given.min()) or not np.isfinite(given.max()):  # NaN is the least and the greatest of all
        o, j = np.argwhere(~np.isfinite(given))[0]
        raise ValueError(f"coordinates[{o}, {j}] is {given[o, j]}: coordinates must be finite")
    return np.ascontiguousarray(given)


def check_metric(metric) -> None:
    """Raise TypeError or ValueError unless it is the name of a metric or a compiled function."""
    if isinstance(metric, str):
        if metric not in METRICS:
            raise ValueError(f"metric is {metric!r}, must be one of {METRICS} or a function compiled by numba.njit")
    elif not isinstance(metric, type(row)):  # what a compiled function is depends on NUMBA_DISABLE_JIT
        raise TypeError(f"metric is {metric!r}, must be a name or a function compiled by numba.njit")


def check_size(coordinates: np.ndarray) -> None:
    """Raise ValueError if squares of the coordinates, summed over all dimensions and objects, might overflow."""
    greatest = max(float(coordinates.max()), -float(coordinates.min()))
    if greatest > np.sqrt(LARGEST / coordinates.size) / 2:
        where = coordinates.argmax() if float(coordinates.max()) == greatest else coordinates.argmin()
        o, j = np.unravel_index(where, coordinates.shape)
        raise ValueError(
            f"coordinates[{o}, {j}] is {coordinates[o, j]}: sums of squares overflow; divide all coordinates by a "
            "constant"
        )
