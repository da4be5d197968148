"""The questions, in the order in which they are asked and shown.

A docstring says what is asked, who is asked, and how the answer is judged; the page shows it. The first two questions
report missing and invalid answers. All others skip the cases that have no valid answer.

For the questions about bad input a valid case is made invalid, and an exception is expected. A crash or a hang is a
failure. So is an answer, unless it can be called correct: asymmetric dissimilarities may be read in either direction, a
negative or infinite dissimilarity may enter the loss as defined, and a repeated start medoid may be replaced. (This is
judged only where the valid case is answered correctly, so that no failure is counted twice.) No answer is correct for
NaN, for an impossible k or for medoids that do not exist.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import DTYPES
from kmedoids_bench.experiments.audit import checks, definitions
from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint, nonsense, slack, wrong
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.rows.keys import OURS, TUNED

NUMBERS_OF_SAMPLES = (1, 2, 4, 8)
SKIP = "skip"  # the case says nothing about the question and does not count

# What a question finds in one case: None (correct), a complaint, or SKIP.
Finding = Complaint | str | None


class Undecided(Exception):
    """Raised by a question about which the case says nothing."""


@dataclass(frozen=True)
class Need:
    """What a subject must take or promise to be asked a question."""

    met: Callable[[Subject], object]
    reason: str  # why a subject that does not meet it is not asked


@dataclass(frozen=True)
class Question:
    """A question of the audit."""

    name: str  # of the function; in names of files
    title: str  # heading of the column
    kind: str  # which cases it uses: a key of `instances.COUNTS`
    judge: Callable[[Case, Interview], Complaint | None]
    needs: tuple[Need, ...]

    @property
    def about(self) -> str:
        """What is asked, who is asked, and how the answer is judged."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    def why_not(self, subject: Subject) -> str | None:
        """Return the reason why the question does not apply to a subject; None if it does."""
        return next((need.reason for need in self.needs if not need.met(subject)), None)

    def ask(self, case: Case, interview: Interview) -> Finding:
        """Ask the question about one case."""
        try:
            return self.judge(case, interview)
        except Undecided:
            return SKIP


QUESTIONS: dict[str, Question] = {}


def question(title: str, kind: str = "ordinary", *needs: Need):
    """Register a function as a question. Questions are asked and shown in the order of their definitions."""

    def register(judge):
        QUESTIONS[judge.__name__] = Question(judge.__name__, title, kind, judge, needs)
        return judge

    return register


def promises_result(subject: Subject) -> bool:
    """Whether it promises a result that can be compared: by definition, or with another algorithm of ours."""
    promise = subject.same_result_as
    # A tuned algorithm promises the result of the plain one of the same name.
    another = subject.implementation == TUNED or (subject.implementation == OURS and promise != subject.algorithm)
    return promise in definitions.DEFINED or another


def repeats(subject: Subject) -> bool:
    """Whether repeated calls must agree: not if the subject draws at random and takes no seed."""
    seeded = {name for name, algorithm in algorithms().items() if algorithm.seeded}
    drawn = subject.makes_start and seeded.issuperset(subject.makes_start)
    return not drawn or subject.takes_seed or subject.takes_start


def must_be_best(subject: Subject) -> bool:
    """Whether a single medoid must be the best one, as every swap algorithm finds it and BUILD starts with it."""
    promise = algorithms().get(subject.same_result_as or "")
    return subject.local_optimum or (promise is not None and (promise.kind == "swap" or promise.name == "build"))


START = Need(lambda subject: subject.takes_start, "takes no start medoids")
OPTIMUM = Need(lambda subject: subject.local_optimum, "does not promise a local optimum")
RESULT = Need(promises_result, "promises no other algorithm's result")
ANY_ORDER = Need(
    lambda subject: subject.same_result_as in definitions.IN_ANY_ORDER,
    "its result may depend on the order of the objects",
)
SAMPLES = Need(lambda subject: subject.samples, "promises no best of samples or restarts")
REPEATS = Need(repeats, "draws at random and takes no seed")
ARRAY = Need(lambda subject: subject.order in ("C", "F"), "takes no matrix as an array")
DISSIMILARITIES = Need(lambda subject: not subject.points, "takes points")


def decide_only_if(condition: bool) -> None:
    """Leave the question undecided unless this holds."""
    if not condition:
        raise Undecided


def answered(case: Case, interview: Interview) -> Outcome:
    """Return the answer, valid or not."""
    outcome = interview.answer(case)
    decide_only_if(outcome.kind == "answer")
    return outcome


def solved(case: Case, interview: Interview) -> Outcome:
    """Return the answer if its medoids are valid."""
    outcome = answered(case, interview)
    decide_only_if(nonsense(case, outcome) is None)
    return outcome


def loss_of(case: Case, outcome: Outcome) -> float:
    """Loss of the returned medoids, in float64."""
    return definitions.loss(case.matrix, outcome.medoids)


def by_definition(case: Case, subject: Subject) -> tuple[int, ...]:
    """Return the medoids at which the promised algorithm ends, unless two choices were equally good at some step."""
    close, algorithm = 10 * checks.RELATIVE[subject.dtype], subject.same_result_as or ""
    medoids = definitions.expected(algorithm, case.matrix, case.k, case.start, close=close, exact=case.exact)
    if medoids is None:
        raise Undecided
    return medoids


def differs(
    case: Case, interview: Interview, changed: Case, how: str, order: str | None = None, may_raise: bool = False
) -> Complaint | None:
    """Compare the loss for a problem with the loss for the same problem in another representation."""
    first = solved(case, interview)
    other = interview.answer(changed, order)
    if other.kind == "exception" and may_raise:
        return None
    before = loss_of(case, first)
    if other.kind != "answer" or nonsense(case, other) is not None:
        return Complaint(other.kind, f"{other} {how}", f"otherwise it {first}")
    after = loss_of(case, other)
    if abs(after - before) <= slack(interview.subject, case, before):
        return None
    return Complaint("differs", f"{other} {how}", f"its loss is {after:.12g}; otherwise it {first}, loss {before:.12g}")


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
    bad: Case, interview: Interview, what: str, wrong_answer: Callable[[Outcome], Complaint | None] | None = None
) -> Complaint | None:
    """Expect an exception, or an answer that `wrong_answer` has no complaint about; `what` says why the case is bad."""
    outcome = interview.answer(bad)
    if outcome.kind == "exception":
        return None
    if outcome.kind == "answer" and wrong_answer is not None:
        complaint = wrong_answer(outcome)
        return complaint and replace(complaint, expected=f"{what}; {complaint.expected}")
    return Complaint(outcome.kind, str(outcome), f"{what}; an exception is expected")


def need_correct_answer(case: Case, interview: Interview) -> None:
    """Leave the question undecided unless the valid case is answered correctly."""
    decide_only_if(wrong(interview.subject, case, answered(case, interview), case.matrix) is None)


@question("answers")
def answers(case: Case, interview: Interview) -> Complaint | None:
    """Does it answer every valid problem, without an exception, a crash, a hang or more than 2 GiB of memory?

    All subjects are asked. 2 <= k < n; the data have ties and duplicates, and some start medoids are poor.
    """
    outcome = interview.answer(case)
    return None if outcome.kind == "answer" else Complaint(outcome.kind, str(outcome), "the problem is valid")


@question("k distinct medoids")
def distinct(case: Case, interview: Interview) -> Complaint | None:
    """Does it return exactly k distinct medoids, even where fewer would give the same loss?

    All subjects are asked.
    """
    outcome = answered(case, interview)
    if (trouble := nonsense(case, outcome)) is None:
        return None
    return Complaint("medoids", str(outcome), f"it {trouble}; {case.k} of {case.n} were requested")


@question("reported loss")
def reported_loss(case: Case, interview: Interview) -> Complaint | None:
    """Is the reported loss the loss of the returned medoids, recomputed in float64?

    Asked of subjects that report a loss. The tolerance is 1e-9 of the loss for computations in float64 and 1e-4 in
    float32, plus 100 n eps times the largest dissimilarity. Euclidean distances computed from points may each be off by
    sqrt(eps) times the largest norm.
    """
    outcome = solved(case, interview)
    decide_only_if(outcome.reported_loss is not None)
    return checks.wrong_loss(interview.subject, case, outcome, case.matrix)


@question("not worse than start", "ordinary", START)
def not_worse(case: Case, interview: Interview) -> Complaint | None:
    """Is the loss at most that of the given start medoids?

    Asked of subjects that take start medoids. These are random, poor, or all in one cluster or at one point.
    """
    outcome = solved(case, interview)
    if case.start is None:
        raise Undecided
    before, after = definitions.loss(case.matrix, case.start), loss_of(case, outcome)
    if after <= before + slack(interview.subject, case, before):
        return None
    return Complaint("worse", str(outcome), f"their loss is {after:.12g}, that of the start {before:.12g}")


@question("no swap improves", "ordinary", OPTIMUM)
def local_optimum(case: Case, interview: Interview) -> Complaint | None:
    """Is the result a local optimum: no swap of one medoid for another object lowers the loss?

    Asked of subjects that promise one. All k(n-k) swaps are tried. Gains within the tolerance of the reported loss do
    not count.
    """
    return checks.no_optimum(interview.subject, case, solved(case, interview), case.matrix)


@question("the promised result", "ordinary", RESULT)
def same_result(case: Case, interview: Interview) -> Complaint | None:
    """Is the result that of the promised algorithm: the same medoids, or the same loss?

    Asked of subjects that promise the result of PAM, BUILD, FasterPAM or Alternating. The expected result is computed
    from the algorithm's definition, from the same start medoids or from BUILD's. Cases in which two choices were
    equally good at some step do not count. Our own algorithms are also compared with each other where they promise the
    same result.
    """
    outcome = solved(case, interview)
    decide_only_if(case.own_start in (None, "build"))
    subject, promise = interview.subject, interview.subject.same_result_as
    if promise in definitions.DEFINED:
        medoids = by_definition(case, subject)
    else:
        theirs = interview.answer(case, algorithm=promise)
        decide_only_if(theirs.kind == "answer" and case.exact)
        medoids = theirs.medoids
    loss, after = definitions.loss(case.matrix, medoids), loss_of(case, outcome)
    if set(medoids) == set(outcome.medoids) or abs(after - loss) <= slack(subject, case, loss):
        return None
    expected = f"their loss is {after:.12g}; {promise} ends at medoids {sorted(medoids)} with loss {loss:.12g}"
    return Complaint("other", str(outcome), expected)


@question("best of its samples", "samples", SAMPLES)
def best_of_samples(case: Case, interview: Interview) -> Complaint | None:
    """With the same seed, do more samples or restarts never give a larger loss?

    Asked of subjects that return the best of several. 1, 2, 4 and 8 samples are drawn from 60 to 120 objects. The first
    samples are the same, so the best of more samples cannot be worse.
    """
    subject = interview.subject
    drawn = [replace(case, parameters={subject.samples: count}) for count in NUMBERS_OF_SAMPLES]
    losses = [loss_of(case, solved(more, interview)) for more in drawn]
    for i, (fewer, more) in enumerate(pairwise(losses)):
        if more > fewer + slack(subject, case, fewer):
            returned = f"ended at loss {more:.12g} with {NUMBERS_OF_SAMPLES[i + 1]} samples or restarts"
            return Complaint("samples", returned, f"with {NUMBERS_OF_SAMPLES[i]} it is {fewer:.12g}")
    return None


@question("same again", "ordinary", REPEATS)
def repeatable(case: Case, interview: Interview) -> Complaint | None:
    """Does a second call with the same seed give the same medoids and the same reported loss?

    Asked of all subjects except those that draw at random and take no seed.
    """
    first = answered(case, interview)
    second = interview.answer(case, repeat=1)
    if second.kind == "answer" and set(second.medoids) == set(first.medoids):
        one, other = first.reported_loss, second.reported_loss
        if one == other or (one != one and other != other):
            return None
    return Complaint("repeat", f"{second} when asked again", f"the first time it {first}")


@question("C and F order", "ordinary", REPEATS, ARRAY)
def memory_order(case: Case, interview: Interview) -> Complaint | None:
    """Does the same matrix give the same loss in C and in Fortran order?

    Asked of subjects that take a matrix as an array. The entries are integers, so that rounding plays no role.
    """
    decide_only_if(case.exact)
    other, how = ("column-major", "in F order") if interview.subject.order == "C" else ("C", "in C order")
    return differs(case, interview, case, how, other)


@question("strided, read-only", "ordinary", REPEATS, ARRAY)
def layout(case: Case, interview: Interview) -> Complaint | None:
    """Does a strided view or a read-only matrix give the same loss, or an exception?

    Asked of subjects that take a matrix as an array. The entries are integers.
    """
    decide_only_if(case.exact)
    orders = ("strided", "read-only")
    complaints = [differs(case, interview, case, f"as a {order} array", order, may_raise=True) for order in orders]
    return next(filter(None, complaints), None)


@question("any number type", "ordinary", REPEATS)
def number_type(case: Case, interview: Interview) -> Complaint | None:
    """Do float32, float64, int32 and int64 of the same integers give the same loss?

    All subjects are asked. The integers are so small that every type holds their sums exactly. A subject may raise an
    exception for types that it does not claim to support.
    """
    decide_only_if(case.exact and case.n <= 30)
    for dtype in DTYPES:
        if dtype != case.data.dtype:
            changed = replace(case, data=case.data.astype(dtype))
            may_raise = dtype not in interview.subject.dtypes
            if complaint := differs(case, interview, changed, f"as {dtype}", may_raise=may_raise):
                return complaint
    return None


@question("labels")
def labels(case: Case, interview: Interview) -> Complaint | None:
    """Does every label name a nearest medoid?

    Asked of subjects that return labels. Ties are accepted, with the tolerance of the reported loss.
    """
    outcome = solved(case, interview)
    decide_only_if(outcome.labels is not None)
    return checks.wrong_labels(interview.subject, case, outcome, case.matrix)


@question("input untouched")
def untouched(case: Case, interview: Interview) -> Complaint | None:
    """Does the call leave its input unchanged?

    All subjects are asked.
    """
    if answered(case, interview).untouched:
        return None
    return Complaint("touched", "changed the data it was given", "the data belong to the caller")


@question("order of objects", "ordinary", ANY_ORDER)
def permuted(case: Case, interview: Interview) -> Complaint | None:
    """Do the same objects in another order give the same loss?

    Asked of subjects that promise the result of PAM or BUILD. Cases in which two choices were equally good at some step
    do not count.
    """
    first = solved(case, interview)
    decide_only_if(case.own_start in (None, "build"))
    by_definition(case, interview.subject)
    objects = np.random.default_rng(case.seed).permutation(case.n)
    other = case.of(objects)
    before, after = loss_of(case, first), loss_of(other, solved(other, interview))
    if abs(before - after) <= slack(interview.subject, case, before):
        return None
    returned = f"ended at loss {after:.12g} with the objects in the order {objects.tolist()}"
    return Complaint("permuted", returned, f"otherwise it {first}, loss {before:.12g}")


@question("k = 1 and k = n", "edge")
def one_or_all(case: Case, interview: Interview) -> Complaint | None:
    """Does k = 1 give one medoid (the best one, where that is promised) and k = n all objects?

    All subjects are asked. The reported loss and the labels are checked as well.
    """
    if complaint := answers(case, interview):
        return complaint
    promised = replace(interview.subject, local_optimum=case.k == 1 and must_be_best(interview.subject))
    return wrong(promised, case, interview.answer(case), case.matrix)


@question("NaN", "bad input")
def not_a_number(case: Case, interview: Interview) -> Complaint | None:
    """Does a NaN raise an exception: one dissimilarity, or all coordinates of one point?

    All subjects are asked.
    """
    bad, what = spoil(case, np.nan, "NaN")
    return refused(bad, interview, what)


@question("infinite", "bad input")
def infinite(case: Case, interview: Interview) -> Complaint | None:
    """Does an infinite dissimilarity or point raise an exception, or give a correct answer?

    All subjects are asked. An infinite dissimilarity is meaningful, and there are always medoids with a finite loss. An
    infinite point has no distance to itself and must be refused.
    """
    bad, what = spoil(case, np.inf, "infinite")
    if case.metric:
        return refused(bad, interview, what)
    need_correct_answer(case, interview)
    return refused(bad, interview, what, lambda outcome: wrong(interview.subject, case, outcome, bad.matrix))


@question("negative", "bad input", DISSIMILARITIES)
def negative(case: Case, interview: Interview) -> Complaint | None:
    """Does a negative dissimilarity raise an exception, or an answer that is correct by definition?

    Asked of subjects that take dissimilarities. If both objects become medoids, either may be assigned to the other or
    to itself, and the local optimum is not checked.
    """
    need_correct_answer(case, interview)
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

    return refused(bad, interview, what, wrong_answer)


@question("asymmetric", "bad input", ARRAY)
def asymmetric(case: Case, interview: Interview) -> Complaint | None:
    """Does an asymmetric matrix raise an exception, or give a correct answer for one of the two directions?

    Asked of subjects that take a matrix as an array. Nearly all pairs are asymmetric.
    """
    factors = np.random.default_rng(case.seed).integers(1, 4, size=case.data.shape)
    bad = replace(case, data=(case.data * factors).astype(case.data.dtype))
    decide_only_if((bad.data != bad.data.T).any())
    need_correct_answer(case, interview)

    def wrong_answer(outcome: Outcome) -> Complaint | None:
        rows, columns = (wrong(interview.subject, bad, outcome, dist) for dist in (bad.matrix, bad.matrix.T))
        if rows is None or columns is None:
            return None
        expected = f"rows as medoids: {rows.expected}; columns as medoids: {columns.expected}"
        return Complaint("asymmetric", str(outcome), expected)

    return refused(bad, interview, "the matrix is asymmetric", wrong_answer)


@question("not square", "bad input", ARRAY)
def not_square(case: Case, interview: Interview) -> Complaint | None:
    """Does a matrix that lacks a row or a column raise an exception?

    Asked of subjects that take a matrix as an array. k and the start medoids would fit either dimension.
    """
    data = case.data[:-1] if case.seed % 2 else case.data[:, :-1]
    bad = replace(case, data=np.ascontiguousarray(data))
    if case.start is not None and case.n - 1 in case.start:
        bad = replace(bad, start=tuple(range(case.k)))
    return refused(bad, interview, f"the matrix has shape {data.shape}")


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
        if complaint := refused(bad, interview, f"{k} medoids of {case.n} objects were requested"):
            return complaint
    return None


@question("start twice", "bad input", START)
def repeated_start(case: Case, interview: Interview) -> Complaint | None:
    """Does a start medoid that is given twice raise an exception, or give a correct answer?

    Asked of subjects that take start medoids. A correct answer has k distinct medoids, their loss, and is a local
    optimum where that is promised.
    """
    if case.start is None:
        raise Undecided
    need_correct_answer(case, interview)
    bad = replace(case, start=(case.start[0], case.start[0], *case.start[2:]))
    what = f"the start medoids are {list(bad.start or ())}"

    def wrong_answer(outcome: Outcome) -> Complaint | None:
        correct = wrong(interview.subject, bad, outcome, bad.matrix) is None
        return None if correct else Complaint("answer", str(outcome), "an exception is expected")

    return refused(bad, interview, what, wrong_answer)


@question("start out of range", "bad input", START)
def missing_start(case: Case, interview: Interview) -> Complaint | None:
    """Does a start medoid that does not exist raise an exception?

    Asked of subjects that take start medoids. The last one is n or n + 7.
    """
    if case.start is None:
        raise Undecided
    for missing in (case.n, case.n + 7):
        start = (*case.start[:-1], missing)
        what = f"the start medoids are {list(start)} of {case.n} objects"
        if complaint := refused(replace(case, start=start), interview, what):
            return complaint
    return None
