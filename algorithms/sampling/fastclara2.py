"""FastCLARA as its authors run it: CLARA with FastPAM2 from LAB in place of PAM. O(s^2 + nk) a sample.

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19]. Their program of 2019 starts from LAB, that of
2020 from random medoids. `fastclara` is the form whose result is CLARA's.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_samples
from kmedoids_bench.algorithms.swaps.fastpam2 import fastpam2


def fastclara2(distances, k, *, n_samples=5, sample_size=None, keep_medoids=True, start="lab", seed=None) -> Clustering:
    """Cluster with FastCLARA and FastPAM2 on each of some samples, the best of their medoids for all objects.

    Parameters and errors are those of `clara`, except that a sample has 80 + 4k objects by default and that the start
    within it is LAB; "random" is the other one of the authors.

    Returns
    -------
    Clustering
        As from `clara`.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastclara2(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    size = 80 + 4 * k if sample_size is None else sample_size
    return best_of_samples(fastpam2, data, k, start, n_samples, size, keep_medoids, seed)


ALGORITHM = Algorithm(
    __name__,
    title="FastCLARA (FastPAM2)",
    paper="schubert2019",
    cost="O(s²) a pass, O(nk) a sample, s = 80 + 4k",
    memory="O(s² + n)",
    local_optimum=False,
    seeded=True,
)
