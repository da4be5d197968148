"""The specification of the starts but BUILD, as `naive` is that of the swaps."""

import math
from fractions import Fraction

from naive import alternating, loss


def best_addition(distances, medoids, candidates, objects):
    """Candidate that leaves the least loss of these objects as one more medoid; ties: the first."""
    columns = [[row[o] for o in objects] for row in distances]
    return min(candidates, key=lambda c: loss(columns, [*medoids, c]))


def greedy_g(distances, k):
    """Greedy, and alternating steps after each addition."""
    objects, medoids = range(len(distances)), []
    for _ in range(k):
        others = [c for c in objects if c not in medoids]
        medoids, _ = alternating(distances, [*medoids, best_addition(distances, medoids, others, objects)])
    return medoids


def lab(distances, k, rng, size=None):
    """Greedy in a fresh sample of the objects that are no medoids, for every medoid; ties: lowest index."""
    n, medoids = len(distances), []
    for _ in range(k):
        others = [c for c in range(n) if c not in medoids]
        wanted = 10 + math.ceil(math.sqrt(n)) if size is None else size
        sample = sorted(rng.choice(others, min(wanted, len(others)), replace=False).tolist())
        medoids.append(best_addition(distances, medoids, sample, sample))
    return medoids


def centrality(distances):
    """Park & Jun's v of every object, exactly."""
    rows = [[Fraction(d) for d in row] for row in distances]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    return [sum(d / total for d, total in zip(row, totals, strict=True) if total) for row in rows]
