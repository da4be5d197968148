"""FastPAM1 on the card, which makes PAM's swaps: the same search as `pam`."""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.gpu.local_search import GpuClustering, local_search


def fastpam1(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with FastPAM1: the swaps of the plain `fastpam1`. Parameters and errors are those of `gpu.pam`."""
    return local_search(distances, medoids, k, start, seed, max_passes, eager=False)


ALGORITHM = Algorithm(
    __name__,
    title="FastPAM1 (GPU)",
    paper="schubert2021",
    cost="O(n²) once, then O(n²/k + nk) a pass on average",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="fastpam1",
)
