"""Makes a failing case as small as it goes, greedily, as long as the same question fails in the same way."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile

import numpy as np

from kmedoids_bench.experiments.audit.case import Case

SECONDS = 2.5  # for one case; what is smallest by then is kept


def shrink(case: Case, fails: Callable[[Case], bool], seconds: float = SECONDS) -> Case:
    """Return the smallest case found that still fails: fewer objects, fewer medoids, simpler numbers."""
    deadline = time.monotonic() + seconds
    while True:
        in_time = takewhile(lambda _: time.monotonic() <= deadline, simpler(case))
        smaller = next(filter(fails, in_time), None)
        if smaller is None:
            return case
        case = smaller


def simpler(case: Case) -> Iterator[Case]:
    """Yield cases that are one step simpler, the largest steps first."""
    yield from fewer_objects(case)
    yield from fewer_medoids(case)
    yield from simpler_numbers(case)
    if case.start is not None and list(case.start) != sorted(case.start):
        yield replace(case, start=tuple(sorted(case.start)))
    for seed in (0, 1, 2):
        if seed < case.seed:
            yield replace(case, seed=seed)


def fewer_objects(case: Case) -> Iterator[Case]:
    """Leave objects out: half of them, a quarter, ... one. At k = n the number of medoids follows."""
    size = case.n // 2
    while size >= 1:
        for first in range(0, case.n, size):
            kept = [o for o in range(case.n) if not first <= o < first + size]
            smaller = case.of(kept)
            if case.k == case.n:
                smaller = replace(smaller, k=smaller.n)
            if smaller.n >= 2 and 1 <= smaller.k <= smaller.n:
                yield smaller
        size //= 2


def fewer_medoids(case: Case) -> Iterator[Case]:
    """Ask for fewer medoids."""
    if case.start is None:
        for k in sorted({1, 2, case.k // 2, case.k - 1}):
            if 1 <= k < case.k:
                yield replace(case, k=k)
        return
    for i in range(case.k if case.k > 1 else 0):
        yield replace(case, k=case.k - 1, start=case.start[:i] + case.start[i + 1 :])


def simpler_numbers(case: Case) -> Iterator[Case]:
    """Small integers in place of the numbers: ranks, rounded values, then each number less."""
    data = case.data.astype(np.float64)
    dimensions = range(data.shape[1]) if case.metric else range(0)
    if len(dimensions) > 1:
        for j in dimensions:
            yield replace(case, data=np.delete(case.data, j, axis=1))
    candidates = []
    small = (data == np.round(data)).all() and np.abs(data).max() < 1000
    if not small:
        largest = float(np.abs(data).max()) or 1.0
        values = np.unique(data)
        ranks = np.searchsorted(values, data).astype(np.float64)
        candidates += [np.round(data * (scale / largest)) for scale in (3, 9, 30, 99)] + [ranks]
    elif case.n <= 12:
        candidates += less(data, bool(case.metric))
    for simple in candidates:
        if not np.array_equal(simple, data):
            yield replace(case, data=simple.astype(case.data.dtype))
    if case.metric == "euclidean" and small:
        yield replace(case, metric="manhattan")


def less(data: np.ndarray, points: bool) -> Iterator[np.ndarray]:
    """Yield copies with one number less: zero, half of it, one less."""
    for i, j in np.argwhere(data != 0):
        for value in dict.fromkeys((0.0, float(data[i, j] // 2), data[i, j] - 1.0)) if points or i < j else ():
            if abs(value) < abs(data[i, j]):
                copy = data.copy()
                copy[i, j] = value
                if not points:
                    copy[j, i] = value
                yield copy
