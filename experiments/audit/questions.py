"""The questions, in the order in which they are asked and shown.

A docstring says what is asked, who is asked, and how the answer is judged; the page shows it. The first two questions
report missing and invalid answers. All others skip the cases that have no valid answer. The last ones are about bad
input.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import DTYPES
from kmedoids_bench.experiments.audit import bad_input_questions, checks, definitions
from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint, nonsense, slack, wrong
from kmedoids_bench.experiments.audit.question import Need, answered, decide_only_if, known, question, questions_in
from kmedoids_bench.experiments.audit.subject import Subject

NUMBERS_OF_SAMPLES = (1, 2, 4, 8)


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
    return known(definitions.expected(algorithm, case.matrix, case.k, case.start, close=close, exact=case.exact))


def differs(
    case: Case, interview: Interview, changed: Case, how: str, order: str | None = None, may_raise: bool = False
) -> Complaint | None:
    """Compare the loss for a problem with the loss for the same problem in another representation or order."""
    first = solved(case, interview)
    other = interview.answer(changed, order)
    if other.kind == "exception" and may_raise:
        return None
    before = loss_of(case, first)
    if other.kind != "answer" or nonsense(case, other) is not None:
        return Complaint(other.kind, f"{other} {how}", f"otherwise it {first}")
    after = loss_of(changed, other)
    if abs(after - before) <= slack(interview.subject, case, before):
        return None
    return Complaint("differs", f"{other} {how}", f"its loss is {after:.12g}; otherwise it {first}, loss {before:.12g}")


def must_be_best(subject: Subject) -> bool:
    """Whether a single medoid must be the best one, as every swap algorithm finds it and BUILD starts with it."""
    promise = algorithms().get(subject.same_result_as or "")
    return subject.local_optimum or (promise is not None and (promise.kind == "swap" or promise.name == "build"))


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


@question("not worse than start", "ordinary", Need.START)
def not_worse(case: Case, interview: Interview) -> Complaint | None:
    """Is the loss at most that of the given start medoids?

    Asked of subjects that take start medoids. These are random, poor, or all in one cluster or at one point.
    """
    outcome = solved(case, interview)
    before, after = definitions.loss(case.matrix, known(case.start)), loss_of(case, outcome)
    if after <= before + slack(interview.subject, case, before):
        return None
    return Complaint("worse", str(outcome), f"their loss is {after:.12g}, that of the start {before:.12g}")


@question("no swap improves", "ordinary", Need.OPTIMUM)
def local_optimum(case: Case, interview: Interview) -> Complaint | None:
    """Is the result a local optimum: no swap of one medoid for another object lowers the loss?

    Asked of subjects that promise one. All k(n-k) swaps are tried. Gains within the tolerance of the reported loss do
    not count.
    """
    return checks.no_optimum(interview.subject, case, solved(case, interview), case.matrix)


@question("the promised result", "ordinary", Need.RESULT)
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


@question("best of its samples", "samples", Need.SAMPLES)
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


@question("same again", "ordinary", Need.REPEATS)
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


@question("C and F order", "ordinary", Need.REPEATS, Need.ARRAY)
def memory_order(case: Case, interview: Interview) -> Complaint | None:
    """Does the same matrix give the same loss in C and in Fortran order?

    Asked of subjects that take a matrix as an array. The entries are integers, so that rounding plays no role.
    """
    decide_only_if(case.exact)
    other, how = ("column-major", "in F order") if interview.subject.order == "C" else ("C", "in C order")
    return differs(case, interview, case, how, other)


@question("strided, read-only", "ordinary", Need.REPEATS, Need.ARRAY)
def layout(case: Case, interview: Interview) -> Complaint | None:
    """Does a strided view or a read-only matrix give the same loss, or an exception?

    Asked of subjects that take a matrix as an array. The entries are integers.
    """
    decide_only_if(case.exact)
    orders = ("strided", "read-only")
    complaints = [differs(case, interview, case, f"as a {order} array", order, may_raise=True) for order in orders]
    return next(filter(None, complaints), None)


@question("any number type", "ordinary", Need.REPEATS)
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


@question("order of objects", "ordinary", Need.ANY_ORDER)
def permuted(case: Case, interview: Interview) -> Complaint | None:
    """Do the same objects in another order give the same loss?

    Asked of subjects that promise the result of PAM or BUILD. Cases in which two choices were equally good at some step
    do not count.
    """
    decide_only_if(case.own_start in (None, "build"))
    by_definition(case, interview.subject)
    objects = np.random.default_rng(case.seed).permutation(case.n)
    return differs(case, interview, case.of(objects), f"with the objects in the order {objects.tolist()}")


@question("k = 1 and k = n", "edge")
def one_or_all(case: Case, interview: Interview) -> Complaint | None:
    """Does k = 1 give one medoid (the best one, where that is promised) and k = n all objects?

    All subjects are asked. The reported loss and the labels are checked as well.
    """
    if complaint := answers.judge(case, interview):
        return complaint
    promised = replace(interview.subject, local_optimum=case.k == 1 and must_be_best(interview.subject))
    return wrong(promised, case, interview.answer(case), case.matrix)


QUESTIONS = questions_in(globals()) | bad_input_questions.QUESTIONS
