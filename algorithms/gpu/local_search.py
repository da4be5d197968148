"""What the public calls on a card have in common: bring the matrix there, choose the start, search, complete."""

from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.local_search import checked_start, choose_start, given_medoids
from kmedoids_bench.algorithms.core.loss import TOLERANCE
from kmedoids_bench.algorithms.core.problem import UNLIMITED, Problem, checked_k, checked_max_passes, generator
from kmedoids_bench.algorithms.gpu.additions import build_medoids
from kmedoids_bench.algorithms.gpu.matrix import Matrix
from kmedoids_bench.algorithms.gpu.nearest import nearest_medoids
from kmedoids_bench.algorithms.gpu.search import Search
from kmedoids_bench.algorithms.gpu.state import FIRST, PASSES, TRIED


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GpuClustering(Clustering):
    """A clustering that was found on a card.

    Losses are those of the fixed-point matrix. They are exact if `n_rounded` is 0: then no entry of the matrix was
    rounded. `n_lookups` is -1, not counted.
    """

    n_rounded: int  # entries of the matrix that fixed point does not represent exactly


def local_search(distances, medoids, k, start, seed, max_passes, *, eager: bool) -> GpuClustering:
    """Search from given or chosen start medoids, for the best swap of a pass or, if `eager`, for any that improves."""
    limit = checked_max_passes(max_passes)
    matrix = Matrix.of(distances)
    n, given = matrix.n, start_medoids(matrix, medoids, k, start, seed)
    if len(given) == 1:
        return _single(matrix, given)
    if eager:
        limit = n * min(limit, UNLIMITED // n)
    search = Search(matrix, given, limit, eager=eager)
    log = search.run()
    if eager:
        tried = int(search.end[TRIED])
        passes, evaluations = -(-tried // n), _evaluated(given, log[0], log[1], n, tried)
    else:
        passes = int(search.end[PASSES])
        evaluations = passes * (n - len(given))
    return clustering_of(matrix, search.medoids.copy_to_host(), log, passes, evaluations)


def start_medoids(matrix: Matrix, medoids, k, start: str, seed) -> np.ndarray:
    """Return the given start medoids, or let `start` choose k of them: specification `core.local_search.start_medoids`.

    Starts other than BUILD and random are those of the processor, to which the matrix then comes back.
    """
    if (given := given_medoids(matrix.n, medoids, k)) is not None:
        return given
    k = checked_k(k, matrix.n)
    if checked_start(start) == "build":
        return build_medoids(matrix, k)
    if start == "random":
        return generator(seed).choice(matrix.n, size=k, replace=False).astype(np.int64)
    return choose_start(Problem(np.asarray(matrix)), k, start, seed, "tuned").medoids


def _evaluated(medoids, removed, added, n: int, tried: int) -> int:
    """Count the candidates that an eager search evaluated: of those it tried, the ones that were no medoids."""
    medoids, position, evaluated = medoids.copy(), 0, 0
    for out, c in zip(removed, added, strict=True):
        ahead = (int(c) - position) % n + 1
        evaluated += ahead - int(np.sum((medoids - position) % n < ahead))
        tried, position = tried - ahead, (int(c) + 1) % n
        medoids[medoids == out] = c
    return evaluated + tried - int(np.sum((medoids - position) % n < tried))


def _single(matrix: Matrix, medoids: np.ndarray) -> GpuClustering:
    """Move the only medoid to the most central object: specification `swap_single_medoid`."""
    best = build_medoids(matrix, 1)
    (_, before), (_, after) = (nearest_medoids(matrix, one) for one in (medoids, best))
    swap = after < before - TOLERANCE * before
    log = tuple(np.array([one] if swap else [], np.int64) for one in (medoids[0], best[0], after))
    return clustering_of(matrix, best if swap else medoids, log, 1, matrix.n - 1)


def clustering_of(matrix: Matrix, medoids, log, passes: int, evaluations: int) -> GpuClustering:
    """Complete what was found, with loss and labels from the card: specification `clustering.clustering_of`.

    `log` has the removed and the added medoids, and the losses, all in fixed point.
    """
    removed, added, losses = log
    near, loss = nearest_medoids(matrix, medoids)
    return GpuClustering(
        medoids=medoids,
        loss=loss / matrix.scale,
        labels=near[FIRST].copy_to_host().astype(np.int64),
        n_swaps=len(added),
        n_passes=passes,
        n_evaluations=evaluations,
        n_lookups=-1,
        swaps=np.column_stack((removed, added)),
        losses=losses / matrix.scale,
        n_rounded=matrix.rounded,
    )
