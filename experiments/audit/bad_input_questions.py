"""The questions about bad input: a valid case is made invalid, and an exception is expected.

A crash or a hang is a failure. So is an answer, unless it can be called correct: asymmetric dissimilarities may be read
in either direction, a negative or infinite dissimilarity may enter the loss as defined, and a repeated start medoid may
be replaced. (This is judged only where the valid case is answered correctly, so that no failure is counted twice.) No
answer is correct for NaN, for an impossible k or for medoids that do not exist.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kmedoids_bench.experiments.audit import definitions
from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint, nonsense, slack, wrong
from kmedoids_bench.experiments.audit.question import Need, answered, decide_only_if, known, question, questions_in


def pair(case: Case) -> tuple[int, int]:
    """Choose two different objects, the same each time."""
    one, other = np.random.default_rng(case.seed).choice(case.n, 2, replace=False)
    return int(one), int(other)


def spoil(case: Case, value: float, word: str) -> tuple[Case, str]:
    """Replace one dissimilarity in both directions, or all coordinates of one point; return also what is bad."""
    data = case.data.copy()
    i, j = pair(case)
    if case.metric:
        data[i] = value
    else:
        data[i, j] = data[j, i] = value
    what = f"point {i}" if case.metric else f"the dissimilarity of {i} and {j}"
    return replace(case, data=data), f"{what} is {word}"


def refused(
    case: Case,
    bad: Case,
    interview: Interview,
    what: str,
    wrong_answer: Callable[[Outcome], Complaint | None] | None = None,
) -> Complaint | None:
    """Expect an exception, or an answer that `wrong_answer` has no complaint about; `what` says why the case is bad.

    With `wrong_answer` the question is undecided unless the valid `case` is answered correctly.
    """
    if wrong_answer is not None:
        decide_only_if(wrong(interview.subject, case, answered(case, interview), case.matrix) is None)
    outcome = interview.answer(bad)
    if outcome.kind == "exception":
        return None
    if outcome.kind == "answer" and wrong_answer is not None:
        complaint = wrong_answer(outcome)
        return complaint and replace(complaint, expected=f"{what}; {complaint.expected}")
    return Complaint(outcome.kind, str(outcome), f"{what}; an exception is expected")


@question("NaN", "bad input")
def not_a_number(case: Case, interview: Interview) -> Complaint | None:
    """Does a NaN raise an exception: one dissimilarity, or all coordinates of one point?

    All subjects are asked.
    """
    bad, what = spoil(case, np.nan, "NaN")
    return refused(case, bad, interview, what)


@question("infinite", "bad input")
def infinite(case: Case, interview: Interview) -> Complaint | None:
    """Does an infinite dissimilarity or point raise an exception, or give a correct answer?

    All subjects are asked. An infinite dissimilarity is meaningful, and there are always medoids with a finite loss. An
    infinite point has no distance to itself and must be refused.
    """
    bad, what = spoil(case, np.inf, "infinite")
    if case.metric:
        return refused(case, bad, interview, what)
    return refused(case, bad, interview, what, lambda outcome: wrong(interview.subject, case, outcome, bad.matrix))


@question("negative", "bad input", Need.DISSIMILARITIES)
def negative(case: Case, interview: Interview) -> Complaint | None:
    """Does a negative dissimilarity raise an exception, or an answer that is correct by definition?

    Asked of subjects that take dissimilarities. If both objects become medoids, either may be assigned to the other or
    to itself, and the local optimum is not checked.
    """
    (i, j), largest = pair(case), float(case.data.max())
    bad, what = spoil(case, -1.0 if case.exact else -largest or -1.0, "negative")

    def wrong_answer(outcome: Outcome) -> Complaint | None:
        subject, dist, reported = interview.subject, bad.matrix, outcome.reported_loss
        if nonsense(bad, outcome) is None and {i, j} <= set(outcome.medoids):
            subject = replace(subject, local_optimum=False)
            dist[i, j] = dist[j, i] = 0.0
            # Each of the two may count with its negative dissimilarity or with zero.
            either = [definitions.loss(dist, outcome.medoids) + times * bad.matrix[i, j] for times in (0, 1, 2)]
            if reported is not None and any(abs(reported - loss) <= slack(subject, bad, loss) for loss in either):
                return None
        return wrong(subject, bad, outcome, dist)

    return refused(case, bad, interview, what, wrong_answer)


@question("asymmetric", "bad input", Need.ARRAY)
def asymmetric(case: Case, interview: Interview) -> Complaint | None:
    """Does an asymmetric matrix raise an exception, or give a correct answer for one of the two directions?

    Asked of subjects that take a matrix as an array. Nearly all pairs are asymmetric.
    """
    factors = np.random.default_rng(case.seed).integers(1, 4, size=case.data.shape)
    bad = replace(case, data=(case.data * factors).astype(case.data.dtype))
    decide_only_if((bad.data != bad.data.T).any())

    def wrong_answer(outcome: Outcome) -> Complaint | None:
        rows, columns = (wrong(interview.subject, bad, outcome, dist) for dist in (bad.matrix, bad.matrix.T))
        if rows is None or columns is None:
            return None
        expected = f"rows as medoids: {rows.expected}; columns as medoids: {columns.expected}"
        return Complaint("asymmetric", str(outcome), expected)

    return refused(case, bad, interview, "the matrix is asymmetric", wrong_answer)


@question("not square", "bad input", Need.ARRAY)
def not_square(case: Case, interview: Interview) -> Complaint | None:
    """Does a matrix that lacks a row or a column raise an exception?

    Asked of subjects that take a matrix as an array. k and the start medoids would fit either dimension.
    """
    data = case.data[:-1] if case.seed % 2 else case.data[:, :-1]
    bad = replace(case, data=np.ascontiguousarray(data))
    if case.start is not None and case.n - 1 in case.start:
        bad = replace(bad, start=tuple(range(case.k)))
    return refused(case, bad, interview, f"the matrix has shape {data.shape}")


@question("k = 0, k > n", "bad input")
def impossible_k(case: Case, interview: Interview) -> Complaint | None:
    """Do k = 0 and k > n raise an exception?

    All subjects are asked. Subjects that only take start medoids get none, or more than there are objects.
    """
    subject = interview.subject
    own = next(iter(subject.own_starts), None)
    given = subject.takes_start and not subject.makes_start
    for k in (0, case.n + 1, case.n + 7):
        start = tuple(range(k)) if given else None
        bad = replace(case, k=k, start=start, own_start=None if given else own)
        if complaint := refused(case, bad, interview, f"{k} medoids of {case.n} objects were requested"):
            return complaint
    return None


@question("start twice", "bad input", Need.START)
def repeated_start(case: Case, interview: Interview) -> Complaint | None:
    """Does a start medoid that is given twice raise an exception, or give a correct answer?

    Asked of subjects that take start medoids. A correct answer has k distinct medoids, their loss, and is a local
    optimum where that is promised.
    """
    first, _, *others = known(case.start)
    bad = replace(case, start=(first, first, *others))
    what = f"the start medoids are {[first, first, *others]}"

    def wrong_answer(outcome: Outcome) -> Complaint | None:
        correct = wrong(interview.subject, bad, outcome, bad.matrix) is None
        return None if correct else Complaint("answer", str(outcome), "an exception is expected")

    return refused(case, bad, interview, what, wrong_answer)


@question("start out of range", "bad input", Need.START)
def missing_start(case: Case, interview: Interview) -> Complaint | None:
    """Does a start medoid that does not exist raise an exception?

    Asked of subjects that take start medoids. The last one is n or n + 7.
    """
    for missing in (case.n, case.n + 7):
        start = (*known(case.start)[:-1], missing)
        what = f"the start medoids are {list(start)} of {case.n} objects"
        if complaint := refused(case, replace(case, start=start), interview, what):
            return complaint
    return None


QUESTIONS = questions_in(globals())
