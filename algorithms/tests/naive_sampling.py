"""The specification of the sampling algorithms, slow and obvious; chance comes in as what has been drawn.

Beside the medoids and the swaps (removed, added), searches return how many neighbours they have tried.
"""

import math

import naive


def clara(distances, draw, search, n_samples, keep_medoids=True):
    """Return the best medoids of some samples; `draw(kept)` lists a sample, `search(rows)` finds its medoids."""
    best = None
    for _ in range(n_samples):
        sample = draw(best if keep_medoids and best else [])
        rows = [[distances[c][o] for o in sample] for c in sample]
        medoids = [sample[m] for m in search(rows)]
        if best is None or naive.loss(distances, medoids) < naive.loss(distances, best):
            best = medoids
    return best


def clarans(distances, medoids, pairs, max_neighbors):
    """Take every drawn pair (slot, candidate) that improves, until too many in a row do not."""
    medoids, swaps, tried, failures = list(medoids), [], 0, 0
    while failures < max_neighbors and len(medoids) < len(distances):
        slot, candidate = next(pairs)
        if candidate in medoids:
            continue
        tried += 1
        failures += 1
        after = naive.replaced(medoids, slot, candidate)
        if naive.improves(naive.loss(distances, after), naive.loss(distances, medoids)):
            swaps.append((medoids[slot], candidate))
            medoids, failures = after, 0
    return medoids, swaps, tried


def fastclarans(distances, medoids, candidates, max_candidates):
    """Take every drawn candidate that improves, in its best slot, until too many in a row do not."""
    medoids, swaps, tried, failures = list(medoids), [], 0, 0
    while failures < max_candidates and len(medoids) < len(distances):
        candidate = next(candidates)
        if candidate in medoids:
            continue
        tried += 1
        failures += 1
        losses = [naive.loss(distances, naive.replaced(medoids, slot, candidate)) for slot in range(len(medoids))]
        if naive.improves(min(losses), naive.loss(distances, medoids)):
            slot = losses.index(min(losses))
            swaps.append((medoids[slot], candidate))
            medoids, failures = naive.replaced(medoids, slot, candidate), 0
    return medoids, swaps, tried


def onebatchpam(distances, batch, medoids, variant):
    """FasterPAM, but only the objects of the batch count, each as often as the variant says."""
    block = [[row[o] for o in batch] for row in distances]
    if variant == "nniw":
        nearest = [row.index(min(row)) for row in block]
        block = [[nearest.count(j) * d for j, d in enumerate(row)] for row in block]
    if variant == "debias":
        farthest = [max(column) for column in zip(*block, strict=True)]
        for j, o in enumerate(batch):
            block[o][j] = farthest[j] if len(medoids) == 1 else math.inf
    if len(medoids) > 1:
        return naive.fasterpam(block, medoids)
    best = min(range(len(block)), key=lambda c: sum(block[c]))
    improves = naive.improves(sum(block[best]), sum(block[medoids[0]]))
    return ([best], [(medoids[0], best)]) if improves else (list(medoids), [])


def best_of_searches(distances, k, n_local, search, starts):
    """Search from `n_local` random starts; `search(start)` is one of the above. The best, and all that was tried."""
    found = [search(starts(len(distances), k)) for _ in range(n_local)]
    medoids, swaps, _ = min(found, key=lambda result: naive.loss(distances, result[0]))
    return medoids, swaps, sum(tried for _, _, tried in found)


def starts(rng):
    """Draw start medoids as the algorithms draw them."""
    return lambda n, k: rng.choice(n, k, replace=False).tolist()


def pairs(rng, n, k):
    """Draw a slot and a candidate, for ever."""
    while True:
        yield int(rng.integers(0, k)), int(rng.integers(0, n))


def candidates(rng, n):
    """Draw a candidate, for ever."""
    while True:
        yield int(rng.integers(0, n))


def assert_same(result, expected, dist):
    """Assert that two searches found what the specification found, in as many trials."""
    medoids, swaps, tried = expected
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.loss == naive.loss(dist.tolist(), medoids)
    assert (result.n_evaluations, result.n_passes) == (tried, 2)
