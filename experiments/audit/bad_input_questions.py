"""The questions about bad input: a valid case is made invalid, and an exception is expected.

A crash or a hang is a failure. So is an answer, unless it can be called correct: asymmetric dissimilarities may be read
in either direction, a negative or infinite dissimilarity may enter the loss as defined, and a repeated start medoid may
be replaced. (This is judged only where the valid case is answered correctly, so that no failure is counted twice.) No
answer is correct for NaN, for an impossible k or for medoids that do not exist.
"""

from dataclasses import replace

import numpy as np

from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint, nonsense, slack, wrong
from kmedoids_bench.experiments.audit.question import SKIP, Finding, question
from kmedoids_bench.experiments.audit.questions import no_start
from kmedoids_bench.experiments.audit.subject import Subject

AN_EXCEPTION = "an exception is expected"


def no_array(subject: Subject) -> str | None:
    """These questions need a subject that takes a matrix as an array."""
    return None if subject.order in ("C", "F") else "takes no matrix as an array"


def no_matrix(subject: Subject) -> str | None:
    """Points cannot have such dissimilarities."""
    return "takes points" if subject.points else None


def refused(outcome: Outcome, what: str) -> Finding:
    """Complain about anything but an exception."""
    if outcome.kind == "exception":
        return None
    return Complaint(outcome.kind, str(outcome), f"{what}: {AN_EXCEPTION}")


def sound(case: Case, interview: Interview) -> bool:
    """Whether the valid case gets a correct answer."""
    outcome = interview.answer(case)
    return outcome.kind == "answer" and wrong(interview.subject, case, outcome, case.matrix) is None


def pair(case: Case) -> tuple[int, int]:
    """Choose two different objects, the same each time."""
    one, other = np.random.default_rng(case.seed).choice(case.n, 2, replace=False)
    return int(one), int(other)


def spoil(case: Case, value: float) -> Case:
    """Replace one dissimilarity in both directions, or all coordinates of one point, by a number."""
    data = case.data.copy()
    i, j = pair(case)
    if case.metric:
        data[i] = value
    else:
        data[i, j] = data[j, i] = value
    return case.with_data(data)


@question("NaN", "bad input")
def not_a_number(case: Case, interview: Interview) -> Finding:
    """Does a NaN raise an exception: one dissimilarity, or all coordinates of one point?

    All subjects are asked.
    """
    i, j = pair(case)
    what = f"point {i} is NaN" if case.metric else f"the dissimilarity of {i} and {j} is NaN"
    return refused(interview.answer(spoil(case, np.nan)), what)


@question("infinite", "bad input")
def infinite(case: Case, interview: Interview) -> Finding:
    """Does an infinite dissimilarity or point raise an exception, or give a correct answer?

    All subjects are asked. An infinite dissimilarity is meaningful, and there are always medoids with a finite loss. An
    infinite point has no distance to itself and must be refused.
    """
    i, j = pair(case)
    if case.metric:
        return refused(interview.answer(spoil(case, np.inf)), f"point {i} is infinite")
    if not sound(case, interview):
        return SKIP
    outcome = interview.answer(spoil(case, np.inf))
    if outcome.kind == "exception":
        return None
    what = f"the dissimilarity of {i} and {j} is infinite"
    if outcome.kind != "answer":
        return Complaint(outcome.kind, str(outcome), f"{what}: {AN_EXCEPTION}")
    found = wrong(interview.subject, case, outcome, spoil(case, np.inf).matrix)
    return found and replace(found, expected=f"{what}; {found.expected}")


@question("negative", "bad input", no_matrix)
def negative(case: Case, interview: Interview) -> Finding:
    """Does a negative dissimilarity raise an exception, or an answer that is correct by definition?

    Asked of subjects that take dissimilarities. If both objects become medoids, either may be assigned to the other or
    to itself, and the local optimum is not checked.
    """
    if not sound(case, interview):
        return SKIP
    (i, j), largest = pair(case), float(case.data.max())
    bad = spoil(case, -1.0 if case.exact else -largest or -1.0)
    outcome = interview.answer(bad)
    if outcome.kind == "exception":
        return None
    what = f"the dissimilarity of {i} and {j} is negative"
    if outcome.kind != "answer":
        return Complaint(outcome.kind, str(outcome), f"{what}: {AN_EXCEPTION}")
    both = nonsense(bad, outcome) is None and {i, j} <= set(outcome.medoids)
    dist = bad.matrix
    if both:
        dist[i, j] = dist[j, i] = 0.0
    if both and outcome.reported_loss is not None:
        # Each of the two may count with its negative dissimilarity or with zero.
        by_itself = float(dist[list(outcome.medoids)].min(axis=0).sum())
        either = (by_itself, by_itself + bad.matrix[i, j], by_itself + 2 * bad.matrix[i, j])
        if any(abs(outcome.reported_loss - loss) <= slack(interview.subject, bad, loss) for loss in either):
            return None
    found = wrong(replace(interview.subject, local_optimum=False) if both else interview.subject, bad, outcome, dist)
    return found and replace(found, expected=f"{what}; {found.expected}")


@question("asymmetric", "bad input", no_array)
def asymmetric(case: Case, interview: Interview) -> Finding:
    """Does an asymmetric matrix raise an exception, or give a correct answer for one of the two directions?

    Asked of subjects that take a matrix as an array. Nearly all pairs are asymmetric.
    """
    rng = np.random.default_rng(case.seed)
    factors = rng.integers(1, 4, size=case.data.shape)
    bad = case.with_data((case.data * factors).astype(case.data.dtype))
    if (bad.data == bad.data.T).all() or not sound(case, interview):
        return SKIP
    outcome = interview.answer(bad)
    if outcome.kind == "exception":
        return None
    if outcome.kind != "answer":
        return Complaint(outcome.kind, str(outcome), f"the matrix is asymmetric: {AN_EXCEPTION}")
    readings = [wrong(interview.subject, bad, outcome, dist) for dist in (bad.matrix, bad.matrix.T)]
    if any(found is None for found in readings):
        return None
    one, other = (found for found in readings if found is not None)
    return Complaint(
        "asymmetric", str(outcome), f"rows as medoids: {one.expected}; columns as medoids: {other.expected}"
    )


@question("not square", "bad input", no_array)
def not_square(case: Case, interview: Interview) -> Finding:
    """Does a matrix that lacks a row or a column raise an exception?

    Asked of subjects that take a matrix as an array. k and the start medoids would fit either dimension.
    """
    data = case.data[:-1] if case.seed % 2 else case.data[:, :-1]
    if case.start is not None and case.n - 1 in case.start:
        case = replace(case, start=tuple(range(case.k)))
    return refused(interview.answer(case.with_data(np.ascontiguousarray(data))), f"the matrix has shape {data.shape}")


@question("k = 0, k > n", "bad input")
def impossible_k(case: Case, interview: Interview) -> Finding:
    """Do k = 0 and k > n raise an exception?

    All subjects are asked. Subjects that only take start medoids get none, or more than there are objects.
    """
    subject = interview.subject
    own = next((name for name in subject.own_starts), None)
    given = subject.takes_start and not subject.makes_start
    for k in (0, case.n + 1, case.n + 7):
        start = tuple(range(k)) if given else None
        bad = replace(case, k=k, start=start, own_start=None if given else own)
        found = refused(interview.answer(bad), f"{k} medoids of {case.n} objects were requested")
        if found is not None:
            return found
    return None


@question("start twice", "bad input", no_start)
def repeated_start(case: Case, interview: Interview) -> Finding:
    """Does a start medoid that is given twice raise an exception, or give a correct answer?

    Asked of subjects that take start medoids. A correct answer has k distinct medoids, their loss, and is a local
    optimum where that is promised.
    """
    if case.start is None or not sound(case, interview):
        return SKIP
    bad = replace(case, start=(case.start[0], case.start[0], *case.start[2:]))
    outcome = interview.answer(bad)
    if outcome.kind == "exception":
        return None
    if outcome.kind == "answer" and wrong(interview.subject, bad, outcome, bad.matrix) is None:
        return None
    return Complaint(outcome.kind, str(outcome), f"the start medoids are {list(bad.start or ())}: {AN_EXCEPTION}")


@question("start out of range", "bad input", no_start)
def missing_start(case: Case, interview: Interview) -> Finding:
    """Does a start medoid that does not exist raise an exception?

    Asked of subjects that take start medoids. The last one is n or n + 7.
    """
    if case.start is None:
        return SKIP
    for missing in (case.n, case.n + 7):
        bad = replace(case, start=(*case.start[:-1], missing))
        what = f"the start medoids are {list(bad.start or ())} of {case.n} objects"
        if (found := refused(interview.answer(bad), what)) is not None:
            return found
    return None
