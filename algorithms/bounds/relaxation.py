"""The relaxed problem of `lagrangian` with the candidates that are left, and what its value says about them."""

from dataclasses import dataclass, replace

import numpy as np

from kmedoids_bench.algorithms.bounds import close
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED, OPEN, REQUIRED, choose, value, violations
from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.problem import Problem

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
class Relaxation:
    """Which candidates may be medoids, which have to be, and between which numbers the multipliers stay."""

    problem: Problem
    k: int
    candidates: np.ndarray  # int64, shape (m,), ids
    standing: np.ndarray  # int8, shape (m,)
    floors: np.ndarray  # float64, shape (n,)
    limits: np.ndarray  # float64, shape (n,)
    threads: int | None  # None: one
    lists: close.Lists | None = None  # None: the matrix is read

    @property
    def middle(self) -> np.ndarray:
        """Multipliers to start from."""
        return (self.floors + self.limits) / 2

    @property
    def kernels(self) -> dict:
        """The kernels for one thread or for several."""
        return close.SERIAL if self.threads is None else close.PARALLEL

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
        reduced = self.reduced_costs(multipliers)
        chosen, greatest, least_other = run(choose, reduced, self.standing, self.k)
        bound, error = value(reduced, chosen, multipliers)
        if self.lists is None:
            violated = run(violations, self.problem.distances, multipliers, self.candidates[chosen])
        else:
            violated = run(close.violations_in_lists, *self.lists, multipliers, np.flatnonzero(chosen))
        otherwise = bound - 2.0 * error + np.where(chosen, least_other - reduced, reduced - greatest)
        return Evaluation(multipliers, bound - error, chosen, violated, otherwise)

    def reduced_costs(self, multipliers: np.ndarray) -> np.ndarray:
        """Return r_c, shape (m,)."""
        if self.lists is not None:
            reduced = np.empty(len(self.candidates))
            run(self.kernels["sum_lists"], *self.lists, multipliers, reduced)
            return reduced
        reduced = np.empty(self.problem.n)
        run(self.kernels["sum_tiles"], self.problem.by_object, multipliers, reduced)
        return reduced[self.candidates]

    def settled(self, evaluation: Evaluation, enough: float) -> "Relaxation":
        """Require the candidates without which, and exclude those with which the bound is enough."""
        certain = (self.standing == OPEN) & (evaluation.otherwise >= enough)
        if not certain.any():
            return self
        standing = np.where(certain, np.where(evaluation.chosen, REQUIRED, EXCLUDED), self.standing).astype(np.int8)
        return replace(self, standing=standing)

    def with_standing(self, place: int, standing: int) -> "Relaxation":
        """Require or exclude one candidate."""
        changed = self.standing.copy()
        changed[place] = standing
        limits = self.limits
        if standing == REQUIRED:  # it can serve every object, so a higher multiplier cannot bring a better bound
            limits = np.minimum(limits, self.problem.distances[self.candidates[place]])
        return replace(self, standing=changed, limits=limits, floors=np.minimum(self.floors, limits))

    def limited(self, medoids: np.ndarray, margin: float) -> "Relaxation":
        """Limit the multipliers by what good medoids suggest.

        The loss of any medoids exceeds L(u) at least by the sum of what the multipliers are below the distances to the
        nearest of them, or above those to the second nearest. Where the gap is small, good multipliers are therefore
        nearly between the two. Close limits make short lists; where the gap is large, a wide margin is needed.
        For k = 1 no object is served twice, and its greatest distance is the best multiplier.
        """
        dist = self.problem.distances
        if self.k == 1:
            first = second = dist.max(axis=0).astype(np.float64)
        else:
            first, second = np.partition(dist[medoids].astype(np.float64), 1, axis=0)[:2]
        floors = np.maximum(0.0, first - margin * np.maximum(first, first.mean()))
        limits = second + margin * np.maximum(second, second.mean())
        return replace(self, floors=floors, limits=limits, lists=None).packed()

    def packed(self) -> "Relaxation":
        """Drop the excluded candidates, and make lists as soon as they are short enough."""
        kept, problem = self.standing != EXCLUDED, self.problem
        candidates = self.candidates[kept]
        if self.lists is not None:
            lists = close.part_of(self.lists, kept, self.limits)
        else:
            most = DENSE * problem.n**2
            lists = close.lists_of(problem.distances, candidates, self.limits, self.kernels, most)
        return replace(self, candidates=candidates, standing=self.standing[kept], lists=lists)


def relaxation_of(problem: Problem, medoids: np.ndarray, threads: int | None) -> Relaxation:
    """Return the relaxed problem with all candidates, and the narrowest limits that are tried."""
    n = problem.n
    everything = Relaxation(
        problem=problem,
        k=len(medoids),
        candidates=np.arange(n),
        standing=np.full(n, OPEN, np.int8),
        floors=np.zeros(n),
        limits=np.zeros(n),
        threads=threads,
    )
    return everything.limited(medoids, MARGINS[0])


def compile_for(problem: Problem, threads: int | None) -> None:
    """Evaluate a tiny problem of the same type in both forms, so that no clock runs while the kernels are compiled."""
    tiny = Problem((1 - np.eye(3)).astype(problem.distances.dtype))
    relaxation = relaxation_of(tiny, np.arange(2), threads)
    listed = close.lists_of(tiny.distances, relaxation.candidates, relaxation.limits, relaxation.kernels, most=9)
    for lists in (None, listed):
        replace(relaxation, lists=lists).evaluate(relaxation.middle)
