"""What an outcome is judged by, and how much rounding it is allowed."""

import math
from dataclasses import dataclass

import numpy as np

from kmedoids_bench.experiments.audit.ask_worker import Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.harness.verify import Nonsense, best_gain, verify

# Of a loss that is computed in this type; both are far more than sums of a hundred numbers can lose.
RELATIVE = {"float64": 1e-9, "float32": 1e-4}


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an answer, in neutral words that continue "On this instance it"."""

    kind: str  # failures of the same kind are shrunk into each other
    returned: str
    expected: str


def slack(subject: Subject, case: Case, loss: float) -> float:
    """Return how far two losses may be apart and still count as equal.

    1e-9 of the loss where float64 is computed with, 1e-4 where float32 is, and what sums of n of the largest
    dissimilarities may lose on the way to a small one: 100 n eps of that. Distances of points may have lost more: the
    usual way through scalar products loses sqrt(eps) of the largest norm in each. Manhattan distances lose nothing.
    """
    finite = np.abs(case.data[np.isfinite(case.data)].astype(np.float64))
    largest, eps = float(finite.max(initial=0.0)), float(np.finfo(subject.dtype).eps)
    allowed = RELATIVE[subject.dtype] * abs(loss) + 100 * case.n * eps * largest
    if case.metric == "euclidean":
        norm = float(np.sqrt((case.data.astype(np.float64) ** 2).sum(axis=1)).max())
        allowed += case.n * norm * math.sqrt(eps)
    return allowed


def nonsense(case: Case, outcome: Outcome) -> str | None:
    """Return why these are not k distinct objects, or None."""
    try:
        verify(case.matrix, outcome.medoids, case.k)
    except Nonsense as error:
        return str(error)
    return None


def wrong_loss(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Compare the reported loss, if there is one, with the loss of the returned medoids."""
    loss = float(dist[list(outcome.medoids)].min(axis=0).sum())
    reported = outcome.reported_loss
    if reported is None or abs(reported - loss) <= slack(subject, case, loss):  # NaN is not
        return None
    return Complaint("loss", str(outcome), f"the loss of these medoids is {loss:.12g}")


def best_swap(dist: np.ndarray, medoids: tuple[int, ...]) -> tuple[int, int, float]:
    """Return the best single swap by trying all: the medoid that leaves, the object that comes, the loss then."""
    found = (-1, -1, math.inf)
    for i, m in enumerate(medoids):
        others = [*medoids[:i], *medoids[i + 1 :]]
        rest = dist[others].min(axis=0) if others else np.full(len(dist), np.inf)
        after = np.minimum(dist, rest).sum(axis=1)
        after[list(medoids)] = np.inf
        c = int(after.argmin())
        if after[c] < found[2]:
            found = (m, c, float(after[c]))
    return found


def no_optimum(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Look for a single swap that lowers the loss by more than rounding."""
    to_medoids = dist[list(outcome.medoids)]
    loss = float(to_medoids.min(axis=0).sum())
    if best_gain(dist, to_medoids) <= slack(subject, case, loss):
        return None
    leaves, comes, after = best_swap(dist, outcome.medoids)
    expected = f"their loss is {loss:.12g}; swapping {leaves} for {comes} gives {after:.12g}"
    return Complaint("swap", str(outcome), expected)


def wrong_labels(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Look for an object whose label is not the place of a nearest medoid; ties are fine."""
    labels = outcome.labels
    if labels is None:
        return None
    said = f"returned medoids {list(outcome.medoids)}, labels {list(labels)[:40]}"
    if len(labels) != case.n or not set(labels) <= set(range(case.k)):
        return Complaint("labels", said, f"{case.n} labels are places 0 .. {case.k - 1} in the list of medoids")
    to_medoids = dist[list(outcome.medoids)]
    chosen = to_medoids[list(labels), np.arange(case.n)]
    allowed = slack(subject, case, 0.0) + RELATIVE[subject.dtype] * np.abs(chosen)
    for o in np.flatnonzero(chosen - to_medoids.min(axis=0) > allowed):
        place = int(to_medoids[:, o].argmin())
        expected = (
            f"object {o} is {chosen[o]:.12g} from medoid {outcome.medoids[labels[o]]} and {to_medoids[place, o]:.12g} "
            f"from medoid {outcome.medoids[place]}"
        )
        return Complaint("labels", said, expected)
    return None


def wrong(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Check all that holds for any answer, and the local optimum where it is promised."""
    if (trouble := nonsense(case, outcome)) is not None:
        return Complaint("medoids", f"{outcome}: {trouble}", f"{case.k} distinct objects of 0 .. {case.n - 1}")
    checks = [wrong_loss, wrong_labels, *([no_optimum] if subject.local_optimum else [])]
    return next((found for check in checks if (found := check(subject, case, outcome, dist))), None)
