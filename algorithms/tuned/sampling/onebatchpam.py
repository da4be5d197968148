"""OneBatchPAM from points, with the block computed many columns at a time. Specification: `onebatchpam`, to the bit.

Nearly all of its time goes into the dissimilarities of the batch. Here they are computed for `WIDTH` objects of the
batch at once, coordinate by coordinate, in vector registers. The search is the plain one.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.distance_matrix import WIDTH
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import named_row
from kmedoids_bench.algorithms.core.on_demand import OnDemand
from kmedoids_bench.algorithms.sampling.onebatchpam import read_block, search_with_batch


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
    return search_with_batch(read_columns, distances, k, batch_size, variant, max_passes, seed)


def read_columns(dist, batch, block) -> float:
    """Do what `read_block` does, for points with a named dissimilarity many columns at a time."""
    if isinstance(dist, OnDemand) and not callable(dist.metric):
        return named_columns(dist.coordinates, dist.metric, batch, block)
    return read_block(dist, batch, block)


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
