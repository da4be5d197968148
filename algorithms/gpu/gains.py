"""What a swap would change, kept on the card from swap to swap: A_c and B_ic of the decomposition [SR21].

Replacing the medoid in slot i by c changes the loss by R_i + A_c + B_ic. Each object has a share in A_c and in B_ic of
its own slot, which depends only on the distances of its two nearest medoids. After a swap few objects have other
nearest medoids: these *trade* the old share for the new one, a row of the matrix at a time. All objects trade from no
share at all to fill the tables. Specification: `gains` of the tuned kernels, `loss_changes` of the plain ones.
"""

import numpy as np

from kmedoids_bench.algorithms.gpu.device import SIMULATED, cuda
from kmedoids_bench.algorithms.gpu.state import D_FIRST, D_SECOND, FIRST, N_TRADES, SLOT

# A trade: the object, the slots of its old and new nearest medoid, its distances to the nearest and the second nearest
# before and after, and the distance from which on both shares are zero.
FIELDS = OBJECT, OLD, NEW, FIRST_OLD, SECOND_OLD, FIRST_NEW, SECOND_NEW, REACH = range(8)
CHUNK = 8 if SIMULATED else 64  # trades that a block looks at together
AHEAD = 8  # rows that a thread asks for before it looks at the first
GROUPED_UP_TO = 4 if SIMULATED else 256  # medoids: with so few, trades between the same slots stand together
GROUPS = 3 * GROUPED_UP_TO + 1
GROUPING_THREADS = 8 if SIMULATED else 256


@cuda.jit(device=True)
def share_of_all(d, first):
    """Share in A_c of an object whose nearest medoid is at distance `first`."""
    return np.int64(min(d, first)) - np.int64(first)


@cuda.jit(device=True)
def share_of_slot(d, first, second):
    """Share in B_ic of an object whose nearest medoid, in slot i, is at distance `first`."""
    return np.int64(min(max(d, first), second)) - np.int64(second)


@cuda.jit(device=True)
def add(table, slot, c, amount):
    """Add to an entry of B."""
    if slot >= 0 and amount != 0:
        cuda.atomic.add(table, (slot, c), amount)


@cuda.jit
def trade(by_object, trades, order, state, shared, extra):
    """Let the objects trade their shares, in this order: A in `shared`, int64 (n,); B in `extra`, int64 (k, n).

    A thread has one candidate and a part of the trades, and adds up what belongs to one slot before it writes.
    """
    chunk = cuda.shared.array((CHUNK, 8), np.int32)
    c, n = np.uint64(cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x), len(shared)
    total = state[N_TRADES]
    begin, end = total * cuda.blockIdx.y // cuda.gridDim.y, total * (cuda.blockIdx.y + 1) // cuda.gridDim.y
    of_all, leaving, entering = np.int64(0), np.int64(0), np.int64(0)
    old, new = np.int32(-1), np.int32(-1)
    for base in range(begin, end, CHUNK):
        size = min(CHUNK, end - base)
        cuda.syncthreads()
        for entry in range(cuda.threadIdx.x, CHUNK * 8, cuda.blockDim.x):
            j, field = entry // 8, entry % 8
            value = trades[order[base + min(j, size - 1)], field]
            chunk[j, field] = 0 if j >= size and field == REACH else value  # nothing is nearer than 0
        cuda.syncthreads()
        if c < n:
            for first in range(0, size, AHEAD):
                o0, o1 = np.uint64(chunk[first, OBJECT]), np.uint64(chunk[first + 1, OBJECT])
                o2, o3 = np.uint64(chunk[first + 2, OBJECT]), np.uint64(chunk[first + 3, OBJECT])
                o4, o5 = np.uint64(chunk[first + 4, OBJECT]), np.uint64(chunk[first + 5, OBJECT])
                o6, o7 = np.uint64(chunk[first + 6, OBJECT]), np.uint64(chunk[first + 7, OBJECT])
                d0, d1, d2, d3 = by_object[o0, c], by_object[o1, c], by_object[o2, c], by_object[o3, c]
                d4, d5, d6, d7 = by_object[o4, c], by_object[o5, c], by_object[o6, c], by_object[o7, c]
                j = first
                for d in (d0, d1, d2, d3, d4, d5, d6, d7):
                    if d < chunk[j, REACH]:
                        if chunk[j, OLD] != old or chunk[j, NEW] != new:
                            add(extra, old, c, leaving)
                            add(extra, new, c, entering)
                            leaving, entering = np.int64(0), np.int64(0)
                            old, new = chunk[j, OLD], chunk[j, NEW]
                        of_all += share_of_all(d, chunk[j, FIRST_NEW]) - share_of_all(d, chunk[j, FIRST_OLD])
                        leaving -= share_of_slot(d, chunk[j, FIRST_OLD], chunk[j, SECOND_OLD])
                        entering += share_of_slot(d, chunk[j, FIRST_NEW], chunk[j, SECOND_NEW])
                    j += 1
    if c < n:
        add(extra, old, c, leaving)
        add(extra, new, c, entering)
        if of_all != 0:
            cuda.atomic.add(shared, c, of_all)


@cuda.jit
def trade_from_nothing(near, trades):
    """List a trade for every object, from no share at all."""
    o = cuda.grid(1)
    if o < near.shape[1]:
        first, d_first, d_second = near[FIRST, o], near[D_FIRST, o], near[D_SECOND, o]
        trades[o, OBJECT], trades[o, OLD], trades[o, NEW] = o, first, first
        trades[o, FIRST_OLD], trades[o, SECOND_OLD] = 0, 0
        trades[o, FIRST_NEW], trades[o, SECOND_NEW], trades[o, REACH] = d_first, d_second, d_second


@cuda.jit(device=True)
def group_of(trades, j, swapped):
    """Return a number, in 0 .. 3k-1, for the two slots of a trade: one slot, out of the swapped one, or into it."""
    old, new = trades[j, OLD], trades[j, NEW]
    if old == new:
        return 3 * old
    return 3 * new + 1 if old == swapped else 3 * old + 2


@cuda.jit
def group(trades, state, k, order):
    """Write to `order` the trades of each group one after the other: a counting sort. One block; k <= GROUPED_UP_TO."""
    start = cuda.shared.array(GROUPS, np.int32)
    thread, total, swapped = cuda.threadIdx.x, state[N_TRADES], state[SLOT]
    for number in range(thread, 3 * k + 1, cuda.blockDim.x):
        start[number] = 0
    cuda.syncthreads()
    for j in range(thread, total, cuda.blockDim.x):
        cuda.atomic.add(start, group_of(trades, j, swapped) + 1, 1)
    cuda.syncthreads()
    if thread == 0:
        for number in range(3 * k):
            start[number + 1] += start[number]
    cuda.syncthreads()
    for j in range(thread, total, cuda.blockDim.x):
        order[cuda.atomic.add(start, group_of(trades, j, swapped), 1)] = j
