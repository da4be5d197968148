"""The result of these algorithms, and what their public calls share."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.local_search import search_from, start_medoids
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_max_passes


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SilhouetteClustering(Clustering):
    """A clustering that was found by its medoid silhouettes.

    `loss` is the total deviation, as of every clustering. But `losses`, after each swap, are what the search lowers:
    the sum of the ratios d1 / d2, which is n (1 - mean medoid silhouette). One medoid has no silhouettes: for k = 1
    they are the total deviation.
    """

    mean_silhouette: float  # mean medoid silhouette, 0 .. 1; 0 for k = 1
    by_k: Mapping[int, float]  # the mean medoid silhouette that was reached with each number of medoids tried

    def __repr__(self) -> str:
        return f"{Clustering.__repr__(self)[:-1]}, mean_silhouette={self.mean_silhouette:.3f})"


def silhouette_search(swap_kernel, distances, medoids, k, start, seed, max_passes, *parameters) -> SilhouetteClustering:
    """Run `swap_kernel(dist, medoids, max_passes, *parameters)` from given or chosen start medoids."""
    problem = Problem.of(distances)
    limit = checked_max_passes(max_passes)
    first = start_medoids(problem, medoids, k, start, seed)
    return silhouette_clustering_of(problem, search_from(swap_kernel, problem, first, limit, *parameters))


def silhouette_clustering_of(problem: Problem, outcome: Outcome, by_k=None) -> SilhouetteClustering:
    """Complete the outcome of a kernel: loss and labels, and the silhouette unless it is in `by_k`, O(nk)."""
    plain = clustering_of(problem, outcome)
    if by_k is None:
        by_k = {plain.k: plain.medoid_silhouette(problem) if plain.k > 1 else 0.0}
    values = {field.name: getattr(plain, field.name) for field in fields(plain)}
    return SilhouetteClustering(**values, mean_silhouette=by_k[plain.k], by_k=by_k)
