"""The specification of the bounds: by definition, over all choices of k medoids, in fractions, without rounding."""

import math
from fractions import Fraction
from itertools import combinations


def exact(distances):
    return [[Fraction(d) for d in row] for row in distances.tolist()]


def losses(distances, k):
    """{medoids: loss} of all choices of k medoids, ascending."""
    rows = exact(distances)
    choices = combinations(range(len(rows)), k)
    return {medoids: sum(map(min, zip(*(rows[m] for m in medoids), strict=True))) for medoids in choices}


def optimum(distances, k):
    return min(losses(distances, k).values())


def reduced_cost(distances, multipliers, candidate):
    """Sum over all objects of min(0, d(o, c) - u_o)."""
    pairs = zip(exact(distances)[candidate], multipliers, strict=True)
    return sum(min(Fraction(0), d - Fraction(u)) for d, u in pairs)


def lagrangian(distances, k, multipliers):
    """L(u): the least value of the relaxed problem over all choices of k candidates."""
    reduced = [reduced_cost(distances, multipliers, c) for c in range(len(distances))]
    return sum(map(Fraction, multipliers)) + min(sum(chosen) for chosen in combinations(reduced, k))


def violations(distances, multipliers, chosen):
    """1 less the number of chosen candidates that are closer to an object than its multiplier, for every object."""
    return [1 - sum(distances[c][o] < u for c in chosen) for o, u in enumerate(multipliers)]


def assert_holds(result, distances, k):
    """A certificate: its bound, its gap and its candidates, against all choices."""
    of_all = losses(distances, k)
    best = min(of_all.values())
    assert result.bound <= best
    assert result.loss - result.gap * result.bound <= best * (1 + 1e-12) or math.isinf(result.gap)
    better = [medoids for medoids, loss in of_all.items() if loss < result.loss * (1 - 1e-9)]
    assert {m for medoids in better for m in medoids} <= set(result.candidates.tolist())
