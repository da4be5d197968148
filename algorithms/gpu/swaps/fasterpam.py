"""FasterPAM on the card, on maintained gains: all candidates are looked at together, the next that improves is taken.

Specification: `fasterpam`; the kernels are in `search` and `gains`.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.gpu.local_search import GpuClustering, local_search


def fasterpam(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with FasterPAM: the swaps of the plain `fasterpam`. Parameters and errors are those of `gpu.pam`."""
    return local_search(distances, medoids, k, start, seed, max_passes, eager=True)


ALGORITHM = Algorithm(
    __name__,
    title="FasterPAM (GPU)",
    paper="schubert2021",
    cost="O(n²) once, then O(n²/k + nk) a swap on average",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="fasterpam",
)
