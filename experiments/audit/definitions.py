"""What the algorithms are, by their definitions: a few lines of numpy each, which share nothing with the kernels.

dist[c, o] is the dissimilarity of object o to medoid c, float64. Every function also tells whether the way was clear:
where two choices are equally good, up to `close` of the loss, correct programs may part ways, and nothing can be
said of who is right. An exact problem (integers) knows when a change is none; otherwise that is not clear either.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Expected:
    """What a definition says."""

    medoids: tuple[int, ...]
    clear: bool


@dataclass
class Judge:
    """Compares losses, and remembers whether a comparison was close."""

    close: float
    exact: bool
    clear: bool = True

    def improves(self, new: float, loss: float) -> bool:
        """Whether a loss is less than another."""
        self.clear &= self.exact or abs(new - loss) > self.close * loss
        return bool(new < loss)

    def best(self, losses: np.ndarray) -> int:
        """Place of the least loss."""
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
    """BUILD: one medoid after the other, each the one that leaves the least loss."""
    medoids: list[int] = []
    nearest = np.full(len(dist), np.inf)
    for _ in range(k):
        left = np.minimum(dist, nearest).sum(axis=1)
        left[medoids] = np.inf
        medoids.append(judge.best(left))
        nearest = np.minimum(nearest, dist[medoids[-1]])
    return tuple(medoids)


def pam(dist: np.ndarray, start: Sequence[int], judge: Judge) -> tuple[int, ...]:
    """PAM: the best of all swaps, as long as it lowers the loss."""
    medoids = list(start)
    while True:
        after = losses_after_swaps(dist, medoids)
        if not judge.improves(after.min(), loss(dist, medoids)):
            return tuple(medoids)
        i, c = divmod(judge.best(after.ravel()), len(dist))
        medoids[i] = c


def fasterpam(dist: np.ndarray, start: Sequence[int], judge: Judge) -> tuple[int, ...]:
    """FasterPAM: candidate by candidate, the best swap with it if that lowers the loss; until all fail in a row."""
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
    """Alternating: every object to its nearest medoid, every cluster's most central member its medoid, and again."""
    medoids = list(start)
    while True:
        owner = assignment(dist, medoids, judge)
        moved = []
        for i, m in enumerate(medoids):
            members = np.flatnonzero(owner == i)
            sums = dist[np.ix_(members, members)].sum(axis=1)
            best = int(members[judge.best(sums)]) if len(members) > 1 else m
            moved.append(best)
        if moved == medoids:
            return tuple(medoids)
        medoids = moved


def assignment(dist: np.ndarray, medoids: Sequence[int], judge: Judge) -> np.ndarray:
    """Return the place of each object's nearest medoid; a medoid belongs to itself."""
    columns = dist[list(medoids)].T
    owner = np.array([judge.best(column) for column in columns])
    owner[list(medoids)] = np.arange(len(medoids))
    return owner


FROM_START: dict[str, Callable] = {"pam": pam, "fasterpam": fasterpam, "alternating": alternating}
DEFINED = (*FROM_START, "build")
IN_ANY_ORDER = ("pam", "build")  # the order of the objects does not matter, but for ties


def expected(
    name: str, dist: np.ndarray, k: int, start: Sequence[int] | None, *, close: float, exact: bool
) -> Expected:
    """Return what an algorithm's definition says; `start` None is BUILD's."""
    judge = Judge(close, exact)
    if name == "build":
        medoids = build(dist, k, judge)
    else:
        medoids = FROM_START[name](dist, build(dist, k, judge) if start is None else start, judge)
    return Expected(medoids, judge.clear)
