"""BUILD with maintained gains: the same medoids as `build`, O(n^2 log k) on average in place of O(kn^2).

The start that belongs to `resende_werneck`, and the same idea: Resende & Werneck (2007) [RW07]. BUILD asks in every
step by how much each candidate would lower the loss, A_c, and computes it from all n objects. The t-th medoid comes
nearer to about n/t of them; only their shares in A change.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k
from kmedoids_bench.algorithms.core.single_medoid import most_central


def build_gains(distances, k) -> Clustering:
    """Choose BUILD's k medoids. Parameters and errors are those of `build`.

    Where two candidates gain equally much up to rounding, the two may take different ones. An asymmetric matrix
    is copied once (`Problem.by_object`).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> build_gains(np.abs(x[:, None] - x), 2).medoids.tolist()
    [2, 4]
    """
    problem = Problem.of(distances)
    k = checked_k(k, problem.n)
    return clustering_of(problem, start_outcome(*run(build_gains_medoids, problem.distances, k, problem.by_object)))


@kernel
def build_gains_medoids(dist, k, by_object):
    """BUILD with A_c kept from step to step; by_object[o, c] = dist[c, o]  [RW07]. Ties: lowest index."""
    n = dist.shape[0]
    medoids = np.empty(k, np.int64)
    medoids[0], _ = most_central(dist)
    d_first = dist[medoids[0]].astype(np.float64)
    changes = np.zeros(n)
    for o in range(n):
        if interrupted(o):
            break
        move_share(by_object[o], 0.0, d_first[o], changes)  # at distance 0 an object has no share yet
    changes[medoids[0]] = np.inf  # chosen
    n_moves = n
    for t in range(1, k):
        medoids[t] = np.argmin(changes)
        changes[medoids[t]] = np.inf
        for o in range(n):
            if interrupted(o):
                break
            d = np.float64(dist[medoids[t], o])
            if d < d_first[o]:
                move_share(by_object[o], d_first[o], d, changes)
                d_first[o] = d
                n_moves += 1
    n_evaluations = k * n - k * (k - 1) // 2  # n - t for each t
    return medoids, n_evaluations, (n + k + n_moves) * n


@kernel
def move_share(row, d_old, d_new, changes):
    """Change A for all candidates: an object with this row is now d_new from its medoid, no longer d_old; O(n)."""
    for c in range(len(row)):
        d = np.float64(row[c])
        changes[c] += ((d if d < d_new else d_new) - d_new) - ((d if d < d_old else d_old) - d_old)


ALGORITHM = Algorithm(
    __name__,
    title="BUILD (maintained gains)",
    paper="resende2007",
    cost="O(n² log k) on average",
    memory="O(n)",
    local_optimum=False,
    same_result_as="build",
)
