"""BUILD's medoids, with gains that are kept on the card from medoid to medoid.

The gain of a candidate is the sum over all objects of what they would save, max(0, dn(o) - d(o, c)). After a medoid is
chosen, the objects that are now nearer to one trade their old share for the new one. Before the first, all are as far
from a medoid as a number can say, so that the greatest gain is the most central object's. Specification: `build`.
"""

import numpy as np

from kmedoids_bench.algorithms.gpu.device import BUSY, FARTHEST, NONE, THREADS, blocks, cuda
from kmedoids_bench.algorithms.gpu.gains import AHEAD, CHUNK
from kmedoids_bench.algorithms.gpu.matrix import Matrix

STATE = BEST, CANDIDATE, N_CHOSEN = range(3)


def build_medoids(matrix: Matrix, k: int) -> np.ndarray:
    """Run BUILD; the medoids as int64, shape (k,)."""
    n, threads = matrix.n, (blocks(matrix.n), THREADS)
    tiles = threads[0], max(1, BUSY // threads[0])
    d_first = cuda.to_device(np.full(n, FARTHEST, np.int32))
    gains, keys = (cuda.to_device(np.zeros(n, np.int64)) for _ in range(2))
    trades, count = cuda.device_array((n, 3), np.int32), cuda.to_device(np.array([n]))
    medoids, state = cuda.device_array(k, np.int64), cuda.to_device(np.zeros(len(STATE), np.int64))
    chosen = cuda.to_device(np.zeros(n, np.uint8))
    trade_from_nothing[threads](trades)
    for _ in range(k):
        trade[tiles, THREADS](matrix.by_object, trades, count, gains)
        forget[1, 1](count, state)
        best_gain[threads](gains, chosen, keys, state)
        pick[threads](keys, state)
        reassign[threads](matrix.fixed, d_first, trades, count, state)
        take[1, 1](medoids, chosen, state)
    return medoids.copy_to_host()


@cuda.jit
def trade_from_nothing(trades):
    """Let every object trade from no share to that of an object without a medoid."""
    o = cuda.grid(1)
    if o < len(trades):
        trades[o, 0], trades[o, 1], trades[o, 2] = o, 0, FARTHEST


@cuda.jit
def trade(by_object, trades, count, gains):
    """Let `count[0]` objects trade: (object, distance to the nearest medoid before, after)."""
    chunk = cuda.shared.array((CHUNK, 3), np.int32)
    c, n = np.uint64(cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x), len(gains)
    total, gain = count[0], np.int64(0)
    begin, end = total * cuda.blockIdx.y // cuda.gridDim.y, total * (cuda.blockIdx.y + 1) // cuda.gridDim.y
    for base in range(begin, end, CHUNK):
        size = min(CHUNK, end - base)
        cuda.syncthreads()
        for entry in range(cuda.threadIdx.x, CHUNK * 3, cuda.blockDim.x):
            j, field = entry // 3, entry % 3
            # A trade that is there only to fill up the chunk changes nothing.
            chunk[j, field] = trades[base + min(j, size - 1), 1 if j >= size and field == 2 else field]
        cuda.syncthreads()
        if c < n:
            for first in range(0, size, AHEAD):
                o0, o1 = np.uint64(chunk[first, 0]), np.uint64(chunk[first + 1, 0])
                o2, o3 = np.uint64(chunk[first + 2, 0]), np.uint64(chunk[first + 3, 0])
                o4, o5 = np.uint64(chunk[first + 4, 0]), np.uint64(chunk[first + 5, 0])
                o6, o7 = np.uint64(chunk[first + 6, 0]), np.uint64(chunk[first + 7, 0])
                d0, d1, d2, d3 = by_object[o0, c], by_object[o1, c], by_object[o2, c], by_object[o3, c]
                d4, d5, d6, d7 = by_object[o4, c], by_object[o5, c], by_object[o6, c], by_object[o7, c]
                j = first
                for d in (d0, d1, d2, d3, d4, d5, d6, d7):
                    gain += np.int64(max(chunk[j, 2], d)) - np.int64(max(chunk[j, 1], d))
                    j += 1
    if c < n and gain != 0:
        cuda.atomic.add(gains, c, gain)


@cuda.jit
def forget(count, state):
    """Prepare for the next medoid. One thread."""
    count[0], state[BEST], state[CANDIDATE] = 0, NONE, NONE


@cuda.jit
def best_gain(gains, chosen, keys, state):
    """Find the greatest gain of an object that has not been chosen."""
    c = cuda.grid(1)
    if c < len(gains):
        key = -gains[c] if chosen[c] == 0 else np.int64(NONE)
        keys[c] = key
        if key < state[BEST]:
            cuda.atomic.min(state, BEST, key)


@cuda.jit
def pick(keys, state):
    """Find the object with this gain; ties: the lowest."""
    c = cuda.grid(1)
    if c < len(keys) and keys[c] == state[BEST] and keys[c] != NONE:
        cuda.atomic.min(state, CANDIDATE, np.int64(c))


@cuda.jit
def reassign(fixed, d_first, trades, count, state):
    """Let the objects that are nearer to the new medoid go to it, and list their trades."""
    o, medoid = cuda.grid(1), state[CANDIDATE]
    if o >= len(d_first):
        return
    d = fixed[medoid, o]
    if d < d_first[o]:
        j = cuda.atomic.add(count, 0, 1)
        trades[j, 0], trades[j, 1], trades[j, 2] = o, d_first[o], d
        d_first[o] = d


@cuda.jit
def take(medoids, chosen, state):
    """Write the medoid down. One thread."""
    medoids[state[N_CHOSEN]], chosen[state[CANDIDATE]] = state[CANDIDATE], 1
    state[N_CHOSEN] += 1
