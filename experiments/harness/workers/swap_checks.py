"""Checks of one run of ours that need every swap, made after the clock has stopped.

The kernels are compared with sums written here from the definitions, in numpy and without a cache.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.loss import TOLERANCE, loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import nearest_medoids

LARGEST_N = 2000  # a replay takes seconds from here on
CANDIDATES = 100  # objects whose swaps are computed from the definition, at the start and at the end
SEED = 20210501


def facts_of(record: Algorithm, distances: np.ndarray, medoids: np.ndarray, result) -> dict:
    """Check one run from given start medoids swap by swap.

    The facts are ``strictly_decreasing`` (the loss, computed anew, falls with every swap), ``loss_error`` (largest
    difference from the losses the kernel logged, over the loss), `decomposition_error` (the larger of those at
    start and end) and for FasterPAM ``evaluations_after_last_swap`` (None if the replay makes other swaps). There are
    none for more than `LARGEST_N` objects and for algorithms that change several medoids at once.
    """
    if record.kind != "swap" or not record.single_swaps or len(distances) > LARGEST_N or len(medoids) < 2:
        return {}
    losses = losses_of_swaps(distances, medoids, result.swaps)
    logged = np.array([losses[0], *result.losses])
    facts = {
        "strictly_decreasing": bool((np.diff(losses) < 0).all()),
        "loss_error": float(np.abs(logged - losses).max() / max(losses[-1], np.finfo(np.float64).tiny)),
        "decomposition_error": max(
            decomposition_error(distances, np.asarray(state)) for state in (medoids, result.medoids)
        ),
    }
    if record.name == "fasterpam":
        swaps, before_last = replay_fasterpam(distances, medoids)
        same = np.array_equal(swaps, result.swaps)
        facts["evaluations_after_last_swap"] = result.n_evaluations - before_last if same else None
    return facts


def losses_of_swaps(distances: np.ndarray, medoids: np.ndarray, swaps: np.ndarray) -> np.ndarray:
    """Loss at the start and after each of the swaps (removed, added), from the definition."""
    slots = [int(m) for m in medoids]
    rows = distances[slots].astype(np.float64)
    losses = [rows.min(axis=0).sum()]
    for removed, added in swaps:
        slot = slots.index(removed)
        slots[slot], rows[slot] = added, distances[added]
        losses.append(rows.min(axis=0).sum())
    return np.array(losses)


def decomposition_error(distances: np.ndarray, medoids: np.ndarray) -> float:
    """Largest difference between a change of the loss as the kernels compute it and by its definition, over the loss.

    For `CANDIDATES` objects, with the slot they belong to and another one: every case of the decomposition.
    """
    rng = np.random.default_rng(SEED)
    k = len(medoids)
    rows = distances[medoids].astype(np.float64)
    loss = rows.min(axis=0).sum()
    near = nearest_medoids(distances, medoids.astype(np.int64))
    removal, changes = removal_loss(near, k), np.empty(k)
    others = np.setdiff1d(np.arange(len(distances)), medoids)
    worst = 0.0
    for c in rng.permutation(others)[:CANDIDATES]:
        shared = loss_changes(distances, near, removal, c, changes)
        own = int(near.first[c])
        for slot in (own, (own + rng.integers(1, k)) % k):
            replaced = rows.copy()
            replaced[slot] = distances[c]
            exact = replaced.min(axis=0).sum() - loss
            worst = max(worst, abs(changes[slot] + shared - exact))
    return float(worst / loss) if loss else float(worst)


def replay_fasterpam(distances: np.ndarray, medoids: np.ndarray) -> tuple[np.ndarray, int]:
    """Run FasterPAM by its definition, without caches: the candidates in turn, until n in a row bring no swap.

    Returns the swaps (removed, added), shape (n_swaps, 2), and the number of candidates evaluated up to the last swap,
    including it.
    """
    n, slots = len(distances), [int(m) for m in medoids]
    rows = distances[slots].astype(np.float64)
    swaps, evaluations, at_last_swap = [], 0, 0
    position, failures = 0, 0
    state = _owners(rows, slots)
    while failures < n:
        c, position, failures = position, (position + 1) % n, failures + 1
        if c in slots:
            continue
        evaluations += 1
        row = distances[c].astype(np.float64)
        slot, new_loss = _best_slot(row, rows, state)
        loss = state[1].sum()
        if new_loss < loss - TOLERANCE * loss:
            swaps.append((slots[slot], c))
            slots[slot], rows[slot] = c, row
            state = _owners(rows, slots)
            failures, at_last_swap = 0, evaluations
    return np.array(swaps, np.int64).reshape(-1, 2), at_last_swap


def _owners(rows: np.ndarray, medoids: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slot of the nearest medoid of every object, the distance to it, and the distance to the second nearest."""
    every = np.arange(rows.shape[1])
    owner = rows.argmin(axis=0)
    owner[medoids] = np.arange(len(medoids))  # a medoid belongs to itself, even if another one is at distance 0
    nearest = rows[owner, every]
    others = rows.copy()
    others[owner, every] = np.inf
    return owner, nearest, others.min(axis=0)


def _best_slot(row: np.ndarray, rows: np.ndarray, state: tuple) -> tuple[int, float]:
    """Return the slot that a candidate replaces best (the lowest of equal ones) and the loss after that swap."""
    owner, nearest, second = state
    kept = np.minimum(row, nearest)  # distances if the medoid of an object stays ...
    left = np.minimum(row, second)  # ... and if it goes
    slot = int(np.bincount(owner, left - kept, minlength=len(rows)).argmin())
    return slot, float(np.where(owner == slot, left, kept).sum())
