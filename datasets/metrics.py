"""How far apart objects are: from the name of a metric to a function that computes one block of the matrix.

Well-kept libraries compute; this file only chooses. A metric for another kind of objects (strings, series,
mixed columns) is one more function here and one more entry in ``METRICS``; any other name is looked up in
scipy and then in scikit-learn, which know metrics of points.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial.distance import cdist

Block = Callable[[slice, slice], np.ndarray]
"""Rows and columns of the matrix, two ranges of objects, to their dissimilarities in float64."""

FROM_ALL_OBJECTS = ("mahalanobis", "seuclidean")
"""scipy estimates a parameter of these from the objects it is given, so blocks would not fit together."""


def block_function(objects: Any, metric: str) -> Block:
    """Prepare the objects once and return the function that computes blocks.

    Raises
    ------
    ValueError
        If nobody knows the metric, or it cannot be computed in blocks.
    """
    if metric in METRICS:
        return METRICS[metric](objects)
    return _library_metric(objects, metric)


def euclidean(points: np.ndarray) -> Block:
    """Euclidean distances; exactly 0 between equal points, and the same for d(i, j) and d(j, i).

    The fast form |x|^2 + |y|^2 - 2 x.y lets BLAS do the work, but for real numbers it cancels: equal points
    get distances like 1e-8. For whole numbers (pixels) every product and sum is exact as long as it stays
    below 2^53, in whatever order BLAS adds, and the result is the same to the last bit. So whole numbers take
    the fast form, all others scipy's sum of squared differences.
    """
    points = np.ascontiguousarray(points, dtype=np.float64)
    largest = max(points.max(), -points.min(), 1.0)
    exact = 4 * points.shape[1] * largest**2 < 2**53 and np.array_equal(points, np.rint(points))
    return _euclidean_whole_numbers(points) if exact else _scipy_block(points, "euclidean")


def _euclidean_whole_numbers(points: np.ndarray) -> Block:
    squares = np.einsum("ij,ij->i", points, points)

    def block(rows: slice, columns: slice) -> np.ndarray:
        squared = points[rows] @ points[columns].T
        squared *= -2
        squared += squares[rows, None]
        squared += squares[columns]
        return np.sqrt(squared, out=squared)

    return block


def shortest_path(graph: Any) -> Block:
    """Lengths of shortest paths in an undirected graph, weights not negative; inf where there is no path."""

    def block(rows: slice, columns: slice) -> np.ndarray:
        sources = np.arange(rows.start, rows.stop)
        return dijkstra(graph, directed=False, indices=sources)[:, columns]

    return block


def _scipy_block(points: np.ndarray, metric: str) -> Block:
    return lambda rows, columns: cdist(points[rows], points[columns], metric)  # type: ignore[call-overload]


def _library_metric(points: Any, metric: str) -> Block:
    if metric in FROM_ALL_OBJECTS:
        raise ValueError(
            f"metric {metric!r} depends on a parameter estimated from all objects: choose another metric"
        )
    points = np.ascontiguousarray(points, dtype=np.float64)
    try:
        cdist(points[:1], points[:1], metric)  # type: ignore[call-overload]
    except ValueError:
        return _scikit_learn_block(points, metric)
    return _scipy_block(points, metric)


def _scikit_learn_block(points: np.ndarray, metric: str) -> Block:
    from sklearn.metrics import pairwise_distances  # takes a second, and is rarely wanted
    from sklearn.metrics.pairwise import distance_metrics

    known = sorted(set(distance_metrics()) - {"precomputed"})
    if metric not in known:
        raise ValueError(
            f"unknown metric {metric!r}: it is none of {', '.join(METRICS)}, no metric of scipy's cdist, "
            f"and none of scikit-learn's {', '.join(known)}"
        )
    return lambda rows, columns: pairwise_distances(points[rows], points[columns], metric=metric)


METRICS: dict[str, Callable[[Any], Block]] = {
    "euclidean": euclidean,
    "shortest_path": shortest_path,
}
