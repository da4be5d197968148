"""The specification: the same algorithms, slow and obvious, straight from their definitions.

Python loops over `distances[c][o]`, nothing cached, every loss summed anew. Integer matrices are summed in
Python integers and so exactly.
"""

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


def fasterpam(distances, medoids, order=None):
    """Return the medoids after eager swapping and the swaps (removed, added) that led there."""
    n = len(distances)
    order = list(range(n)) if order is None else list(order)
    medoids, swaps, position, failures = list(medoids), [], 0, 0
    while failures < n:
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
