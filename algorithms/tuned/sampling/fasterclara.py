"""FasterCLARA on the tuned FasterPAM. Specification: `fasterclara`, to the bit from the same start medoids.

From points, all objects are assigned to the medoids of a sample by products of matrices, where the metric allows.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_samples
from kmedoids_bench.algorithms.tuned.assignment import assign
from kmedoids_bench.algorithms.tuned.swaps.fasterpam import fasterpam


def fasterclara(
    distances, k, *, n_samples=5, sample_size=None, keep_medoids=True, start="random", seed=None
) -> Clustering:
    """Cluster with FasterCLARA. Parameters, errors and result are those of the plain `fasterclara`.

    `n_lookups` differs: it counts the entries that are read, as for the tuned `fasterpam`. With ``start="build"`` the
    result may differ as well, as there.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fasterclara(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    size = 80 + 4 * k if sample_size is None else sample_size
    return best_of_samples(fasterpam, data, k, start, n_samples, size, keep_medoids, seed, assign)


ALGORITHM = Algorithm(
    __name__,
    title="FasterCLARA (tuned)",
    paper="schubert2021",
    cost="O(s²) a pass, O(nk) a sample, s = 80 + 4k",
    memory="O(s² + n)",
    local_optimum=False,
    same_result_as="fasterclara",
    seeded=True,
)
