"""PAM on the card, on maintained gains [RW07]. Specification: `pam`; the kernels are in `search` and `gains`."""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.gpu.local_search import GpuClustering, local_search


def pam(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with PAM: the swaps of the plain `pam`.

    Parameters and errors are those of the plain one; `distances` may be a `gpu.Matrix`, or what `gpu.Matrix.of` takes.

    Raises
    ------
    NoCard
        If there is no CUDA device.
    MemoryError
        If the matrix or the tables of the search do not fit on it; the message says what would.
    """
    return local_search(distances, medoids, k, start, seed, max_passes, eager=False)


ALGORITHM = Algorithm(
    __name__,
    title="PAM (GPU)",
    paper="resende2007",
    cost="O(n²) once, then O(n²/k + nk) a pass on average",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="pam",
)
