"""OneBatchPAM: FasterPAM with sums over one random batch of m = 100 log(kn) objects in place of all. O(nm) a pass.

De Mathelin, Cecchi, Deheeger, Mougeot & Vayatis, "OneBatchPAM: a fast and frugal k-medoids algorithm", AAAI 2025 [M25].
All n objects are candidates, but only the objects of the batch count in the loss, so that the dissimilarities of the
batch to all candidates are all that is needed. They are computed once, as a block of n x m. Three of the paper's
variants are here:

- unif: every object of the batch counts once.
- debias: the same, but no object of the batch is near to itself. Otherwise the objects of the batch would be chosen too
  often, since only they have a distance of zero to one of the objects that count.
- nniw, nearest neighbour importance weighting: an object of the batch counts as often as it is the nearest one in the
  batch to one of the n objects. The paper recommends this one.

LWCS, which draws the batch as a lightweight coreset, is not: the paper finds it worse than the others.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, assign, clustering_of
from kmedoids_bench.algorithms.core.descent import candidate_limit, n_passes_of
from kmedoids_bench.algorithms.core.distance_matrix import FREE_SHARE, free_bytes
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves, loss_changes, removal_loss, total_deviation
from kmedoids_bench.algorithms.core.nearest import Nearest, find_second
from kmedoids_bench.algorithms.core.outcome import Outcome, append, new_log, outcome
from kmedoids_bench.algorithms.core.points import Points, data_of
from kmedoids_bench.algorithms.core.problem import Problem, checked_count, checked_k, checked_max_passes, generator
from kmedoids_bench.algorithms.sampling.best_of import draw_sample

VARIANTS = ("unif", "debias", "nniw")


def onebatchpam(distances, k, *, batch_size=None, variant="nniw", max_passes=None, seed=None) -> Clustering:
    """Cluster with OneBatchPAM: eager swaps from a random start, judged by one batch of the objects.

    Parameters
    ----------
    distances : Points, or array_like of shape (n, n), or Problem
        Points with a dissimilarity that is evaluated when needed; or a matrix, as for `pam`. The n x m dissimilarities
        to the batch are kept, as float32 for points and as float64 for a matrix.
    k : int
        Number of medoids, 1 <= k <= n.
    batch_size : int, optional
        Objects in the batch, by default 100 log(kn), rounded up; n or more is all of them.
    variant : str
        "unif", "debias" or "nniw": how the objects of the batch count.
    max_passes : int, optional
        Passes over the candidates after which the search ends; by default when a full circle brought no swap.
    seed : int or numpy.random.Generator, optional
        Decides every random choice.

    Returns
    -------
    Clustering
        Of all n objects; not a local optimum as a rule, since only the batch was looked at. `losses` are sums over the
        batch, with the weights of the variant. `n_lookups` counts the dissimilarities taken from the data: those of the
        batch to all objects, on which the search then works, and those of the medoids to all objects.

    Raises
    ------
    MemoryError
        If the n x m dissimilarities do not fit into the memory that is free.
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = onebatchpam(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    return search_with_batch(read_block, distances, k, batch_size, variant, max_passes, seed)


def search_with_batch(
    read, distances, k, batch_size, variant, max_passes, seed, assigning: Callable = assign
) -> Clustering:
    """Check the input, draw the batch and the start, search, complete.

    `read(dist, batch, block)` writes the dissimilarities and returns the greatest, as `read_block` does. `assigning` is
    that of `clustering_of`.
    """
    data = data_of(distances)
    k, limit = checked_k(k, data.n), checked_max_passes(max_passes)
    if not isinstance(variant, str) or variant not in VARIANTS:
        raise ValueError(f"variant is {variant!r}, must be one of {VARIANTS}")
    size, rng = size_of_batch(batch_size, data.n, k), generator(seed)
    batch = draw_sample(rng, data.n, size, np.empty(0, np.int64))
    block = weighted_block(read, data, batch, variant)
    start = rng.choice(data.n, k, replace=False)
    found = run(swap_onebatchpam, block, start, limit) if k > 1 else run(swap_single_medoid_of_batch, block, start)
    result = clustering_of(data, Outcome(*found), assigning)
    return replace(result, n_lookups=block.size + data.n * k)


def size_of_batch(batch_size, n: int, k: int) -> int:
    """Return how many objects are drawn, 100 log(kn) for None, but never more than there are."""
    usual = max(1, math.ceil(100 * math.log(k * n)))
    return min(n, usual if batch_size is None else checked_count(batch_size, "batch_size"))


def weighted_block(read, data: Problem | Points, batch: np.ndarray, variant: str) -> np.ndarray:
    """Return the dissimilarities of the batch to all candidates, shape (n, m), as they count in this variant.

    Raises MemoryError if they do not fit into the memory that is free, ValueError if they are too large for float32.
    """
    n, m = data.n, len(batch)
    dtype = np.dtype(np.float32 if isinstance(data, Points) else np.float64)
    free = free_bytes()
    if free is not None and dtype.itemsize * n * m > FREE_SHARE * free:
        raise MemoryError(
            f"the dissimilarities of {n:,} objects to a batch of {m:,} take {dtype.itemsize * n * m / 1e9:.3g} GB, and "
            f"{free / 1e9:.3g} GB of memory are free: batch_size={int(FREE_SHARE * free / (dtype.itemsize * n))} fits"
        )
    block = np.empty((n, m), dtype)
    if run(read, data.distances, batch, block) > np.finfo(dtype).max / n:  # n is the greatest weight
        raise ValueError(f"sums of {n} dissimilarities overflow in {dtype}: divide all coordinates by a constant")
    if variant == "nniw":
        run(weigh_by_nearest, block)
    elif variant == "debias":
        # The paper has infinity. The greatest of the column leads to the same swaps for k > 1, and all sums are finite.
        block[batch, np.arange(m)] = block.max(axis=0)
    return block


@kernel
def read_block(dist, batch, block):
    """Write block[c, j] = d(batch[j], c) for all candidates c, and return the greatest."""
    greatest = 0.0
    for c in range(block.shape[0]):
        if interrupted(c):
            break
        for j in range(len(batch)):
            d = np.float64(dist[c, batch[j]])
            block[c, j] = d
            greatest = max(greatest, d)
    return greatest


@kernel
def weigh_by_nearest(block):
    """Multiply each column by the number of rows in which it has the least entry; ties: the lowest column  [M25]."""
    weights = np.zeros(block.shape[1], block.dtype)
    for o in range(block.shape[0]):
        if interrupted(o):
            break
        weights[np.argmin(block[o])] += 1
    for c in range(block.shape[0]):
        if interrupted(c):
            break
        for j in range(block.shape[1]):
            block[c, j] *= weights[j]


@kernel
def swap_onebatchpam(block, medoids, max_passes):
    """Eager SWAP from the given medoids (at least two), by the loss of the batch  [M25, Algorithm 2].

    The steps are those of `swap_fasterpam`, and it ends like that one. Medoids need not be objects of the batch.
    """
    n, k = block.shape[0], len(medoids)
    medoids, chosen = medoids.copy(), np.zeros(n, np.bool_)
    for m in medoids:
        chosen[m] = True
    near = nearest_of_batch(block, medoids)
    log = new_log(total_deviation(near))
    removal, changes = removal_loss(near, k), np.empty(k)
    tried, end = 0, n  # candidates tried; where a full circle without a swap is complete
    limit, n_evaluations = candidate_limit(n, max_passes), 0
    while tried < min(end, limit):
        if interrupted(tried):
            break
        c = tried % n
        tried += 1
        if chosen[c]:
            continue
        n_evaluations += 1
        shared = loss_changes(block, near, removal, c, changes)
        slot = np.argmin(changes)  # ties: lowest slot
        if changes[slot] + shared < 0:
            new_loss = loss_of_batch_after_swap(block, near, slot, c)
            if improves(new_loss, log.loss):
                log = append(log, medoids[slot], c, new_loss)
                chosen[medoids[slot]], chosen[c] = False, True
                swap_for_batch(block, medoids, near, slot, c)
                removal = removal_loss(near, k)
                end = tried + n
    return outcome(medoids, log, n_passes_of(tried, n), n_evaluations, near.lookups[0])


@kernel
def nearest_of_batch(block, medoids):
    """Return the two nearest medoids of every object of the batch, O(mk). Needs at least two medoids."""
    m = block.shape[1]
    near = Nearest(
        np.zeros(m, np.uint32), np.zeros(m, np.uint32), np.full(m, np.inf), np.full(m, np.inf), np.zeros(1, np.int64)
    )
    for i in range(len(medoids)):
        for o in range(m):
            d = np.float64(block[medoids[i], o])
            if d < near.d_first[o]:
                near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
                near.first[o], near.d_first[o] = i, d
            elif d < near.d_second[o]:
                near.second[o], near.d_second[o] = i, d
    return near


@kernel
def loss_of_batch_after_swap(block, near, slot, candidate):
    """Return the loss of the batch after `candidate` has replaced the medoid in `slot`, O(m)."""
    loss = 0.0
    for o in range(block.shape[1]):
        d = np.float64(block[candidate, o])
        other = near.d_second[o] if near.first[o] == slot else near.d_first[o]
        loss += d if d < other else other
    return loss


@kernel
def swap_for_batch(block, medoids, near, slot, candidate):
    """Replace the medoid in `slot` by `candidate`: update `medoids` and the nearest medoids of the batch.

    As `nearest.swap`, without its case of the candidate itself: column o is not object o, and near to itself only as
    the variant says.
    """
    medoids[slot] = candidate
    for o in range(block.shape[1]):
        d = np.float64(block[candidate, o])
        if near.first[o] == slot:
            if d < near.d_second[o]:  # stays in the slot
                near.d_first[o] = d
            else:  # moves to its second nearest medoid
                near.first[o], near.d_first[o] = near.second[o], near.d_second[o]
                find_second(block, medoids, near, o, slot, d)
        elif d < near.d_first[o]:  # moves to the candidate
            near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, d
        elif d < near.d_second[o]:
            near.second[o], near.d_second[o] = slot, d
        elif near.second[o] == slot:  # its second nearest medoid has gone
            find_second(block, medoids, near, o, slot, d)


@kernel
def swap_single_medoid_of_batch(block, medoids):
    """Move the only medoid to the object that is most central for the batch, unless it is as good already."""
    n, medoids = block.shape[0], medoids.copy()
    losses = np.zeros(n)
    for c in range(n):
        if interrupted(c):
            break
        for o in range(block.shape[1]):
            losses[c] += np.float64(block[c, o])
    log, best = new_log(losses[medoids[0]]), np.argmin(losses)  # ties: lowest index
    if improves(losses[best], log.loss):
        log = append(log, medoids[0], best, losses[best])
        medoids[0] = best
    return outcome(medoids, log, np.int64(1), n - 1, np.int64(0))


ALGORITHM = Algorithm(
    __name__,
    title="OneBatchPAM",
    paper="mathelin2025",
    cost="O(nm) a pass, m = 100 log(kn)",
    memory="O(nm)",
    local_optimum=False,
    seeded=True,
)
