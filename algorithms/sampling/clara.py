"""CLARA: PAM on small samples; of the medoids found, those that are best for all objects. O(ks^2 + nk) a sample.

Kaufman & Rousseeuw, "Finding Groups in Data" (1990), ch. 3 [KR90]. s is the size of a sample, and ks^2 the cost of a
pass of PAM over it. Neither the time nor the memory knows n^2.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_samples
from kmedoids_bench.algorithms.swaps.pam import pam


def clara(distances, k, *, n_samples=5, sample_size=None, keep_medoids=True, start="build", seed=None) -> Clustering:
    """Cluster with CLARA: PAM on each of some samples, the best of their medoids for all objects.

    Parameters
    ----------
    distances : Points, or array_like of shape (n, n), or Problem
        Points with a dissimilarity that is evaluated when needed; or a matrix, as for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.
    n_samples : int
        Number of samples.
    sample_size : int, optional
        Objects in a sample, at least k, by default 40 + 2k; n or more is all of them.
    keep_medoids : bool
        Whether each sample after the first contains the best medoids found so far.
    start : str
        Name of the start within a sample, one of the registered starts.
    seed : int or numpy.random.Generator, optional
        Decides every random choice.

    Returns
    -------
    Clustering
        Of all n objects, the best one over all samples; not a local optimum as a rule. `swaps` and `losses` are
        those of the search in its sample, the losses sums over that sample. `n_passes` and `n_evaluations` count
        the searches in all samples, and `n_lookups` the dissimilarities taken from the data: the matrix of each
        sample, which the search then works on, and those between its medoids and all objects.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = clara(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    size = 40 + 2 * k if sample_size is None else sample_size
    return best_of_samples(pam, data, k, start, n_samples, size, keep_medoids, seed)


ALGORITHM = Algorithm(
    __name__,
    title="CLARA",
    paper="kaufman1990",
    cost="O(ks²) a pass, O(nk) a sample, s = 40 + 2k",
    memory="O(s² + n)",
    local_optimum=False,
    seeded=True,
)
