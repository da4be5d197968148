"""The specification: the same algorithms, slow and obvious, straight from their definitions.

Python loops over `distances[c][o]`, nothing cached, every loss summed anew. Integer matrices are summed in
Python integers and so exactly. The other starts stand in `naive_starts`.
"""

import math

TOLERANCE = 1e-12


def loss(distances, medoids):
    """Sum over all objects of the dissimilarity to the nearest medoid."""
    rows = [distances[m] for m in medoids]
    return sum(min(column) for column in zip(*rows, strict=True))


def replaced(medoids, slot, candidate):
    return [candidate if i == slot else m for i, m in enumerate(medoids)]


def improves(new_loss, old_loss):
    return new_loss < old_loss - TOLERANCE * old_loss


def best_swap(distances, medoids):
    """(loss after, slot, candidate) of the best swap; ties: lowest candidate, then lowest slot; None if k = n."""
    best = None
    for candidate in range(len(distances)):
        if candidate in medoids:
            continue
        for slot in range(len(medoids)):
            after = loss(distances, replaced(medoids, slot, candidate))
            if best is None or after < best[0]:
                best = after, slot, candidate
    return best


def pam(distances, medoids):
    """Return the medoids after SWAP and the swaps (removed, added) that led there."""
    medoids, swaps = list(medoids), []
    while True:
        best = best_swap(distances, medoids)
        if best is None or not improves(best[0], loss(distances, medoids)):
            return medoids, swaps
        _, slot, candidate = best
        swaps.append((medoids[slot], candidate))
        medoids[slot] = candidate


def fasterpam(distances, medoids, order=None, max_passes=math.inf):
    """Return the medoids after eager swapping and the swaps (removed, added) that led there."""
    n = len(distances)
    order = list(range(n)) if order is None else list(order)
    medoids, swaps, position, failures = list(medoids), [], 0, 0
    while failures < n and position < max_passes * n:
        candidate = order[position % n]
        position += 1
        failures += 1
        if candidate in medoids:
            continue
        losses = [loss(distances, replaced(medoids, slot, candidate)) for slot in range(len(medoids))]
        if improves(min(losses), loss(distances, medoids)):
            slot = losses.index(min(losses))
            swaps.append((medoids[slot], candidate))
            medoids[slot] = candidate
            failures = 0
    return medoids, swaps


def eagerpam(distances, medoids, max_passes=math.inf):
    """Return the medoids after first-improvement swapping and the swaps (removed, added) that led there."""
    n = len(distances)
    medoids, swaps, position, failures = list(medoids), [], 0, 0
    while failures < n and position < max_passes * n:
        candidate = position % n
        position += 1
        failures += 1
        if candidate in medoids:
            continue
        now = loss(distances, medoids)
        for slot in range(len(medoids)):
            if improves(loss(distances, replaced(medoids, slot, candidate)), now):
                swaps.append((medoids[slot], candidate))
                medoids[slot] = candidate
                failures = 0
                break
    return medoids, swaps


def fastpam2(distances, medoids, tolerance=1):
    """Return the medoids after up to k swaps a pass and the swaps (removed, added) that led there."""
    medoids, swaps = list(medoids), []
    while True:
        before, now = len(swaps), loss(distances, medoids)
        others = [c for c in range(len(distances)) if c not in medoids]
        plan = []  # the best swap of every slot: (change of the loss, candidate, slot)
        for slot in range(len(medoids)):
            changes = [(loss(distances, replaced(medoids, slot, c)) - now, c, slot) for c in others]
            plan.extend(sorted(changes)[:1])
        for promised, candidate, slot in sorted(plan):
            if promised >= 0 or candidate in medoids:
                continue
            now, after = loss(distances, medoids), loss(distances, replaced(medoids, slot, candidate))
            kept = after - now <= (1 - tolerance) * promised
            if improves(after, now) and (len(swaps) == before or kept):
                swaps.append((medoids[slot], candidate))
                medoids[slot] = candidate
        if len(swaps) == before:
            return medoids, swaps


def labels(distances, medoids):
    """Slot of every object: the nearest medoid, the first of equally near ones, but a medoid is its own."""
    nearest = [min(medoids, key=lambda m: distances[m][o]) for o in range(len(distances))]
    return [medoids.index(o if o in medoids else nearest[o]) for o in range(len(distances))]


def alternating(distances, medoids):
    """Return the medoids after alternating steps and what changed (removed, added), by slot, step by step."""
    medoids, swaps = list(medoids), []
    while True:
        slots, new = labels(distances, medoids), []
        for slot, medoid in enumerate(medoids):
            members = [o for o in range(len(distances)) if slots[o] == slot]
            sums = {c: sum(distances[c][o] for o in members) for c in members}
            best = min(members, key=lambda c: (sums[c], c))
            new.append(best if improves(sums[best], sums[medoid]) else medoid)
        if not improves(loss(distances, new), loss(distances, medoids)):
            return medoids, swaps
        swaps += [(a, b) for a, b in zip(medoids, new, strict=True) if a != b]
        medoids = new


def build(distances, k):
    """Greedy: add the object that leaves the least loss; ties: lowest index."""
    medoids = []
    for _ in range(k):
        others = [c for c in range(len(distances)) if c not in medoids]
        medoids.append(min(others, key=lambda c: loss(distances, [*medoids, c])))
    return medoids


def is_local_optimum(distances, medoids, tolerance=1e-9):
    """Whether no single swap lowers the loss by more than `tolerance` of it."""
    best = best_swap(distances, medoids)
    now = loss(distances, medoids)
    return best is None or best[0] >= now - tolerance * now
