"""DynMSC: FasterMSC from the most medoids to the fewest, one less at a time; the k with the largest silhouette.

Lenssen & Schubert, "Medoid silhouette clustering with automatic cluster number selection", Information Systems 120
(2024) 102290 [LS24]: each search but the first starts from the result of the one before, without the medoid that is
missed least. So it needs few swaps, and all k together take less than one FasterMSC for each k.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import search_from, start_medoids
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_count, checked_max_passes, checked_order
from kmedoids_bench.algorithms.silhouettes.fastermsc import swap_fastermsc
from kmedoids_bench.algorithms.silhouettes.ratios import removal_loss, total_ratio
from kmedoids_bench.algorithms.silhouettes.result import SilhouetteClustering, silhouette_clustering_of
from kmedoids_bench.algorithms.silhouettes.three_nearest import three_nearest_medoids


def dynmsc(
    distances, medoids=None, *, k=None, least_k=2, start="random", seed=None, max_passes=None, order=None
) -> SilhouetteClustering:
    """Choose the number of medoids, and cluster, by the mean medoid silhouette with DynMSC.

    Parameters and errors are those of `fasterpam`; `k`, or the number of start medoids, is the largest number that is
    tried, and `max_passes` limits the search for each number. One more:

    Parameters
    ----------
    least_k : int
        The least number of medoids that is tried, at least 2 and at most k. For k = 1, where there is no silhouette,
        the result is the best single medoid.

    Returns
    -------
    SilhouetteClustering
        That of the largest mean medoid silhouette; of equal ones that with the fewest medoids. `by_k` has the
        silhouettes of all numbers. Counters, `swaps` and `losses` are of all searches together, in their order.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1, 2, 3, 4, 40, 41, 42, 43, 44, 90, 91, 92, 93, 94])
    >>> result = dynmsc(np.abs(x[:, None] - x), k=5, seed=0)
    >>> sorted(result.medoids.tolist()), result.k, sorted(result.by_k)
    ([2, 7, 12], 3, [2, 3, 4, 5])
    """
    problem = Problem.of(distances)
    limit, candidates = checked_max_passes(max_passes), checked_order(order, problem.n)
    least = checked_count(least_k, "least_k", 2)
    medoids = start_medoids(problem, medoids, k, start, seed)
    if least > max(2, len(medoids)):
        raise ValueError(f"least_k is {least}, but at most {len(medoids)} medoids are tried: make it less")
    searches = [search_from(swap_fastermsc, problem, medoids, limit, candidates)]
    ends = [end_of(problem, searches[0].medoids)]
    while len(searches[-1].medoids) > least:
        fewer = np.delete(searches[-1].medoids, ends[-1][1])
        searches.append(search_from(swap_fastermsc, problem, fewer, limit, candidates))
        ends.append(end_of(problem, searches[-1].medoids))
    by_k = {len(search.medoids): end[0] for search, end in zip(searches, ends, strict=True)}
    best = min(searches, key=lambda search: (-by_k[len(search.medoids)], len(search.medoids)))
    n_more = sum(problem.n * len(search.medoids) for search in searches if len(search.medoids) > 1)
    return silhouette_clustering_of(problem, together(searches, best.medoids, n_more), by_k)


def end_of(problem: Problem, medoids: np.ndarray) -> tuple[float, int]:
    """Return the mean medoid silhouette at the end of a search, and the slot of the medoid that is missed least."""
    if len(medoids) == 1:
        return 0.0, 0
    loss, slot = run(least_missed, problem.distances, medoids)
    return 1.0 - loss / problem.n, slot


@kernel
def least_missed(dist, medoids):
    """Return the loss, and the slot of the medoid without which it grows least; ties: lowest slot. O(nk)."""
    near = three_nearest_medoids(dist, medoids)
    return total_ratio(near), np.argmin(removal_loss(near, len(medoids)))


def together(searches: list[Outcome], medoids: np.ndarray, n_more: int) -> Outcome:
    """Return what all searches took, and `n_more` look-ups, with the medoids of one of them."""
    return Outcome(
        medoids,
        *(np.concatenate([getattr(search, name) for search in searches]) for name in ("removed", "added", "losses")),
        n_passes=sum(search.n_passes for search in searches),
        n_evaluations=sum(search.n_evaluations for search in searches),
        n_lookups=sum(search.n_lookups for search in searches) + n_more,
    )


ALGORITHM = Algorithm(
    __name__,
    title="DynMSC",
    paper="lenssen2024",
    cost="O(n²) a pass, for each k",
    memory="O(n + k)",
    local_optimum=True,
    single_swaps=False,
    chooses_k=True,
)
