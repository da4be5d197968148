"""OneBatchPAM with the block computed as `distance_matrix` computes. Specification: `onebatchpam`, to the bit.

Nearly all of its time goes into the dissimilarities of the batch. Here they come from products of matrices where the
metric allows, else they are computed for `WIDTH` objects of the batch at once. So do those of the medoids, in the end.
The search is the plain one.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.distance_matrix import (
    FROM_PRODUCTS,
    WIDTH,
    bound_row,
    products_with,
    rounding_bounds,
)
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import named_distance, named_row
from kmedoids_bench.algorithms.core.on_demand import OnDemand
from kmedoids_bench.algorithms.sampling.onebatchpam import read_block, search_with_batch
from kmedoids_bench.algorithms.tuned.assignment import assign


def onebatchpam(distances, k, *, batch_size=None, variant="nniw", max_passes=None, seed=None) -> Clustering:
    """Cluster with OneBatchPAM. Parameters, errors and result are those of the plain `onebatchpam`.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = onebatchpam(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    return search_with_batch(read_columns, distances, k, batch_size, variant, max_passes, seed, assign)


def read_columns(dist, batch, block) -> float:
    """Do what `read_block` does, for points with a named dissimilarity many columns at a time."""
    if not isinstance(dist, OnDemand) or callable(dist.metric):
        return read_block(dist, batch, block)
    if dist.metric in FROM_PRODUCTS and block.dtype == np.float32:
        return read_products(dist.coordinates, dist.metric, batch, block)
    return named_columns(dist.coordinates, dist.metric, batch, block)


def read_products(coordinates: np.ndarray, metric: int, batch: np.ndarray, block: np.ndarray) -> float:
    """Write Euclidean distances, their squares or cosines to `block`, from products, and return the greatest."""
    bounds, greatest = rounding_bounds(coordinates.shape[1]), 0.0
    for top, products, squares in products_with(coordinates, batch):
        found = run(round_rows, block, top, products, squares, coordinates, metric, batch, bounds)
        greatest = max(greatest, found)
    return greatest


@kernel
def round_rows(block, top, products, squares, coordinates, metric, batch, bounds):
    """Fill the rows of the block to which these products belong, the first one being `top`; return the greatest.

    `squares` are those of the lengths of these rows, and of the batch.
    """
    m, greatest = len(batch), np.float32(0)
    low, high = np.empty(m, np.float32), np.empty(m, np.float32)
    for r in range(len(products)):
        bound_row(low, high, products[r], squares[0][r], squares[1], metric, bounds)
        for j in range(m):
            if low[j] != high[j]:
                low[j] = named_distance(metric, coordinates[top + r], coordinates[batch[j]])
            block[top + r, j] = low[j]
            greatest = max(greatest, low[j])
    return greatest


@kernel
def named_columns(coordinates, metric, batch, block):
    """Write the named dissimilarities of the batch to all objects to `block`, and return the greatest."""
    buffer, greatest = np.empty(WIDTH), 0.0
    for left in range(0, len(batch), WIDTH):
        others = np.ascontiguousarray(coordinates[batch[left : left + WIDTH]].T)
        entries = buffer[: others.shape[1]]
        for c in range(block.shape[0]):
            if interrupted(c):
                break
            named_row(metric, coordinates[c], others, entries)
            for j in range(len(entries)):
                block[c, left + j] = entries[j]
                greatest = max(greatest, entries[j])
    return greatest


ALGORITHM = Algorithm(
    __name__,
    title="OneBatchPAM (tuned)",
    paper="mathelin2025",
    cost="O(nm) a pass, m = 100 log(kn)",
    memory="O(nm)",
    local_optimum=False,
    same_result_as="onebatchpam",
    seeded=True,
)
