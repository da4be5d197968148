"""Alternate refinement: any start, and then alternating steps until they bring nothing more."""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.local_search import choose_start, search_from
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_max_passes
from kmedoids_bench.algorithms.swaps.alternating import swap_alternating


def alternate_refinement(distances, k, seed=None, *, start="random", max_passes=None) -> Clustering:
    """Choose k medoids with another start and refine them.

    Parameters and errors are those of `alternating`. The result is a start like the others, without a log of what
    changed; its counters include those of the start that was refined.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> alternate_refinement(np.abs(x[:, None] - x), 2, start="build").medoids.tolist()
    [1, 4]
    """
    problem = Problem.of(distances)
    limit = checked_max_passes(max_passes)
    first = choose_start(problem, k, start, seed)
    refined = search_from(swap_alternating, problem, first.medoids, limit)
    n_evaluations = first.n_evaluations + refined.n_evaluations
    n_lookups = first.n_lookups + refined.n_lookups
    return clustering_of(problem, start_outcome(refined.medoids, n_evaluations, n_lookups))


ALGORITHM = Algorithm(
    __name__,
    title="alternate refinement",
    paper="maranzana1964",
    cost="that of the start and of Alternating",
    memory="O(n)",
    local_optimum=False,
    seeded=True,
)
