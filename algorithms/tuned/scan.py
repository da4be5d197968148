"""What every swap of a candidate would change, from scratch: `loss.loss_changes` and `fastpam1.best_swap`, faster.

Layout. Eight candidates are evaluated side by side, one in each lane of a vector register, so that no branch is left
(`lanes.add_square`); what depends on the slot is kept slot by slot, eight candidates in a row. Groups of eight are
shared out among threads. A candidate's sums are made in the order of the objects: they are those of the plain kernel,
to the bit.
"""

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.kernel import kernel, parallel
from kmedoids_bench.algorithms.nearest import is_medoid
from kmedoids_bench.algorithms.tuned.lanes import SQUARE, add_square


@kernel
def add_one(d, near, o, changes, place):
    """Add what object o contributes to B, at distance d from the candidate; return what it contributes to A."""
    d_first, d_second = near.d_first[o], near.d_second[o]
    new = d if d > d_first else d_first
    changes[place] += (new if new < d_second else d_second) - d_second
    return (d if d < d_first else d_first) - d_first


@kernel
def loss_changes_of_eight(dist, near, removal, candidates, changes, shared):
    """Change of the loss when each of eight candidates replaces each one of the medoids: dTD(i, c).

    Writes R_i + B_ic to `changes` (shape (8k,), slot by slot) and A_c to `shared` (shape (8,)).
    """
    n = dist.shape[0]
    shared[:] = 0.0
    for i in range(len(removal)):
        changes[SQUARE * i : SQUARE * i + SQUARE] = removal[i]
    whole = n - n % SQUARE
    for o in range(0, whole, SQUARE):
        add_square(dist, candidates, o, near.first, near.d_first, near.d_second, changes, shared)
    for o in range(whole, n):
        for j in range(SQUARE):
            place = SQUARE * np.int64(near.first[o]) + j
            shared[j] += add_one(np.float64(dist[candidates[j], o]), near, o, changes, place)


@kernel
def best_slots_of_eight(dist, near, removal, candidates, best_changes, best_slots):
    """Write the best slot for each of eight candidates, and the change of the loss; ties: lowest slot."""
    changes, shared = np.empty(SQUARE * len(removal)), np.empty(SQUARE)
    loss_changes_of_eight(dist, near, removal, candidates, changes, shared)
    best_changes[:], best_slots[:] = np.inf, 0
    for i in range(len(removal)):
        for j in range(SQUARE):
            if changes[SQUARE * i + j] < best_changes[j]:
                best_changes[j], best_slots[j] = changes[SQUARE * i + j], i
    best_changes += shared


def evaluate(dist, near, removal, candidates, best_changes, best_slots):
    """Write the best slot for each candidate, and the change of the loss; their number is a multiple of eight."""
    for group in prange(len(candidates) // SQUARE):
        part = slice(SQUARE * group, SQUARE * group + SQUARE)
        best_slots_of_eight(dist, near, removal, candidates[part], best_changes[part], best_slots[part])


evaluate_serially, evaluate_in_parallel = kernel(evaluate), parallel(evaluate)


@kernel
def best_swap(dist, medoids, near, removal, evaluate):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O((n-k)(n+k)).

    `evaluate` is one of the two above.
    """
    n = dist.shape[0]
    candidates, count = np.empty(n + SQUARE, np.int64), 0
    for c in range(n):
        if not is_medoid(medoids, near, c):
            candidates[count] = c
            count += 1
    if count == 0:
        return np.inf, -1, -1
    padded = (count + SQUARE - 1) // SQUARE * SQUARE
    candidates[count:padded] = candidates[count - 1]
    changes, slots = np.empty(padded), np.empty(padded, np.int64)
    evaluate(dist, near, removal, candidates[:padded], changes, slots)
    best = np.argmin(changes)
    return changes[best], slots[best], candidates[best]
