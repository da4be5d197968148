"""The nearest medoid of every object, for points from products of matrices. Specification: `clustering.assign`.

The products give every dissimilarity to within a bound (`distance_matrix`). Only medoids that can be the nearest within
these bounds are looked at directly: nearly always one of k. So labels and loss are those of the specification to the
bit, in the time of a BLAS.
"""

import numpy as np

from kmedoids_bench.algorithms.core import clustering
from kmedoids_bench.algorithms.core.distance_matrix import FROM_PRODUCTS, bound_row, products_with, rounding_bounds
from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import named_distance
from kmedoids_bench.algorithms.core.on_demand import OnDemand


def assign(distances, medoids: np.ndarray) -> tuple[np.ndarray, float]:
    """Assign every object to its nearest medoid, O(nk). Result: that of `clustering.assign`."""
    if not isinstance(distances, OnDemand) or callable(distances.metric) or distances.metric not in FROM_PRODUCTS:
        return clustering.assign(distances, medoids)
    coordinates = distances.coordinates
    bounds = rounding_bounds(coordinates.shape[1])
    labels, d_nearest = np.empty(len(coordinates), np.int64), np.empty(len(coordinates))
    for top, products, squares in products_with(coordinates, medoids):
        run(assign_rows, labels, d_nearest, top, products, squares, coordinates, distances.metric, medoids, bounds)
    labels[medoids] = np.arange(len(medoids))
    return labels, float(d_nearest.sum())


@kernel
def assign_rows(labels, d_nearest, top, products, squares, coordinates, metric, medoids, bounds):
    """Find the nearest medoid, ties: the lowest slot, of the objects to which these products belong, from `top` on.

    `squares` are those of the lengths of these objects, and of the medoids.
    """
    k = len(medoids)
    low, high = np.empty(k, np.float32), np.empty(k, np.float32)
    for r in range(len(products)):
        bound_row(low, high, products[r], squares[0][r], squares[1], metric, bounds)
        most = np.float32(np.inf)
        for i in range(k):
            most = min(most, high[i])
        slot, least = 0, np.inf
        for i in range(k):
            if not low[i] > most:  # also where the products overflowed
                d = named_distance(metric, coordinates[medoids[i]], coordinates[top + r])
                if d < least:
                    slot, least = i, d
        labels[top + r], d_nearest[top + r] = slot, least
