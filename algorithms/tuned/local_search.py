"""What the public calls of the swap algorithms with threads have in common; as `algorithms.local_search`."""

from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.local_search import search_from, start_medoids
from kmedoids_bench.algorithms.core.outcome import UNLIMITED
from kmedoids_bench.algorithms.core.problem import Problem, checked_max_passes
from kmedoids_bench.algorithms.tuned.threads import Threads


def local_search(swap_kernel, distances, medoids, k, start, seed, max_passes, threads, *parameters) -> Clustering:
    """Run `swap_kernel(dist, medoids, max_passes, threads, *parameters)` from given or chosen start medoids.

    The kernel gets `threads` as `Threads` gives them.
    """
    problem = Problem.of(distances)
    limit = checked_max_passes(max_passes, UNLIMITED)
    first = start_medoids(problem, medoids, k, start, seed)
    with Threads(threads, problem.n) as several:
        search = search_from(swap_kernel, problem, first, limit, several, *parameters)
    return clustering_of(problem, search)
