"""k-means++ style start: each new medoid at random, the likelier the farther it is from those before. O(kn).

Arthur & Vassilvitskii, "k-means++: the advantages of careful seeding" (2007) [AV07]. k-means minimises squared
distances and draws by them. The loss of k-medoids is the sum of the distances as they are given, so here they are
the weights as they are, as in ELKI; libraries that draw by d^2 are met with `power=2`.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, checked_number, generator


def kmeanspp(distances, k, seed=None, *, power=1.0) -> Clustering:
    """Choose k medoids as k-means++ does.

    Parameters and errors are those of `random_start`, and one more:

    Parameters
    ----------
    power : float, in 1e-3 .. 1e3
        An object is drawn with probability proportional to this power of the distance to its nearest medoid:
        1 for the distance itself, 2 for the rule of k-means.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 0.0, 7.0, 7.0])
    >>> sorted(kmeanspp(np.abs(x[:, None] - x), 2, seed=0).labels.tolist())  # never two at distance 0
    [0, 0, 1, 1]
    """
    problem = Problem.of(distances)
    n, k = problem.n, checked_k(k, problem.n)
    power = checked_number("power", power, 1e-3, 1e3)
    rng = generator(seed)
    medoids = np.empty(k, np.int64)
    medoids[0] = rng.integers(n)
    d_first = problem.distances[medoids[0]].astype(np.float64)
    for t in range(1, k):
        medoids[t] = rng.choice(n, p=weights(d_first, medoids[:t], power))
        np.minimum(d_first, problem.distances[medoids[t]], out=d_first)
    return clustering_of(problem, start_outcome(medoids, 0, k * n))


def weights(d_first: np.ndarray, medoids: np.ndarray, power: float) -> np.ndarray:
    """Probability of every object to be drawn next; all that are no medoids alike if they lie on medoids."""
    farthest = d_first.max()
    if farthest > 0:
        weight = (d_first / farthest) ** power  # divided first: the power of a large distance may overflow
    else:
        weight = np.ones(len(d_first))
        weight[medoids] = 0.0
    return weight / weight.sum()


ALGORITHM = Algorithm(
    __name__, title="k-means++", paper="arthur2007", cost="O(kn)", memory="O(n)", local_optimum=False, seeded=True
)
