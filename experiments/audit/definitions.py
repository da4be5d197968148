"""The algorithms by their definitions: a few lines of numpy each, independent of the kernels.

dist[c, o] is the dissimilarity of object o to medoid c, float64. Where two choices are equally good, up to a fraction
`close` of the loss, the result is not unique: correct programs may differ, and the case is not used. In exact problems
(integers) a change of zero is certain; otherwise it counts as a tie, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass
class Judge:
    """Compares losses and remembers whether any comparison was too close to call."""

    close: float
    exact: bool
    clear: bool = True

    def improves(self, new: float, loss: float) -> bool:
        """Whether a loss is less than another."""
        self.clear &= self.exact or abs(new - loss) > self.close * loss
        return bool(new < loss)

    def best(self, losses: np.ndarray) -> int:
        """Return the index of the smallest loss."""
        place = int(losses.argmin())
        others = np.delete(losses, place)
        if len(others):
            self.clear &= bool(others.min() - losses[place] > self.close * abs(losses[place]))
        return place


def loss(dist: np.ndarray, medoids: Sequence[int]) -> float:
    """Sum over all objects of the dissimilarity to the nearest medoid."""
    return float(dist[list(medoids)].min(axis=0).sum())


def losses_after_swaps(dist: np.ndarray, medoids: Sequence[int]) -> np.ndarray:
    """Return the loss after each swap, shape (k, n): medoid i leaves, object c comes; inf where c is a medoid."""
    after = np.full((len(medoids), len(dist)), np.inf)
    for i in range(len(medoids)):
        others = [m for j, m in enumerate(medoids) if j != i]
        rest = dist[others].min(axis=0) if others else np.full(len(dist), np.inf)
        after[i] = np.minimum(dist, rest).sum(axis=1)
    after[:, list(medoids)] = np.inf
    return after


def build(dist: np.ndarray, k: int, judge: Judge) -> tuple[int, ...]:
    """BUILD: add the object that lowers the loss most, k times."""
    medoids: list[int] = []
    nearest = np.full(len(dist), np.inf)
    for _ in range(k):
        left = np.minimum(dist, nearest).sum(axis=1)
        left[medoids] = np.inf
        medoids.append(judge.best(left))
        nearest = np.minimum(nearest, dist[medoids[-1]])
    return tuple(medoids)


def pam(dist: np.ndarray, start: Sequence[int], judge: Judge) -> tuple[int, ...]:
    """PAM: make the best of all swaps as long as it lowers the loss."""
    medoids = list(start)
    while True:
        after = losses_after_swaps(dist, medoids)
        if not judge.improves(after.min(), loss(dist, medoids)):
            return tuple(medoids)
        i, c = divmod(judge.best(after.ravel()), len(dist))
        medoids[i] = c


def fasterpam(dist: np.ndarray, start: Sequence[int], judge: Judge) -> tuple[int, ...]:
    """FasterPAM: for each candidate, make its best swap if that lowers the loss; stop after n failures in a row."""
    if len(start) == 1:  # answered with the best single medoid
        return pam(dist, start, judge)
    medoids, failures, c = list(start), 0, 0
    after, now = losses_after_swaps(dist, medoids), loss(dist, medoids)
    while failures < len(dist):
        failures += 1
        if c not in medoids and judge.improves(after[:, c].min(), now):
            medoids[judge.best(after[:, c])] = c
            after, now, failures = losses_after_swaps(dist, medoids), loss(dist, medoids), 0
        c = (c + 1) % len(dist)
    return tuple(medoids)


def alternating(dist: np.ndarray, start: Sequence[int], judge: Judge) -> tuple[int, ...]:
    """Alternating: assign objects to the nearest medoid, then make each cluster's most central object its medoid."""
    medoids = list(start)
    while True:
        owner = np.array([judge.best(column) for column in dist[medoids].T])
        owner[medoids] = np.arange(len(medoids))  # a medoid belongs to itself
        moved = []
        for i, m in enumerate(medoids):
            members = np.flatnonzero(owner == i)
            sums = dist[np.ix_(members, members)].sum(axis=1)
            best = int(members[judge.best(sums)]) if len(members) > 1 else m
            moved.append(best)
        if moved == medoids:
            return tuple(medoids)
        medoids = moved


FROM_START: dict[str, Callable] = {"pam": pam, "fasterpam": fasterpam, "alternating": alternating}
DEFINED = (*FROM_START, "build")
IN_ANY_ORDER = ("pam", "build")  # apart from ties, the order of the objects does not matter


def expected(
    name: str, dist: np.ndarray, k: int, start: Sequence[int] | None, *, close: float, exact: bool
) -> tuple[int, ...] | None:
    """Return an algorithm's medoids by definition, from `start` or else from BUILD; None if they are not unique."""
    judge = Judge(close, exact)
    if name == "build":
        medoids = build(dist, k, judge)
    else:
        medoids = FROM_START[name](dist, build(dist, k, judge) if start is None else start, judge)
    return medoids if judge.clear else None
