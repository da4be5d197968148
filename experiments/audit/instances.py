"""Instances from fixed seeds: case number i of a kind is the same for all subjects that take the same data.

A family is a way to make data. Families take turns, so that a short series sees all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from kmedoids_bench.experiments.audit.case import Case, distances
from kmedoids_bench.experiments.audit.subject import Subject

# How many cases there are of each kind (see `question.Question.kind`).
COUNTS = {"ordinary": 308, "edge": 120, "samples": 100, "bad input": 48}
SIZES = {"ordinary": (4, 30), "edge": (2, 30), "samples": (60, 120), "bad input": (4, 10)}  # objects, but for "many"
LARGEST_INTEGER = 2**18  # the sum of 30 such is exact in float32


@dataclass(frozen=True)
class Family:
    """A way to make data: `make(rng, n)` returns points, or a matrix if there are no such points."""

    name: str
    about: str
    make: Callable[[np.random.Generator, int], np.ndarray]
    exact: bool = False  # integers; as points with the Manhattan distance
    matrix: bool = False
    many: bool = False  # more objects than usual


def _general(rng, n):
    return rng.normal(size=(n, int(rng.integers(1, 4))))


def _integer_matrix(rng, n):
    upper = np.zeros((n, n), np.int64)
    upper[np.triu_indices(n, 1)] = rng.choice(LARGEST_INTEGER - 1, n * (n - 1) // 2, replace=False) + 1
    return upper + upper.T


def _two_values(rng, n):
    upper = np.triu(rng.integers(1, 3, size=(n, n)), 1)
    return upper + upper.T


def _twice(rng, n, draw=None):
    points = (draw or rng.normal)(size=((n + 1) // 2, 2))
    return rng.permutation(np.concatenate((points, points)))[:n]


def _clustered(rng, n):
    centres = 100 * rng.normal(size=(int(rng.integers(2, 6)), 2))
    return centres[rng.integers(0, len(centres), n)] + rng.normal(size=(n, 2))


GENERAL = "Points in general position."
INTEGERS = "Integer coordinates from a wide range: hardly any ties, and exact sums."
MATRIX = "Symmetric, each number once: no triangle inequality."
GRID = "Points on a small grid: ties, and some points more than once."
TWICE = "Every point twice, shuffled; rounding makes some equal solutions look better than each other."
CLUSTERS = "Tight clusters, far from each other."
TWO = "Symmetric, every dissimilarity 1 or 2: hardly anything but ties."
OUTLIERS = "Heavy tails: some objects are very far from all others."

FAMILIES = (
    Family("general position", GENERAL, _general),
    Family("integers", INTEGERS, lambda rng, n: rng.integers(0, LARGEST_INTEGER // 4, size=(n, 2)), exact=True),
    Family("integer matrix", MATRIX, _integer_matrix, exact=True, matrix=True),
    Family("grid", GRID, lambda rng, n: rng.integers(0, 5, size=(n, 2)), exact=True),
    Family("every point twice", TWICE, _twice),
    Family("clusters", CLUSTERS, _clustered),
    Family("two values", TWO, _two_values, exact=True, matrix=True),
    Family("large numbers", "Numbers around 1e15.", lambda rng, n: 1e15 * _general(rng, n)),
    Family("tiny numbers", "Numbers around 1e-15.", lambda rng, n: 1e-15 * _general(rng, n)),
    Family(
        "integers, every point twice",
        "Every point twice, integer coordinates.",
        lambda rng, n: _twice(rng, n, partial(rng.integers, 0, 50)),
        exact=True,
    ),
    Family("outliers", OUTLIERS, lambda rng, n: rng.standard_cauchy(size=(n, 2))),
    Family("many, in clusters", CLUSTERS, _clustered, many=True),
    Family("all equal", "One point, n times.", lambda rng, n: np.full((n, 2), int(rng.integers(0, 9))), exact=True),
    Family("many, every point twice", TWICE, _twice, many=True),
)


def cases(subject: Subject, kind: str, counts: dict[str, int] | None = None) -> Iterator[Case]:
    """Make all cases of a kind for a subject, or another number of them than `COUNTS`."""
    families = [family for family in FAMILIES if not (subject.order == "points" and family.matrix)]
    if kind == "samples":  # below some 50 objects a sample has all of them
        families = [family for family in families if family.many]
    if kind in ("edge", "bad input"):
        families = [family for family in families if not family.many]
    for number in range((counts or COUNTS)[kind]):
        rng = np.random.default_rng([number, list(COUNTS).index(kind)])
        case = _problem(rng, families[number % len(families)], kind, subject)
        starts = subject.own_starts
        if subject.takes_start and (not starts or rng.random() < 0.75):
            yield replace(case, start=start_medoids(rng, case.matrix, case.k))
        else:  # the starts that it can choose take turns
            yield replace(case, own_start=starts[number % len(starts)])


def _problem(rng: np.random.Generator, family: Family, kind: str, subject: Subject) -> Case:
    least, most = (60, 120) if family.many else SIZES[kind]
    n = int(rng.integers(least, most + 1))
    if kind == "edge":
        k = 1 if rng.random() < 0.5 else n
    else:
        k = int(rng.integers(2, min(n, 7) if rng.random() < 0.6 else n))
    if family.many:
        k = min(k, 12)
    data, metric = family.make(rng, n), ""
    if not family.matrix:
        metric = "manhattan" if family.exact else "euclidean"
        if subject.order != "points":
            data, metric = distances(data, metric), ""
    data = np.ascontiguousarray(data, dtype=subject.dtype)
    seed = int(rng.integers(0, 2**31 - 1))
    return Case(data, k, metric, seed=seed, exact=family.exact, family=family.name)


def start_medoids(rng: np.random.Generator, dist: np.ndarray, k: int) -> tuple[int, ...]:
    """Choose start medoids: at random, poor ones, or all in one cluster (with duplicates: in one point)."""
    n = len(dist)
    drawn = [rng.choice(n, k, replace=False) for _ in range(10)]
    ways = (
        drawn[0],
        max(drawn, key=lambda medoids: dist[medoids].min(axis=0).sum()),
        np.argsort(dist[rng.integers(n)], kind="stable")[:k],
        np.arange(k),
        np.arange(n - k, n)[::-1],
    )
    return tuple(int(m) for m in ways[int(rng.integers(len(ways)))])
