"""The questions about bad input: a valid case is spoiled, and an exception is expected.

A crash or a hang is a failure, and so is an answer, unless there is a sense in which it is right (this is asked only
where the valid case is answered rightly, or another question's failure would be counted again): asymmetric
dissimilarities may be read in either direction, a negative or an infinite one by the definition of the loss, and
start medoids given twice may be mended. There is none for NaN, for a k that cannot be, or for medoids that do not
exist.
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
    """For questions about matrices that other forms of data cannot hold."""
    return None if subject.order in ("C", "F") else "takes no matrix as an array"


def no_matrix(subject: Subject) -> str | None:
    """For questions about dissimilarities that points cannot have."""
    return "takes points" if subject.points else None


def refused(outcome: Outcome, what: str) -> Finding:
    """Expect an exception and nothing else."""
    if outcome.kind == "exception":
        return None
    return Complaint(outcome.kind, str(outcome), f"{what}: {AN_EXCEPTION}")


def sound(case: Case, interview: Interview) -> bool:
    """Whether the valid case is answered, and rightly."""
    outcome = interview.answer(case)
    return outcome.kind == "answer" and wrong(interview.subject, case, outcome, case.matrix) is None


def pair(case: Case) -> tuple[int, int]:
    """Choose two different objects, the same each time."""
    one, other = np.random.default_rng(case.seed).choice(case.n, 2, replace=False)
    return int(one), int(other)


def spoil(case: Case, value: float) -> Case:
    """Put a number in place of one dissimilarity, in both directions; of points, in all coordinates of one."""
    data = case.data.copy()
    i, j = pair(case)
    if case.metric:
        data[i] = value
    else:
        data[i, j] = data[j, i] = value
    return case.with_data(data)


@question("NaN", "spoiled")
def not_a_number(case: Case, interview: Interview) -> Finding:
    """Does a NaN raise an exception: one dissimilarity, or all coordinates of one point?

    Asked of all.
    """
    i, j = pair(case)
    what = f"point {i} is NaN" if case.metric else f"the dissimilarity of {i} and {j} is NaN"
    return refused(interview.answer(spoil(case, np.nan)), what)


@question("infinite", "spoiled")
def infinite(case: Case, interview: Interview) -> Finding:
    """Does infinity raise an exception, or give an answer that is right: one dissimilarity, or one point?

    Asked of all. An infinite dissimilarity has a meaning, and every k >= 2 medoids here have a finite loss; a point
    at infinity has no distance from itself.
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


@question("negative", "spoiled", no_matrix)
def negative(case: Case, interview: Interview) -> Finding:
    """Does a negative dissimilarity raise an exception, or give an answer that is right by the definition?

    Asked of who takes dissimilarities. Whether a medoid with a negative one to another medoid belongs to itself is left
    open, and so is the local optimum where that matters.
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
        # Each of them may count as it is, or as zero.
        by_itself = float(dist[list(outcome.medoids)].min(axis=0).sum())
        either = (by_itself, by_itself + bad.matrix[i, j], by_itself + 2 * bad.matrix[i, j])
        if any(abs(outcome.reported_loss - loss) <= slack(interview.subject, bad, loss) for loss in either):
            return None
    found = wrong(replace(interview.subject, local_optimum=False) if both else interview.subject, bad, outcome, dist)
    return found and replace(found, expected=f"{what}; {found.expected}")


@question("asymmetric", "spoiled", no_array)
def asymmetric(case: Case, interview: Interview) -> Finding:
    """Does an asymmetric matrix raise an exception, or give an answer that is right in one of the two directions?

    Asked of who takes a matrix as an array; nearly all of its pairs are asymmetric.
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


@question("not square", "spoiled", no_array)
def not_square(case: Case, interview: Interview) -> Finding:
    """Does a matrix with a row or a column too few raise an exception?

    Asked of who takes a matrix as an array. The medoids asked for are there in either.
    """
    data = case.data[:-1] if case.seed % 2 else case.data[:, :-1]
    if case.start is not None and case.n - 1 in case.start:
        case = replace(case, start=tuple(range(case.k)))
    return refused(interview.answer(case.with_data(np.ascontiguousarray(data))), f"the matrix has shape {data.shape}")


@question("k = 0, k > n", "spoiled")
def impossible_k(case: Case, interview: Interview) -> Finding:
    """Do k = 0 and k > n raise an exception?

    Asked of all; who only takes start medoids is given none, or all and one that does not exist.
    """
    subject = interview.subject
    own = next((name for name in subject.own_starts), None)
    given = subject.takes_start and not subject.makes_start
    for k in (0, case.n + 1, case.n + 7):
        start = tuple(range(k)) if given else None
        bad = replace(case, k=k, start=start, own_start=None if given else own)
        found = refused(interview.answer(bad), f"asked for {k} medoids of {case.n} objects")
        if found is not None:
            return found
    return None


@question("start twice", "spoiled", no_start)
def repeated_start(case: Case, interview: Interview) -> Finding:
    """Do start medoids with one given twice raise an exception, or give an answer that is right?

    Asked of who takes start medoids. Right are k distinct medoids, their loss, and the local optimum where promised.
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


@question("start out of range", "spoiled", no_start)
def missing_start(case: Case, interview: Interview) -> Finding:
    """Does a start medoid that does not exist raise an exception?

    Asked of who takes start medoids; the last one is n or n + 7.
    """
    if case.start is None:
        return SKIP
    for missing in (case.n, case.n + 7):
        bad = replace(case, start=(*case.start[:-1], missing))
        what = f"the start medoids are {list(bad.start or ())} of {case.n} objects"
        if (found := refused(interview.answer(bad), what)) is not None:
            return found
    return None
