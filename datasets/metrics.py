"""How far apart objects are: from the name of a metric to a function that computes one block of the matrix.

Well-kept libraries compute, and this file chooses; what none of them has for every system, Gower's coefficient
and dynamic time warping, is computed here. A metric for another kind of objects is one more function here and
one more entry in ``METRICS``; any other name is looked up in scipy and then in scikit-learn, which know metrics
of points.

===============  ==============  =============================================================================
objects          metric          dissimilarity
===============  ==============  =============================================================================
points           euclidean       exactly 0 between equal points; other names: see scipy and scikit-learn
graph            shortest_path   length of the shortest path
categories       hamming         number of columns that differ: a whole number, not scipy's share of them
categories       jaccard         of the sets of pairs (column, category), that is, of the one-hot coding
mixed            gower           Gower's coefficient, 0 to 1, with missing values
strings          levenshtein     fewest insertions, deletions and substitutions of one character
distances        precomputed     the distances themselves
series           dtw             dynamic time warping, squared differences, no window; the root of the sum
series           dtw_band        the same, shifts of at most a tenth of the length (Sakoe-Chiba band)
===============  ==============  =============================================================================
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset
from kmedoids_bench.datasets.mixed import PRESENCE, Table

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
    from scipy.sparse.csgraph import dijkstra

    def block(rows: slice, columns: slice) -> np.ndarray:
        sources = np.arange(rows.start, rows.stop)
        return dijkstra(graph, directed=False, indices=sources)[:, columns]

    return block


def hamming(objects: np.ndarray) -> Block:
    """Count the columns in which two rows differ, whatever the columns hold (Hamming 1950)."""
    _, codes = np.unique(objects, return_inverse=True)
    share = _scipy_block(codes.reshape(objects.shape).astype(np.float64), "hamming")
    return lambda rows, columns: np.rint(share(rows, columns) * objects.shape[1])


def jaccard(objects: np.ndarray) -> Block:
    """Jaccard distances of the rows as sets of pairs (column, category); of numbers: scipy's.

    All sets have one pair per column, q in all. If h columns differ, q - h pairs are in both sets and q + h in
    at least one, so the distance is 2h / (q + h).
    """
    if objects.dtype.kind not in "SU":
        return _library_metric(objects, "jaccard")
    different, q = hamming(objects), objects.shape[1]

    def block(rows: slice, columns: slice) -> np.ndarray:
        h = different(rows, columns)
        return 2 * h / (q + h)

    return block


def gower(table: Table) -> Block:
    """Gower's dissimilarity (J. C. Gower: A General Coefficient of Similarity and Some of Its Properties, 1971).

    The mean over the columns that can be compared, of |x - y| / range for numbers and ranks, of 0 or 1 for
    categories. A column cannot be compared where a value is missing, or where both lack what it states the
    presence of. Two objects without any such column have no dissimilarity: nan.
    """
    presence = np.flatnonzero(np.array(list(table.kinds)) == PRESENCE)
    ranges = table.ranges[:, None]

    def block(rows: slice, columns: slice) -> np.ndarray:
        others = np.ascontiguousarray(table.values[columns].T)
        total = np.zeros((rows.stop - rows.start, others.shape[1]))
        for sums, own in zip(total, table.values[rows, :, None], strict=True):
            apart = np.minimum(np.abs(others - own) / ranges, 1)  # codes of categories: 0 or 1
            apart[presence] = np.where((others[presence] == 0) & (own[presence] == 0), np.nan, apart[presence])
            compared = ~np.isnan(apart)
            apart[~compared] = 0
            for column in apart:  # in this order, whatever the block: the same sum to the last bit
                sums += column
            with np.errstate(invalid="ignore"):
                sums /= compared.sum(axis=0)
        return total

    return block


def levenshtein(strings: Sequence[str]) -> Block:
    """Fewest insertions, deletions and substitutions of one character that turn a string into the other."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist as strings_cdist

    def block(rows: slice, columns: slice) -> np.ndarray:
        lengths = strings_cdist(strings[rows], strings[columns], scorer=Levenshtein.distance, dtype=np.int32)
        return lengths.astype(np.float64)

    return block


def dtw(series: np.ndarray) -> Block:
    """Dynamic time warping without a window (Sakoe & Chiba 1978): exact, no pruning, no approximation."""
    return _dtw(series, largest_shift=series.shape[1])


def dtw_band(series: np.ndarray) -> Block:
    """Dynamic time warping within a Sakoe-Chiba band: shifts of at most a tenth of the length, rounded up."""
    return _dtw(series, largest_shift=-(-series.shape[1] // 10))


def _dtw(series: np.ndarray, largest_shift: int) -> Block:
    series = np.ascontiguousarray(series, dtype=np.float64)
    compiled = _compiled_warp()

    def block(rows: slice, columns: slice) -> np.ndarray:
        others = np.ascontiguousarray(series[columns].T)
        return np.array([compiled(one, others, largest_shift) for one in series[rows]])

    return block


@functools.cache
def _compiled_warp() -> Callable[[np.ndarray, np.ndarray, int], np.ndarray]:
    from numba import njit  # takes a second, and compiling two more

    return njit(_warp)


def _warp(one: np.ndarray, others: np.ndarray, largest_shift: int) -> np.ndarray:
    """Compute the dissimilarities of one series to many of the same length, one per column of ``others``."""
    length, many = others.shape
    above = np.full((length + 1, many), np.inf)  # least sums of paths that end in the row above, one place on
    here = above.copy()
    above[0] = 0.0
    for i in range(length):
        first, end = max(0, i - largest_shift), min(length, i + largest_shift + 1)
        here[first] = np.inf
        for j in range(first, end):
            for o in range(many):
                best = min(above[j, o], above[j + 1, o], here[j, o])
                here[j + 1, o] = best + (one[i] - others[j, o]) ** 2
        above, here = here, above
    return np.sqrt(above[length])


def _scipy_block(points: np.ndarray, metric: str) -> Block:
    from scipy.spatial.distance import cdist

    return lambda rows, columns: cdist(points[rows], points[columns], metric)  # type: ignore[call-overload]


def _library_metric(points: Any, metric: str) -> Block:
    from scipy.spatial.distance import cdist

    if metric in FROM_ALL_OBJECTS:
        raise ValueError(f"metric {metric!r} depends on a parameter estimated from all objects: choose another metric")
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


def precomputed(distances: np.ndarray) -> Block:
    """Return the distances as they are."""
    return lambda rows, columns: distances[rows, columns].astype(np.float64)


METRICS: dict[str, Callable[[Any], Block]] = {
    "euclidean": euclidean,
    "shortest_path": shortest_path,
    "hamming": hamming,
    "jaccard": jaccard,
    "gower": gower,
    "levenshtein": levenshtein,
    "dtw": dtw,
    "dtw_band": dtw_band,
    "precomputed": precomputed,
}

OF_KIND: dict[str, tuple[str, tuple[str, ...]]] = {
    "graph": ("vertices", ("shortest_path",)),
    "categories": ("rows of categories", ("hamming", "jaccard")),
    "mixed": ("rows of mixed columns", ("gower",)),
    "strings": ("strings", ("levenshtein",)),
    "distances": ("distances", ("precomputed",)),
}
"""Of the kinds that are no rows of numbers: what the objects are, and the metrics for them."""
NOT_OF_NUMBERS = ("shortest_path", "gower", "levenshtein", "precomputed")
"""Metrics that rows of numbers, points or series, cannot have."""
FRACTIONS = ("euclidean", "l2", "cosine", "correlation", "canberra", "jaccard", "gower", "dtw", "dtw_band")
"""Metrics whose values are no whole numbers as a rule, whatever the data are."""


def check_metric(dataset: Dataset, metric: str) -> None:
    """Raise ValueError if there is no such metric for the objects of a dataset; they are not read for it."""
    if not metric.isidentifier():  # it becomes part of a file name
        raise ValueError(f"metric={metric!r}: not the name of a metric")
    objects, known = OF_KIND.get(dataset.kind, ("rows of numbers", ()))
    if known and metric not in (dataset.metric, *known):
        choice = " or ".join(repr(name) for name in known)
        raise ValueError(f"metric={metric!r}: the objects of {dataset.name} are {objects}, choose {choice}")
    if not known and metric in NOT_OF_NUMBERS:
        raise ValueError(f"metric={metric!r}: the objects of {dataset.name} are {objects}, choose another metric")
    if not known and metric != dataset.metric:
        block = block_function(np.eye(3), metric)
        if metric not in METRICS:  # three columns: a metric of two only, of places on a sphere, fits no points here
            block(slice(0, 3), slice(0, 3))
