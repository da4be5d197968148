"""What the public calls of the sampling algorithms have in common: data, samples, searches, the best of them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kmedoids_bench.algorithms.core.clustering import Clustering, assign, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import checked_start
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.points import Points
from kmedoids_bench.algorithms.core.problem import Problem, checked_choice, checked_count, generator, unchecked_problem
from kmedoids_bench.algorithms.core.registry import algorithms


def best_of_samples(
    search,
    data: Problem | Points,
    k: int,
    start: str,
    n_samples,
    sample_size,
    keep_medoids: bool,
    seed,
    assigning: Callable = assign,
) -> Clustering:
    """CLARA: search in each of some samples, return the clustering of all objects with the least loss.

    `search(problem, k=k, start=start, seed=rng)` is one of the swap algorithms. Its sample is in the order of the
    data, so ties fall as they do in the data. `assigning` is `clustering.assign`, or a faster form of it.
    """
    n_samples = checked_count(n_samples, "n_samples")
    size = min(checked_count(sample_size, "sample_size", k), data.n)
    keep_medoids, rng = checked_choice(keep_medoids, "keep_medoids"), generator(seed)
    if size == data.n and not algorithms()[checked_start(start)].seeded:
        n_samples = 1  # the others would only repeat it
    best = None
    for _ in range(n_samples):
        kept = best.medoids if keep_medoids and best is not None else np.empty(0, np.int64)
        sample = draw_sample(rng, data.n, size, kept)
        result = search(unchecked_problem(run(submatrix, data.distances, sample)), k=k, start=start, seed=rng)
        medoids = sample[result.medoids]
        labels, loss = assigning(data.distances, medoids)
        result = replace(
            result,
            medoids=medoids,
            loss=loss,
            labels=labels,
            n_lookups=size * size + data.n * k,
            swaps=sample[result.swaps],
        )
        best = better(best, result)
    assert best is not None
    return best


def draw_sample(rng: np.random.Generator, n: int, size: int, kept: np.ndarray) -> np.ndarray:
    """Draw `size` of n objects, `kept` and others, every set of others equally likely; int64, ascending."""
    others = rng.choice(n - len(kept), size - len(kept), replace=False)
    for m in np.sort(kept):  # from a place among the objects that are not kept to a place among all
        others[others >= m] += 1
    return np.sort(np.concatenate((kept, others)))


@kernel
def submatrix(dist, objects):
    """Copy the rows and columns of some objects; float64, so that points and their matrix give the same."""
    part = np.empty((len(objects), len(objects)))
    for i in range(len(objects)):
        if interrupted(i):
            break
        for j in range(len(objects)):
            part[i, j] = dist[objects[i], objects[j]]
    return part


def best_of_searches(swap_kernel, data: Problem | Points, k: int, n_local, limit: int, seed) -> Clustering:
    """CLARANS: search from several random starts, return the clustering with the least loss.

    `swap_kernel(dist, medoids, limit, rng)` draws its swaps and ends after `limit` failures in a row.
    """
    n_local = checked_count(n_local, "n_local")
    rng = generator(seed)
    best = None
    for _ in range(n_local):
        start = rng.choice(data.n, k, replace=False)
        outcome = Outcome(*run(swap_kernel, data.distances, start, limit if k < data.n else 0, rng))
        result = clustering_of(data, outcome)
        best = better(best, replace(result, n_lookups=result.n_lookups + data.n * k))
    assert best is not None
    return best


def better(best: Clustering | None, result: Clustering) -> Clustering:
    """Return the clustering with less loss, the first if equal, with the sums of the counters of both."""
    if best is None:
        return result
    return replace(
        result if result.loss < best.loss else best,
        n_passes=best.n_passes + result.n_passes,
        n_evaluations=best.n_evaluations + result.n_evaluations,
        n_lookups=best.n_lookups + result.n_lookups,
    )
