"""BUILD on the card. Specification: `build`; the kernels are in `additions`."""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.gpu.additions import build_medoids
from kmedoids_bench.algorithms.gpu.local_search import GpuClustering, clustering_of
from kmedoids_bench.algorithms.gpu.matrix import Matrix


def build(distances, k) -> GpuClustering:
    """Choose k medoids with BUILD: those of the plain `build`.

    Parameters and errors are those of the plain one; `distances`, and what goes wrong with a card, as for
    `gpu.Matrix.of`.
    """
    matrix = Matrix.of(distances)
    n, k = matrix.n, checked_k(k, matrix.n)
    medoids = build_medoids(matrix, k)
    no_swaps = (np.empty(0, np.int64),) * 3
    return clustering_of(matrix, medoids, no_swaps, 0, k * n - k * (k - 1) // 2)


ALGORITHM = Algorithm(
    __name__,
    title="BUILD (GPU)",
    paper="resende2007",
    cost="O(n² log k) on average",
    memory="O(n)",
    local_optimum=False,
    same_result_as="build",
)
