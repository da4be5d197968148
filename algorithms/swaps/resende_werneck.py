"""PAM's swaps with maintained gains: what FastPAM1 computes anew in each pass is kept. O(n^2/k + nk) a pass.

Resende & Werneck, "A fast swap-based local search procedure for location problems", Annals of Operations Research
150 (2007) [RW07], for the p-median problem; after Whitaker's fast interchange (1983). In the notation of FastPAM1

    dTD(i, c) = R_i + A_c + B_ic        (there: loss, gain with the opposite sign, extra)

each object o adds to A_c and B_ic a share that depends on d(o, c) and on its nearest and second nearest medoid
alone. A and B are filled once, in O(n^2). A swap changes the medoids of about 2n/k objects; for these the old share
is taken out and the new one put in, for all candidates at once: o reads its own row of the matrix and touches A and
one row of B. R is O(n) and computed anew.

What is added and taken out again leaves rounding errors behind. A swap is accepted, as everywhere, on the loss
summed anew; and before the search ends, FastPAM1's full scan has to agree that no swap is left. If it finds one,
that one is made and the tables are filled afresh. Where all sums are exact, it finds none.
"""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, loss_if_better, make_swap
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import comes_before, removal_loss
from kmedoids_bench.algorithms.core.nearest import Nearest, is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.problem import Problem
from kmedoids_bench.algorithms.swaps.fastpam1 import best_swap as best_swap_by_scan


class Gains(NamedTuple):
    """What all objects together contribute to the change of the loss, for every candidate c and slot i."""

    shared: np.ndarray  # float64, shape (n,): A_c
    extra: np.ndarray  # float64, shape (k, n): B_ic


def resende_werneck(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> Clustering:
    """Cluster with Resende & Werneck's local search: the same sequence of swaps as `pam`.

    Parameters and errors are those of `pam`. The tables need 8nk bytes. The search reads the matrix by object,
    d(o, c) for all c at once, so an asymmetric one is copied once (`Problem.by_object`).

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Where two swaps are equally good up to rounding, the two
        may take different ones. `n_evaluations` counts a candidate once in every pass and once more in each
        full scan that confirms the end; `n_lookups` shows what the tables save.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = resende_werneck(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), result.n_swaps, result.n_passes
    ([1, 4], 1, 2)
    """
    problem = Problem.of(distances)
    return local_search(swap_resende_werneck, problem, medoids, k, start, seed, max_passes, problem.by_object)


@kernel
def swap_resende_werneck(dist, medoids, max_passes, by_object):
    """SWAP with maintained gains from the given medoids (at least two); by_object[o, c] = dist[c, o]  [RW07]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    gains = fill(by_object, near, k)
    n_passes, n_scans = 0, 0
    while n_passes < max_passes:
        n_passes += 1
        change, slot, candidate = best_swap(medoids, near, gains)
        new_loss = loss_if_better(dist, near, log.loss, change, slot, candidate)
        if new_loss == log.loss:  # the end, unless the tables are wrong
            n_scans += 1
            change, slot, candidate = best_swap_by_scan(dist, medoids, near)
            new_loss = loss_if_better(dist, near, log.loss, change, slot, candidate)
            if new_loss == log.loss:
                break
            gains = fill(by_object, near, k)
        before = Nearest(near.first.copy(), near.second, near.d_first.copy(), near.d_second.copy(), near.lookups)
        log = make_swap(dist, medoids, near, log, slot, candidate, new_loss)
        update(by_object, before, near, gains)
    return outcome(medoids, log, n_passes, (n_passes + n_scans) * (n - k), near.lookups[0])


@kernel
def best_swap(medoids, near, gains):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O(nk)."""
    removal = removal_loss(near, len(medoids))
    best, slot, candidate = np.inf, -1, len(near.first)  # none yet: behind all candidates
    for i in range(len(medoids)):  # outside, since B lies in memory by slot
        for c in range(len(gains.shared)):
            if is_medoid(medoids, near.first, c):
                continue
            change = removal[i] + gains.shared[c] + gains.extra[i, c]
            if comes_before(change, c, best, candidate):
                best, slot, candidate = change, i, c
    return best, slot, candidate


@kernel
def fill(by_object, near, k):
    """Fill the tables from scratch, O(n^2)."""
    n = len(near.first)
    near.lookups[0] += n * n
    gains = Gains(np.zeros(n), np.zeros((k, n)))
    for o in range(n):
        if interrupted(o):
            break
        add_share(by_object, near, o, 1.0, gains)
    return gains


@kernel
def update(by_object, before, near, gains):
    """Replace the shares of the objects that have other medoids, or other distances to them, than before a swap.

    O(n) for each such object, about 2n/k of them.
    """
    for o in range(len(near.first)):
        if interrupted(o):
            break
        if (
            near.first[o] != before.first[o]
            or near.d_first[o] != before.d_first[o]
            or near.d_second[o] != before.d_second[o]
        ):
            add_share(by_object, before, o, -1.0, gains)
            add_share(by_object, near, o, 1.0, gains)
            near.lookups[0] += 2 * len(near.first)


@kernel
def add_share(by_object, near, o, sign, gains):
    """Add the share of object o to A and B for all candidates, or take it out (sign -1); O(n)."""
    row, d_first, d_second = by_object[o], near.d_first[o], near.d_second[o]
    extra = gains.extra[near.first[o]]
    for c in range(len(row)):
        d = np.float64(row[c])
        new = d if d > d_first else d_first  # distance to the candidate, or to the medoid if that is farther
        gains.shared[c] += sign * ((d if d < d_first else d_first) - d_first)
        extra[c] += sign * ((new if new < d_second else d_second) - d_second)


ALGORITHM = Algorithm(
    __name__,
    title="Resende & Werneck",
    paper="resende2007",
    cost="O(n²) once, then O(n²/k + nk) a pass on average",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="pam",
)
