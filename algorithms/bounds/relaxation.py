"""The relaxed problem of `lagrangian` with the candidates that are left, and what its value says about them.

`Relaxation` is all that the ascent knows. How the matrix is read is left to its forms: `ProcessorRelaxation` for a
matrix in memory, `gpu.bounds.CardRelaxation` for one on a card.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from kmedoids_bench.algorithms.bounds.close import PARALLEL, SERIAL, Lists, lists_of, part_of, violations_in_lists
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED, OPEN, REQUIRED, choose, value, violations
from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.problem import Problem, unchecked_problem

# Lists take the place of the matrix when they have at most this share of its entries: they take twice the space.
DENSE = 0.25
# Excluded candidates leave the arrays when at most this share is left.
WORTH_PACKING = 0.7
# How far the multipliers may leave the distances to the nearest and second nearest medoid, as a share of them.
MARGINS = (0.1, 0.4, 1.6)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The value of the relaxed problem for some multipliers."""

    multipliers: np.ndarray  # float64, shape (n,)
    bound: float  # L(u), less what rounding may have added
    chosen: np.ndarray  # bool, shape (m,)
    violated: np.ndarray  # float64, shape (n,): the subgradient
    otherwise: np.ndarray  # float64, shape (m,): the bound if this candidate had to stand the other way


@dataclass(frozen=True, eq=False)
class Relaxation(ABC):
    """Which candidates may be medoids, which have to be, and between which numbers the multipliers stay."""

    k: int
    candidates: np.ndarray  # int64, shape (m,), ids
    standing: np.ndarray  # int8, shape (m,)
    floors: np.ndarray  # float64, shape (n,)
    limits: np.ndarray  # float64, shape (n,)

    @abstractmethod
    def reduced_costs(self, sent: Any) -> np.ndarray:
        """Return r_c, float64, shape (m,), for multipliers as `send` returns them."""

    @abstractmethod
    def violations(self, sent: Any, chosen: np.ndarray) -> np.ndarray:
        """Return the subgradient, float64, shape (n,), for the chosen candidates, bool, shape (m,)."""

    @abstractmethod
    def two_nearest(self, medoids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the distances of all objects to the nearest and the second nearest medoid, float64, shape (n,).

        For k = 1, a distance that no other object exceeds stands for both.
        """

    def send(self, multipliers: np.ndarray) -> tuple[np.ndarray, Any]:
        """Return the multipliers as they are used, and the same where the matrix is."""
        return multipliers, multipliers

    def value(self, reduced: np.ndarray, chosen: np.ndarray, multipliers: np.ndarray) -> tuple[float, float]:
        """Return L(u), and how far rounding can have moved it at most."""
        return value(reduced, chosen, multipliers)

    @property
    def middle(self) -> np.ndarray:
        """Multipliers to start from."""
        return (self.floors + self.limits) / 2

    @property
    def n_left(self) -> int:
        """Number of candidates that may be medoids or have to be."""
        return int(np.count_nonzero(self.standing != EXCLUDED))

    @property
    def is_empty(self) -> bool:
        """Whether more candidates are required than there may be: no choice is left."""
        return int(np.count_nonzero(self.standing == REQUIRED)) > self.k

    def only_choice(self) -> np.ndarray | None:
        """Return the k medoids, int64, if there is only one choice left."""
        for standing in ({REQUIRED}, {REQUIRED, OPEN}):
            ids = self.candidates[np.isin(self.standing, list(standing))]
            if len(ids) == self.k:
                return ids
        return None

    def evaluate(self, multipliers: np.ndarray) -> Evaluation:
        """Solve the relaxed problem; O(n^2), or the length of the lists."""
        multipliers, sent = self.send(multipliers)
        reduced = self.reduced_costs(sent)
        chosen, greatest, least_other = run(choose, reduced, self.standing, self.k)
        bound, error = self.value(reduced, chosen, multipliers)
        violated = self.violations(sent, chosen)
        otherwise = bound - 2.0 * error + np.where(chosen, least_other - reduced, reduced - greatest)
        return Evaluation(multipliers, bound - error, chosen, violated, otherwise)

    def settled(self, evaluation: Evaluation, enough: float) -> Self:
        """Require the candidates without which, and exclude those with which the bound is enough."""
        certain = (self.standing == OPEN) & (evaluation.otherwise >= enough)
        if not certain.any():
            return self
        standing = np.where(certain, np.where(evaluation.chosen, REQUIRED, EXCLUDED), self.standing).astype(np.int8)
        return replace(self, standing=standing)

    def limited(self, medoids: np.ndarray, margin: float) -> Self:
        """Limit the multipliers by what good medoids suggest.

        The loss of any medoids exceeds L(u) at least by the sum of what the multipliers are below the distances to the
        nearest of them, or above those to the second nearest. Where the gap is small, good multipliers are therefore
        nearly between the two. Close limits make short lists; where the gap is large, a wide margin is needed.
        For k = 1 no object is served twice, and its greatest distance is the best multiplier.
        """
        first, second = self.two_nearest(medoids)
        floors = np.maximum(0.0, first - margin * np.maximum(first, first.mean()))
        limits = second + margin * np.maximum(second, second.mean())
        return replace(self, floors=floors, limits=limits)

    def packed(self) -> Self:
        """Drop the excluded candidates."""
        kept = self.standing != EXCLUDED
        return replace(self, candidates=self.candidates[kept], standing=self.standing[kept])


@dataclass(frozen=True, eq=False)
class ProcessorRelaxation(Relaxation):
    """The form for a matrix in memory, which is read whole, or as lists where these are short."""

    problem: Problem
    threads: int | None  # None: one
    lists: Lists | None = None  # None: the matrix is read

    @property
    def kernels(self) -> dict:
        """The kernels for one thread or for several."""
        return SERIAL if self.threads is None else PARALLEL

    def reduced_costs(self, sent: np.ndarray) -> np.ndarray:
        """Return r_c, shape (m,)."""
        if self.lists is not None:
            reduced = np.empty(len(self.candidates))
            run(self.kernels["sum_lists"], *self.lists, sent, reduced)
            return reduced
        reduced = np.empty(self.problem.n)
        run(self.kernels["sum_tiles"], self.problem.by_object, sent, reduced)
        return reduced[self.candidates]

    def violations(self, sent: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return the subgradient."""
        if self.lists is None:
            return run(violations, self.problem.distances, sent, self.candidates[chosen])
        return run(violations_in_lists, *self.lists, sent, np.flatnonzero(chosen))

    def two_nearest(self, medoids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the distances to the two nearest medoids; for k = 1, those to the farthest object."""
        dist = self.problem.distances
        if self.k == 1:
            farthest = dist.max(axis=0).astype(np.float64)
            return farthest, farthest
        first, second = np.partition(dist[medoids].astype(np.float64), 1, axis=0)[:2]
        return first, second

    def with_standing(self, place: int, standing: int) -> Self:
        """Require or exclude one candidate."""
        changed = self.standing.copy()
        changed[place] = standing
        limits = self.limits
        if standing == REQUIRED:  # it can serve every object, so a higher multiplier cannot bring a better bound
            limits = np.minimum(limits, self.problem.distances[self.candidates[place]])
        return replace(self, standing=changed, limits=limits, floors=np.minimum(self.floors, limits))

    def limited(self, medoids: np.ndarray, margin: float) -> Self:
        """Limit the multipliers, and make the lists anew."""
        return replace(super().limited(medoids, margin), lists=None).packed()

    def packed(self) -> Self:
        """Drop the excluded candidates, and make lists as soon as they are short enough."""
        if self.lists is not None:
            lists = part_of(self.lists, self.standing != EXCLUDED, self.limits)
            return replace(super().packed(), lists=lists)
        packed, problem = super().packed(), self.problem
        most = DENSE * problem.n**2
        lists = lists_of(problem.distances, packed.candidates, self.limits, self.kernels, most)
        return replace(packed, lists=lists)


def all_candidates(n: int, k: int) -> dict[str, Any]:
    """Return the fields of a `Relaxation` in which all n objects may be medoids, with limits still to be set."""
    return {
        "k": k,
        "candidates": np.arange(n),
        "standing": np.full(n, OPEN, np.int8),
        "floors": np.zeros(n),
        "limits": np.zeros(n),
    }


def relaxation_of(problem: Problem, medoids: np.ndarray, threads: int | None) -> ProcessorRelaxation:
    """Return the relaxed problem with all candidates, and the narrowest limits that are tried."""
    everything = ProcessorRelaxation(**all_candidates(problem.n, len(medoids)), problem=problem, threads=threads)
    return everything.limited(medoids, MARGINS[0])


def tiny_like(problem: Problem) -> Problem:
    """Return a tiny problem whose arrays numba compiles for as for these: of their dtype, and as read-only as they."""

    def like(dist: np.ndarray) -> np.ndarray:
        tiny = (1 - np.eye(3)).astype(dist.dtype)
        tiny.setflags(write=dist.flags.writeable)
        return tiny

    return unchecked_problem(like(problem.distances), by_object=like(problem.by_object))


def compile_for(problem: Problem, threads: int | None) -> None:
    """Evaluate a tiny problem of the same type in both forms, so that no clock runs while the kernels are compiled."""
    tiny = tiny_like(problem)
    relaxation = relaxation_of(tiny, np.arange(2), threads)
    listed = lists_of(tiny.distances, relaxation.candidates, relaxation.limits, relaxation.kernels, most=9)
    for lists in (None, listed):
        replace(relaxation, lists=lists).evaluate(relaxation.middle)
