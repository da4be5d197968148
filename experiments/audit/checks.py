"""How outcomes are judged, and how much rounding is accepted."""

import math
from dataclasses import dataclass

import numpy as np

from kmedoids_bench.experiments.audit import definitions
from kmedoids_bench.experiments.audit.ask_worker import Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.harness.verify import Nonsense, verify

# Relative tolerance of a loss computed in this type: far more than rounding in sums of a hundred numbers.
RELATIVE = {"float64": 1e-9, "float32": 1e-4}


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an answer. `returned` continues the sentence "On this instance it"."""

    kind: str  # a case is shrunk as long as it fails with the same kind
    returned: str
    expected: str


def slack(subject: Subject, case: Case, loss: float) -> float:
    """Return how far two losses may be apart and still count as equal.

    The tolerance is 1e-9 of the loss in float64 and 1e-4 in float32, plus 100 n eps times the largest dissimilarity for
    cancellation in sums. Euclidean distances of points may be off by sqrt(eps) times the largest norm each, because
    they are usually computed from scalar products.
    """
    finite = np.abs(case.data[np.isfinite(case.data)].astype(np.float64))
    largest, eps = float(finite.max(initial=0.0)), float(np.finfo(subject.dtype).eps)
    allowed = RELATIVE[subject.dtype] * abs(loss) + 100 * case.n * eps * largest
    if case.metric == "euclidean":
        norm = float(np.sqrt((case.data.astype(np.float64) ** 2).sum(axis=1)).max())
        allowed += case.n * norm * math.sqrt(eps)
    return allowed


def nonsense(case: Case, outcome: Outcome) -> str | None:
    """Return why the medoids are not k distinct objects, or None if they are."""
    try:
        verify(case.matrix, outcome.medoids, case.k)
    except Nonsense as error:
        return str(error)
    return None


def wrong_loss(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Compare a reported loss with the loss of the returned medoids."""
    loss, reported = definitions.loss(dist, outcome.medoids), outcome.reported_loss
    if reported is None or abs(reported - loss) <= slack(subject, case, loss):  # false for NaN
        return None
    return Complaint("loss", str(outcome), f"the loss of these medoids is {loss:.12g}")


def no_optimum(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Complain if a single swap lowers the loss by more than the tolerance."""
    loss, after = definitions.loss(dist, outcome.medoids), definitions.losses_after_swaps(dist, outcome.medoids)
    i, c = divmod(int(after.argmin()), case.n)
    if not loss - after[i, c] > slack(subject, case, loss):
        return None
    expected = f"their loss is {loss:.12g}; swapping {outcome.medoids[i]} for {c} gives {after[i, c]:.12g}"
    return Complaint("swap", str(outcome), expected)


def wrong_labels(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Complain if a label does not name a nearest medoid; ties are accepted."""
    labels = outcome.labels
    if labels is None:
        return None
    returned = f"returned medoids {list(outcome.medoids)}, labels {list(labels)[:40]}"
    if len(labels) != case.n or not set(labels) <= set(range(case.k)):
        return Complaint("labels", returned, f"{case.n} labels are positions 0 .. {case.k - 1} in the list of medoids")
    to_medoids = dist[list(outcome.medoids)]
    chosen = to_medoids[list(labels), np.arange(case.n)]
    allowed = slack(subject, case, 0.0) + RELATIVE[subject.dtype] * np.abs(chosen)
    for o in np.flatnonzero(chosen - to_medoids.min(axis=0) > allowed):
        place = int(to_medoids[:, o].argmin())
        expected = (
            f"object {o} is {chosen[o]:.12g} from medoid {outcome.medoids[labels[o]]} and {to_medoids[place, o]:.12g} "
            f"from medoid {outcome.medoids[place]}"
        )
        return Complaint("labels", returned, expected)
    return None


def wrong(subject: Subject, case: Case, outcome: Outcome, dist: np.ndarray) -> Complaint | None:
    """Check what must hold for any answer, and the local optimum where it is promised."""
    if (trouble := nonsense(case, outcome)) is not None:
        return Complaint("medoids", f"{outcome}: {trouble}", f"{case.k} distinct objects of 0 .. {case.n - 1}")
    checks = [wrong_loss, wrong_labels, *([no_optimum] if subject.local_optimum else [])]
    return next(filter(None, (check(subject, case, outcome, dist) for check in checks)), None)
