"""Points in place of a matrix.

The sampling algorithms and CLARANS evaluate the dissimilarities of `Points` when they need them, see `on_demand`. All
other algorithms read the whole matrix, and compute it first, see `distance_matrix`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numba
import numpy as np

from kmedoids_bench.algorithms.core.distance_matrix import distance_matrix
from kmedoids_bench.algorithms.core.metrics import METRICS, unit_vectors
from kmedoids_bench.algorithms.core.on_demand import OnDemand, diagonal, row
from kmedoids_bench.algorithms.core.problem import LARGEST, Problem, unchecked_problem


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points that have been checked, and their dissimilarity; all algorithms take it in place of a matrix.

    Sampling algorithms and CLARANS evaluate the dissimilarities that they need; all others compute the matrix first, as
    float32. Whoever calls several of these makes it once: `problem = points.as_problem()`.

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

    def matrix(self, dtype="float32") -> np.ndarray:
        """Return all dissimilarities, shape (n, n), float32 or float64: computed in float64 and rounded once.

        Raises
        ------
        MemoryError
            If the matrix does not fit into the memory that is free.
        ValueError
            If the dtype is another one, a dissimilarity is too large for it, or is none.
        """
        dist = distance_matrix(self.coordinates, self.metric, dtype)
        if not np.isfinite(dist.max()):
            c, o = np.unravel_index(dist.argmax(), dist.shape)
            raise ValueError(f"the dissimilarity of objects {c} and {o} is too large for {dtype}: choose float64")
        return dist

    def as_problem(self, dtype="float32") -> Problem:
        """Return the matrix as a `Problem`, which needs no check; errors are those of `matrix`."""
        matrix = self.matrix(dtype)
        return unchecked_problem(matrix, by_object=matrix)

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
