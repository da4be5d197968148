"""FastCLARA: CLARA with FastPAM1 in place of PAM, and larger samples. O(s^2 + nk) a sample.

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19], and Information Systems 101 (2021) [SR21].
The authors' programs search with FastPAM, several swaps a pass: that is `fastclara2`. Here it is FastPAM1 from BUILD,
so that on equal samples FastCLARA does exactly what CLARA does.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_samples
from kmedoids_bench.algorithms.swaps.fastpam1 import fastpam1


def fastclara(
    distances, k, *, n_samples=5, sample_size=None, keep_medoids=True, start="build", seed=None
) -> Clustering:
    """Cluster with FastCLARA: FastPAM1 on each of some samples, the best of their medoids for all objects.

    Parameters and errors are those of `clara`, except that a sample has 80 + 4k objects by default.

    Returns
    -------
    Clustering
        As from `clara`, and for equal `sample_size` and seed the result of `clara`, about k times faster in the
        samples.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastclara(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    size = 80 + 4 * k if sample_size is None else sample_size
    return best_of_samples(fastpam1, data, k, start, n_samples, size, keep_medoids, seed)


ALGORITHM = Algorithm(
    __name__,
    title="FastCLARA",
    paper="schubert2019",
    cost="O(s²) a pass, O(nk) a sample, s = 80 + 4k",
    memory="O(s² + n)",
    local_optimum=False,
    seeded=True,
)
