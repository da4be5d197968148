"""What every swap of a candidate would change, from scratch: `loss.loss_changes` and `fastpam1.best_swap`, faster.

Layout. With few medoids, eight candidates are evaluated side by side, one in each lane of a vector register, so that no
branch is left (`lanes.add_square`); what depends on the slot is kept slot by slot, eight candidates in a row. With many
medoids few objects are closer to a candidate than to their second medoid: the rows of four candidates are compared with
d_second, which is so read once for four, and the close objects are written to a list and then visited
(`lanes.note_less`). Groups of candidates are shared out among threads. A candidate's sums are made in the order of the
objects: they are those of the plain kernel, to the bit.
"""

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.core.interrupt import interrupted, interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel, parallel
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.tuned.lanes import LANES, SQUARE, add_square, note_less

FEW = 12  # up to so many medoids eight at a time are faster
FOUR = 4


@kernel
def group_size(k):
    """Return how many candidates are evaluated together."""
    return SQUARE if k <= FEW else FOUR


@kernel
def padded(count, k):
    """Return how many candidates are evaluated if their last group is made full."""
    size = group_size(k)
    return (count + size - 1) // size * size


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
    c, n = candidates, dist.shape[0]
    rows = (dist[c[0]], dist[c[1]], dist[c[2]], dist[c[3]], dist[c[4]], dist[c[5]], dist[c[6]], dist[c[7]])
    shared[:] = 0.0
    for i in range(len(removal)):
        changes[SQUARE * i : SQUARE * i + SQUARE] = removal[i]
    whole = n - n % SQUARE
    for o in range(0, whole, SQUARE):
        add_square(rows, o, near.first, near.d_first, near.d_second, changes, shared)
    for j in range(SQUARE):
        row = rows[j]
        for o in range(whole, n):
            place = SQUARE * np.int64(near.first[o]) + j
            shared[j] += add_one(np.float64(row[o]), near, o, changes, place)


@kernel
def loss_changes_of_four(dist, near, bounds, removal, candidates, changes, shared):
    """Change of the loss when each of four candidates replaces each one of the medoids, as for eight."""
    rows = dist[candidates[0]], dist[candidates[1]], dist[candidates[2]], dist[candidates[3]]
    close = np.empty((FOUR, len(bounds) + LANES), np.uint32)
    counts = note_close(rows, bounds, close)
    for i in range(len(removal)):
        changes[FOUR * i : FOUR * i + FOUR] = removal[i]
    for j in range(FOUR):
        shared[j] = add_close(rows[j], close[j], counts[j], near, changes, j)


@kernel
def write_best_slots(changes, shared, best_changes, best_slots):
    """Write the best slot for each of a group of candidates, and the change of the loss; ties: lowest slot."""
    size = len(shared)
    best_changes[:], best_slots[:] = np.inf, 0
    for i in range(len(changes) // size):
        for j in range(size):
            if changes[size * i + j] < best_changes[j]:
                best_changes[j], best_slots[j] = changes[size * i + j], i
    best_changes += shared


@kernel
def add_close(row, close, count, near, changes, lane):
    """Add what the first `count` objects of a list contribute to B of one of four candidates; return it for A."""
    shared, first, d_first, d_second = 0.0, near.first, near.d_first, near.d_second
    for j in range(count):
        o = close[j]
        d, d_near = np.float64(row[o]), d_first[o]
        shared += (d if d < d_near else d_near) - d_near
        changes[FOUR * first[o] + lane] += (d if d > d_near else d_near) - d_second[o]
    return shared


@kernel
def note_close(rows, bounds, close):
    """Write to `close` which objects are closer to each of four candidates than d_second; return how many."""
    a, b, c, d = rows
    close_a, close_b, close_c, close_d = close[0], close[1], close[2], close[3]
    n_a, n_b, n_c, n_d = 0, 0, 0, 0
    whole = len(bounds) - len(bounds) % LANES
    for start in range(0, whole, LANES):
        n_a = note_less(a, bounds, start, close_a, n_a)
        n_b = note_less(b, bounds, start, close_b, n_b)
        n_c = note_less(c, bounds, start, close_c, n_c)
        n_d = note_less(d, bounds, start, close_d, n_d)
    for o in range(whole, len(bounds)):
        close_a[n_a], close_b[n_b], close_c[n_c], close_d[n_d] = o, o, o, o
        n_a += a[o] < bounds[o]
        n_b += b[o] < bounds[o]
        n_c += c[o] < bounds[o]
        n_d += d[o] < bounds[o]
    return n_a, n_b, n_c, n_d


def evaluate_groups(dist, near, bounds, removal, candidates, best_changes, best_slots):
    """Write the best slot for each candidate, and the change of the loss; they have to fill their groups."""
    size = group_size(len(removal))
    for group in prange(len(candidates) // size):
        if interrupted(group):
            continue
        part = slice(size * group, size * group + size)
        changes, shared = np.empty(size * len(removal)), np.empty(size)
        if size == SQUARE:
            loss_changes_of_eight(dist, near, removal, candidates[part], changes, shared)
        else:
            loss_changes_of_four(dist, near, bounds, removal, candidates[part], changes, shared)
        write_best_slots(changes, shared, best_changes[part], best_slots[part])


evaluate_serially, evaluate_in_parallel = kernel(evaluate_groups), parallel(evaluate_groups)


@kernel
def evaluate(dist, near, bounds, removal, candidates, best_changes, best_slots, threads):
    """Evaluate candidates by one thread, if `threads` is None, or by several."""
    if threads is None:  # decided when it is compiled
        evaluate_serially(dist, near, bounds, removal, candidates, best_changes, best_slots)
    else:
        evaluate_in_parallel(dist, near, bounds, removal, candidates, best_changes, best_slots)


@kernel
def best_swap(dist, medoids, state, removal, threads):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O((n-k)(n+k))."""
    n = dist.shape[0]
    candidates, count = np.empty(padded(n, len(medoids)), np.int64), 0
    for c in range(n):
        if not is_medoid(medoids, state.near.first, c):
            candidates[count] = c
            count += 1
    if count == 0:
        return np.inf, -1, -1
    candidates[count:] = candidates[count - 1]
    candidates = candidates[: padded(count, len(medoids))]
    changes, slots = np.empty(len(candidates)), np.empty(len(candidates), np.int64)
    evaluate(dist, state.near, state.bounds, removal, candidates, changes, slots, threads)
    if interrupted_now():  # then not all of them have been written
        return np.inf, -1, -1
    best = np.argmin(changes)
    return changes[best], slots[best], candidates[best]
