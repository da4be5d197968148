"""PAM, FastPAM1 and FasterPAM on one card: the swaps of the plain kernels."""

from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.loss import TOLERANCE
from kmedoids_bench.algorithms.core.problem import UNLIMITED, checked_k, checked_max_passes, checked_medoids
from kmedoids_bench.algorithms.gpu.device import require_card
from kmedoids_bench.algorithms.gpu.matrix import Matrix, medoid_rows
from kmedoids_bench.algorithms.gpu.search import Search
from kmedoids_bench.algorithms.gpu.starts import choose
from kmedoids_bench.algorithms.gpu.state import LOSS, PASSES, TRIED


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GpuClustering(Clustering):
    """A clustering that was found on a card.

    Losses are those of the fixed-point matrix. They are exact if `n_rounded` is 0: then no entry of the matrix was
    rounded. `n_lookups` is -1, not counted.
    """

    n_rounded: int  # entries of the matrix that fixed point does not represent exactly


def pam(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with PAM: the swaps of the plain `pam`.

    Parameters and errors are those of the plain one, except for what follows.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem, or Matrix
        As for `Matrix.of`: on the host, in a file, or on the card.
    start : str
        "build" or "random", if no start medoids are given.

    Raises
    ------
    NoCard
        If there is no CUDA device, or the matrix does not fit on it.
    """
    return _search(distances, medoids, k, start, seed, max_passes, eager=False)


def fastpam1(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with FastPAM1, which makes PAM's swaps: the same as `pam`."""
    return _search(distances, medoids, k, start, seed, max_passes, eager=False)


def fasterpam(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None) -> GpuClustering:
    """Cluster with FasterPAM: the swaps of the plain `fasterpam`. Parameters and errors are those of `pam`."""
    return _search(distances, medoids, k, start, seed, max_passes, eager=True)


def _search(distances, medoids, k, start, seed, max_passes, *, eager: bool) -> GpuClustering:
    require_card()
    limit = checked_max_passes(max_passes)
    matrix = Matrix.of(distances)
    n = matrix.n
    if medoids is None:
        if k is None:
            raise TypeError("neither medoids nor k is given: pass start medoids, or their number k=...")
        given = choose(matrix, checked_k(k, n), start, seed)
    else:
        given = checked_medoids(medoids, n)
        if k is not None and checked_k(k, n) != len(given):
            raise ValueError(f"k is {k}, but {len(given)} start medoids are given: leave k out")
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
    final = search.medoids.copy_to_host()
    return _clustering(matrix, final, int(search.end[LOSS]), log, passes, evaluations)


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
    best = choose(matrix, 1, "build", None)
    before, after = (int(medoid_rows(matrix, one).sum(dtype=np.int64)) for one in (medoids, best))
    swap = after < before - TOLERANCE * before
    log = tuple(np.array([one] if swap else [], np.int64) for one in (medoids[0], best[0], after))
    return _clustering(matrix, best if swap else medoids, after if swap else before, log, 1, matrix.n - 1)


def _clustering(matrix: Matrix, medoids, loss: int, log, passes: int, evaluations: int) -> GpuClustering:
    removed, added, losses = log
    labels = medoid_rows(matrix, medoids).argmin(axis=0)
    labels[medoids] = np.arange(len(medoids))
    return GpuClustering(
        medoids=medoids,
        loss=loss / matrix.scale,
        labels=labels,
        n_swaps=len(added),
        n_passes=passes,
        n_evaluations=evaluations,
        n_lookups=-1,
        swaps=np.column_stack((removed, added)),
        losses=losses / matrix.scale,
        n_rounded=matrix.rounded,
    )
