"""PAM and FasterPAM on the card: evaluate all candidates, choose one, make the swap, bring the tables up to date.

The host only asks now and then whether the search has ended. Specification: `swap_pam` and `swap_fasterpam`.
"""

import numpy as np

from kmedoids_bench.algorithms.core.loss import TOLERANCE
from kmedoids_bench.algorithms.gpu.device import (
    BUSY,
    NONE,
    SIMULATED,
    THREADS,
    blocks,
    cuda,
    free_bytes,
    product,
    require_room,
)
from kmedoids_bench.algorithms.gpu.gains import (
    FIELDS,
    FIRST_NEW,
    FIRST_OLD,
    GROUPED_UP_TO,
    GROUPING_THREADS,
    NEW,
    OBJECT,
    OLD,
    REACH,
    SECOND_NEW,
    SECOND_OLD,
    group,
    trade,
    trade_from_nothing,
)
from kmedoids_bench.algorithms.gpu.matrix import SPARE, Matrix, zeros
from kmedoids_bench.algorithms.gpu.nearest import nearest
from kmedoids_bench.algorithms.gpu.state import (
    ADDED,
    BEST_SLOT,
    CANDIDATE,
    CHANGE,
    CHOSEN,
    D_FIRST,
    D_SECOND,
    ENDED,
    FIRST,
    FOUND,
    FULL,
    KEY,
    LIMIT,
    LOG,
    LOSS,
    LOSS_AFTER,
    N_LOGGED,
    N_TRADES,
    NEAR,
    PASSES,
    POSITION,
    REMOVED,
    SECOND,
    SLOT,
    SORT_KEY,
    STATE,
    STOP,
    TRIED,
)

ROOM = 8 if SIMULATED else 4096  # swaps that the log on the card holds
STEPS = 1 if SIMULATED else 16  # between two questions whether the search has ended


@cuda.jit(device=True)
def improves(new_loss, loss):
    """Whether a swap is accepted: specification `loss.improves`."""
    return np.float64(new_loss) < np.float64(loss) - product(TOLERANCE, np.float64(loss))


@cuda.jit
def evaluate(medoids, near, removal, shared, extra, eager, found, state):
    """Find the best slot for every candidate, and what the search would take first: the least key.

    The key is the change of the loss; of an eager search, how far the candidate is behind the position, if it improves.
    """
    c, n = cuda.grid(1), len(shared)
    if state[STOP] != 0 or c >= n:
        return
    key = np.int64(NONE)
    if medoids[near[FIRST, c]] != c:
        least, slot, last = np.int64(NONE), 0, len(removal) - 1
        for i in range(0, len(removal), 8):  # eight entries are asked for before the first is looked at
            b0, b1, b2, b3 = (
                extra[i, c],
                extra[min(i + 1, last), c],
                extra[min(i + 2, last), c],
                extra[min(i + 3, last), c],
            )
            b4, b5 = extra[min(i + 4, last), c], extra[min(i + 5, last), c]
            b6, b7 = extra[min(i + 6, last), c], extra[min(i + 7, last), c]
            j = i
            for b in (b0, b1, b2, b3, b4, b5, b6, b7):
                if j <= last and removal[j] + b < least:
                    least, slot = removal[j] + b, j
                j += 1
        change = shared[c] + least
        found[CHANGE, c], found[BEST_SLOT, c] = change, slot
        if not eager:
            key = change
        elif change < 0 and improves(state[LOSS] + change, state[LOSS]):
            key = (c - state[POSITION] + n) % n
    found[SORT_KEY, c] = key
    if key < state[KEY]:
        cuda.atomic.min(state, KEY, key)


@cuda.jit
def pick(found, state):
    """Find the candidate with the least key; ties: the lowest."""
    c = cuda.grid(1)
    if state[STOP] == 0 and c < found.shape[1] and found[SORT_KEY, c] == state[KEY] and state[KEY] != NONE:
        cuda.atomic.min(state, CANDIDATE, np.int64(c))


@cuda.jit
def decide(medoids, found, eager, log, state):
    """Make the swap in `medoids` and in the log, or end the search; forget what was found. One thread."""
    if state[STOP] != 0:
        return
    c, n, key = state[CANDIDATE], found.shape[1], state[KEY]
    state[KEY], state[CANDIDATE], state[N_TRADES] = NONE, NONE, 0
    swaps = c != NONE and improves(state[LOSS] + found[CHANGE, c], state[LOSS])
    tried = key + 1 if swaps else np.int64(n)
    if eager and state[TRIED] + tried > state[LIMIT]:
        swaps, tried = False, state[LIMIT] - state[TRIED]
    if not eager and state[PASSES] >= state[LIMIT]:
        state[STOP] = ENDED
    elif swaps and state[N_LOGGED] == log.shape[1]:
        state[STOP] = FULL
    else:
        state[PASSES] += 1
        state[TRIED] += tried
        if swaps:
            slot, at = found[BEST_SLOT, c], state[N_LOGGED]
            state[LOSS] += found[CHANGE, c]
            log[REMOVED, at], log[ADDED, at], log[LOSS_AFTER, at] = medoids[slot], c, state[LOSS]
            medoids[slot] = c
            state[N_LOGGED], state[SLOT], state[POSITION] = at + 1, slot, (c + 1) % n
            state[CHOSEN] = c
        else:
            state[STOP] = ENDED


@cuda.jit(device=True)
def two_nearest(one, d_one, other, d_other, slot, d, is_candidate):
    """Return the two nearest medoids of an object after a swap into `slot` at distance d, as far as the old ones tell.

    The last value says that the second nearest one has to be sought.
    """
    if is_candidate:  # a medoid belongs to itself
        return (slot, d, other, d_other, False) if one == slot else (slot, d, one, d_one, False)
    if one == slot:  # it stays in the slot, or moves to its second nearest medoid
        return (slot, d, other, d_other, False) if d < d_other else (other, d_other, other, d_other, True)
    if d < d_one:  # it moves to the candidate
        return slot, d, one, d_one, False
    if d < d_other:
        return one, d_one, slot, d, False
    return one, d_one, other, d_other, other == slot


@cuda.jit(device=True)
def second_nearest(fixed, medoids, o, one, slot, d):
    """Find the nearest medoid of an object but for its own in slot `one`; the new medoid in `slot` is at distance d."""
    other, d_other, last = slot, d, len(medoids) - 1
    for i in range(0, len(medoids), 4):  # four entries are asked for before the first is looked at
        d0, d1 = fixed[medoids[i], o], fixed[medoids[min(i + 1, last)], o]
        d2, d3 = fixed[medoids[min(i + 2, last)], o], fixed[medoids[min(i + 3, last)], o]
        j = np.int32(i)
        for d_j in (d0, d1, d2, d3):
            if j <= last and j != one and j != slot and d_j < d_other:
                other, d_other = j, d_j
            j += np.int32(1)
    return other, d_other


@cuda.jit
def reassign(fixed, medoids, near, removal, trades, state):
    """After a swap, find the two nearest medoids anew where they changed, and list the trades: as `nearest.swap`."""
    o = cuda.grid(1)
    if state[STOP] != 0 or o >= near.shape[1]:
        return
    slot, candidate = np.int32(state[SLOT]), state[CHOSEN]
    old, d_one_old, d_other_old = near[FIRST, o], near[D_FIRST, o], near[D_SECOND, o]
    one, d_one, other, d_other, seek = two_nearest(
        old, d_one_old, near[SECOND, o], d_other_old, slot, fixed[candidate, o], o == candidate
    )
    if seek:
        other, d_other = second_nearest(fixed, medoids, o, one, slot, fixed[candidate, o])
    near[SECOND, o] = other
    if one != old or d_one != d_one_old or d_other != d_other_old:
        near[FIRST, o], near[D_FIRST, o], near[D_SECOND, o] = one, d_one, d_other
        j = cuda.atomic.add(state, N_TRADES, 1)
        trades[j, OBJECT], trades[j, OLD], trades[j, NEW] = o, old, one
        trades[j, FIRST_OLD], trades[j, SECOND_OLD] = d_one_old, d_other_old
        trades[j, FIRST_NEW], trades[j, SECOND_NEW] = d_one, d_other
        trades[j, REACH] = max(d_other_old, d_other)
        cuda.atomic.add(removal, old, np.int64(d_one_old) - np.int64(d_other_old))
        cuda.atomic.add(removal, one, np.int64(d_other) - np.int64(d_one))


class Search:
    """The tables of one search, and its steps. Memory on the card: 8kn bytes for B, and about 100n bytes."""

    def __init__(self, matrix: Matrix, medoids: np.ndarray, limit: int, *, eager: bool) -> None:
        n, k, free = matrix.n, len(medoids), free_bytes()
        fits = max(0, free // n - SPARE) // 8
        require_room((8 * k + SPARE) * n, f"about k = {fits:,} medoids", free)
        self.matrix, self.eager, self.blocks = matrix, eager, blocks(n)
        self.medoids = cuda.to_device(medoids)
        self.near = cuda.device_array((len(NEAR), n), np.int32)
        self.removal, self.shared, self.extra = zeros(k), zeros(n), zeros((k, n))
        self.found, self.log = zeros((len(FOUND), n)), zeros((len(LOG), ROOM))
        self.trades = cuda.device_array((n, len(FIELDS)), np.int32)
        self.order = cuda.to_device(np.arange(n, dtype=np.int32))
        state = np.zeros(len(STATE), np.int64)
        state[LIMIT], state[N_TRADES], state[KEY], state[CANDIDATE] = limit, n, NONE, NONE
        self.end, self.state = state, cuda.to_device(state)
        self.tiles = self.blocks, max(1, BUSY // self.blocks)
        nearest[self.blocks, THREADS](matrix.fixed, self.medoids, self.near, self.removal, self.state)
        trade_from_nothing[self.blocks, THREADS](self.near, self.trades)
        self.trade()

    def step(self) -> None:
        """Make one swap, or end the search; after its end, nothing."""
        tables = self.medoids, self.near, self.removal, self.shared, self.extra
        evaluate[self.blocks, THREADS](*tables, self.eager, self.found, self.state)
        pick[self.blocks, THREADS](self.found, self.state)
        decide[1, 1](self.medoids, self.found, self.eager, self.log, self.state)
        reassign[self.blocks, THREADS](
            self.matrix.fixed, self.medoids, self.near, self.removal, self.trades, self.state
        )
        self.trade()

    def trade(self) -> None:
        """Bring the tables up to date."""
        if len(self.removal) <= GROUPED_UP_TO:
            group[1, GROUPING_THREADS](self.trades, self.state, len(self.removal), self.order)
        trade[self.tiles, THREADS](self.matrix.by_object, self.trades, self.order, self.state, self.shared, self.extra)

    def run(self) -> np.ndarray:
        """Search to the end; return the log in fixed point, int64, shape (3, n_swaps): removed, added, losses."""
        logs = []
        while not self.end[STOP]:
            for _ in range(STEPS):
                self.step()
            self.end = self.state.copy_to_host()
            if self.end[STOP]:
                logs.append(self.log.copy_to_host()[:, : self.end[N_LOGGED]])
            if self.end[STOP] == FULL:
                self.end[[N_LOGGED, STOP]] = 0
                self.state.copy_to_device(self.end)
        return np.concatenate(logs, axis=1)
