"""GreedyG: BUILD, and after each new medoid all medoids move to the centres of their clusters. O(kn^2).

Captivo, "Fast primal and dual heuristics for the p-median location problem" (1991) [C91]: after an addition the
medoid of each changed partition is chosen again. A partition that did not change keeps its medoid, so these are
alternating steps; they are repeated here until no partition changes.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted_now, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.nearest import nearest_medoids
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import UNLIMITED, Problem, checked_k
from kmedoids_bench.algorithms.core.single_medoid import most_central
from kmedoids_bench.algorithms.starts.build import best_addition
from kmedoids_bench.algorithms.swaps.alternating import swap_alternating


def greedy_g(distances, k) -> Clustering:
    """Choose k medoids with GreedyG. Parameters and errors are those of `build`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> greedy_g(np.abs(x[:, None] - x), 2).medoids.tolist()
    [1, 4]
    """
    problem = Problem.of(distances)
    found = run(greedy_g_medoids, problem.distances, checked_k(k, problem.n), UNLIMITED)
    return clustering_of(problem, start_outcome(*found))


@kernel
def greedy_g_medoids(dist, k, max_passes):
    """GreedyG, with at most `max_passes` alternating steps after each addition  [C91]. Ties as in BUILD."""
    n = dist.shape[0]
    medoids = np.empty(k, np.int64)
    medoids[0], _ = most_central(dist)
    d_first = dist[medoids[0]].astype(np.float64)
    n_evaluations, n_lookups = n, n * n + n
    for t in range(1, k):
        chosen = np.zeros(n, np.bool_)
        chosen[medoids[:t]] = True
        medoids[t] = best_addition(dist, chosen, d_first)
        if interrupted_now():
            break
        refined, _, _, _, _, evaluations, lookups = swap_alternating(dist, medoids[: t + 1], max_passes)
        medoids[: t + 1] = refined
        d_first = nearest_medoids(dist, refined).d_first
        n_evaluations += n - t + evaluations
        n_lookups += (n - t) * n + lookups + n * (t + 1)
    return medoids, n_evaluations, n_lookups


ALGORITHM = Algorithm(
    __name__,
    title="GreedyG",
    paper="captivo1991",
    cost="O(kn²), and the alternating steps",
    memory="O(n)",
    local_optimum=False,
)
