"""FasterCLARA: CLARA with FasterPAM in place of PAM, from random starts, and larger samples. O(s^2 + nk) a sample.

Schubert & Rousseeuw, "Fast and eager k-medoids clustering", Information Systems 101 (2021) [SR21].
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_samples
from kmedoids_bench.algorithms.swaps.fasterpam import fasterpam


def fasterclara(
    distances, k, *, n_samples=5, sample_size=None, keep_medoids=True, start="random", seed=None
) -> Clustering:
    """Cluster with FasterCLARA: FasterPAM on each of some samples, the best of their medoids for all objects.

    Parameters and errors are those of `clara`, except that a sample has 80 + 4k objects by default and the start
    within it is random. The best medoids kept in the next sample are candidates there like all others.

    Returns
    -------
    Clustering
        As from `clara`.

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
    return best_of_samples(fasterpam, data, k, start, n_samples, size, keep_medoids, seed)


ALGORITHM = Algorithm(
    __name__,
    title="FasterCLARA",
    paper="schubert2021",
    cost="O(s²) a pass, O(nk) a sample, s = 80 + 4k",
    memory="O(s² + n)",
    local_optimum=False,
    seeded=True,
)
