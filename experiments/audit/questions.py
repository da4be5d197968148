"""The questions about valid problems. A docstring says what is asked, who is asked, and how the answer is judged.

The first two questions report missing and invalid answers. All others skip the cases that have no valid answer.
"""

from dataclasses import replace

import numpy as np

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import DTYPES
from kmedoids_bench.experiments.audit import definitions
from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import (
    RELATIVE,
    Complaint,
    no_optimum,
    nonsense,
    slack,
    wrong,
    wrong_labels,
    wrong_loss,
)
from kmedoids_bench.experiments.audit.question import SKIP, Finding, question
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.rows.keys import OURS, TUNED

NUMBERS_OF_SAMPLES = (1, 2, 4, 8)


def solved(case: Case, interview: Interview, order: str | None = None) -> Outcome | None:
    """Return a valid answer, or None."""
    outcome = interview.answer(case, order)
    return outcome if outcome.kind == "answer" and nonsense(case, outcome) is None else None


def loss_of(case: Case, outcome: Outcome) -> float:
    """Loss of the returned medoids, in float64."""
    return definitions.loss(case.matrix, outcome.medoids)


# Reasons why a question does not apply to a subject; None if it applies.


def no_start(subject: Subject) -> str | None:
    """Questions about given start medoids need a subject that takes them."""
    return None if subject.takes_start else "takes no start medoids"


def no_local_optimum(subject: Subject) -> str | None:
    """The question about single swaps needs a subject that promises a local optimum."""
    return None if subject.local_optimum else "does not promise a local optimum"


def no_same_result(subject: Subject) -> str | None:
    """The comparison needs a promise: a definition, or another algorithm of ours with the same result."""
    promise = subject.same_result_as
    # A tuned algorithm promises the result of the plain one of the same name.
    another = subject.implementation == TUNED or (subject.implementation == OURS and promise != subject.algorithm)
    if promise in definitions.DEFINED or another:
        return None
    return "promises no other algorithm's result"


def order_matters(subject: Subject) -> str | None:
    """The order of the objects may only be changed where the result does not depend on it."""
    if subject.same_result_as in definitions.IN_ANY_ORDER:
        return None
    return "its result may depend on the order of the objects"


def no_samples(subject: Subject) -> str | None:
    """The question about samples needs a subject that returns the best of several."""
    return None if subject.samples else "promises no best of samples or restarts"


def unseeded(subject: Subject) -> str | None:
    """Repeated calls may differ if the subject draws at random and takes no seed."""
    drawn = subject.makes_start and all(
        name in algorithms() and algorithms()[name].seeded for name in subject.makes_start
    )
    return "draws at random and takes no seed" if drawn and not (subject.takes_seed or subject.takes_start) else None


def one_form(subject: Subject) -> str | None:
    """Questions about the memory layout need a subject that takes a matrix as an array."""
    if reason := unseeded(subject):
        return reason
    return None if subject.order in ("C", "F") else "takes no matrix as an array"


# The questions.


@question("answers")
def answers(case: Case, interview: Interview) -> Finding:
    """Does it answer every valid problem, without an exception, a crash, a hang or more than 2 GiB of memory?

    All subjects are asked. 2 <= k < n; the data have ties and duplicates, and some start medoids are poor.
    """
    outcome = interview.answer(case)
    return None if outcome.kind == "answer" else Complaint(outcome.kind, str(outcome), "the problem is valid")


@question("k distinct medoids")
def distinct(case: Case, interview: Interview) -> Finding:
    """Does it return exactly k distinct medoids, even where fewer would give the same loss?

    All subjects are asked.
    """
    outcome = interview.answer(case)
    if outcome.kind != "answer":
        return SKIP
    trouble = nonsense(case, outcome)
    return trouble and Complaint("medoids", str(outcome), f"it {trouble}; {case.k} of {case.n} were requested")


@question("reported loss")
def reported_loss(case: Case, interview: Interview) -> Finding:
    """Is the reported loss the loss of the returned medoids, recomputed in float64?

    Asked of subjects that report a loss. The tolerance is 1e-9 of the loss for computations in float64 and 1e-4 in
    float32, plus 100 n eps times the largest dissimilarity. Euclidean distances computed from points may each be off by
    sqrt(eps) times the largest norm.
    """
    outcome = solved(case, interview)
    if outcome is None or outcome.reported_loss is None:
        return SKIP
    return wrong_loss(interview.subject, case, outcome, case.matrix)


@question("not worse than start", why_not=no_start)
def not_worse(case: Case, interview: Interview) -> Finding:
    """Is the loss at most that of the given start medoids?

    Asked of subjects that take start medoids. These are random, poor, or all in one cluster or at one point.
    """
    outcome = solved(case, interview)
    if outcome is None or case.start is None:
        return SKIP
    before, after = definitions.loss(case.matrix, case.start), loss_of(case, outcome)
    if after <= before + slack(interview.subject, case, before):
        return None
    return Complaint("worse", str(outcome), f"their loss is {after:.12g}, that of the start {before:.12g}")


@question("no swap improves", why_not=no_local_optimum)
def local_optimum(case: Case, interview: Interview) -> Finding:
    """Is the result a local optimum: no swap of one medoid for another object lowers the loss?

    Asked of subjects that promise one. All k(n-k) swaps are tried. Gains within the tolerance of the reported loss do
    not count.
    """
    outcome = solved(case, interview)
    return SKIP if outcome is None else no_optimum(interview.subject, case, outcome, case.matrix)


@question("the promised result", why_not=no_same_result)
def same_result(case: Case, interview: Interview) -> Finding:
    """Is the result that of the promised algorithm: the same medoids, or the same loss?

    Asked of subjects that promise the result of PAM, BUILD, FasterPAM or Alternating. The expected result is computed
    from the algorithm's definition, from the same start medoids or from BUILD's. Cases in which two choices were
    equally good at some step do not count. Our own algorithms are also compared with each other where they promise the
    same result.
    """
    outcome = solved(case, interview)
    if outcome is None or case.own_start not in (None, "build"):
        return SKIP
    subject, promise = interview.subject, interview.subject.same_result_as
    if promise in definitions.DEFINED:
        close = 10 * RELATIVE[subject.dtype]
        wanted = definitions.expected(promise, case.matrix, case.k, case.start, close=close, exact=case.exact)
        if not wanted.clear:
            return SKIP
        medoids = wanted.medoids
    else:
        theirs = interview.answer(case, algorithm=promise)
        if theirs.kind != "answer" or not case.exact:
            return SKIP
        medoids = theirs.medoids
    loss, after = definitions.loss(case.matrix, medoids), loss_of(case, outcome)
    if set(medoids) == set(outcome.medoids) or abs(after - loss) <= slack(subject, case, loss):
        return None
    expected = f"their loss is {after:.12g}; {promise} ends at medoids {sorted(medoids)} with loss {loss:.12g}"
    return Complaint("other", str(outcome), expected)


@question("best of its samples", "samples", no_samples)
def best_of_samples(case: Case, interview: Interview) -> Finding:
    """With the same seed, do more samples or restarts never give a larger loss?

    Asked of subjects that return the best of several. 1, 2, 4 and 8 samples are drawn from 60 to 120 objects. The first
    samples are the same, so the best of more samples cannot be worse.
    """
    losses = []
    for count in NUMBERS_OF_SAMPLES:
        outcome = solved(replace(case, parameters={interview.subject.samples: count}), interview)
        if outcome is None:
            return SKIP
        losses.append(loss_of(case, outcome))
    for fewer, more in zip(range(len(losses)), range(1, len(losses)), strict=False):
        if losses[more] > losses[fewer] + slack(interview.subject, case, losses[fewer]):
            said = f"ended at loss {losses[more]:.12g} with {NUMBERS_OF_SAMPLES[more]} samples or restarts"
            return Complaint("samples", said, f"with {NUMBERS_OF_SAMPLES[fewer]} it is {losses[fewer]:.12g}")
    return None


@question("same again", why_not=unseeded)
def repeatable(case: Case, interview: Interview) -> Finding:
    """Does a second call with the same seed give the same medoids and the same reported loss?

    Asked of all subjects except those that draw at random and take no seed.
    """
    first = interview.answer(case)
    if first.kind != "answer":
        return SKIP
    second = interview.answer(case, repeat=1)
    if second.kind == "answer" and set(second.medoids) == set(first.medoids):
        one, other = first.reported_loss, second.reported_loss
        if one == other or (one != one and other != other):
            return None
    return Complaint("repeat", f"{second} when asked again", f"the first time it {first}")


def differs(case: Case, interview: Interview, changed: Case, order: str | None, how: str, may_raise: bool) -> Finding:
    """Compare the loss for a problem with the loss for the same problem in another representation."""
    first = solved(case, interview)
    if first is None:
        return SKIP
    other = interview.answer(changed, order)
    if other.kind == "exception" and may_raise:
        return None
    before = loss_of(case, first)
    if other.kind == "answer" and nonsense(case, other) is None:
        after = loss_of(case, other)
        if abs(after - before) <= slack(interview.subject, case, before):
            return None
        return Complaint(
            "differs", f"{other} {how}", f"its loss is {after:.12g}; otherwise it {first}, loss {before:.12g}"
        )
    return Complaint(other.kind, f"{other} {how}", f"otherwise it {first}")


@question("C and F order", why_not=one_form)
def memory_order(case: Case, interview: Interview) -> Finding:
    """Does the same matrix give the same loss in C and in Fortran order?

    Asked of subjects that take a matrix as an array. The entries are integers, so that rounding plays no role.
    """
    if not case.exact:
        return SKIP
    other = "column-major" if interview.subject.order == "C" else "C"
    return differs(case, interview, case, other, f"in {'C' if other == 'C' else 'F'} order", may_raise=False)


@question("strided, read-only", why_not=one_form)
def layout(case: Case, interview: Interview) -> Finding:
    """Does a strided view or a read-only matrix give the same loss, or an exception?

    Asked of subjects that take a matrix as an array. The entries are integers.
    """
    if not case.exact:
        return SKIP
    found = [differs(case, interview, case, order, f"as a {order} array", True) for order in ("strided", "read-only")]
    return next((one for one in found if one is not None), None)


@question("any number type", why_not=unseeded)
def number_type(case: Case, interview: Interview) -> Finding:
    """Do float32, float64, int32 and int64 of the same integers give the same loss?

    All subjects are asked. The integers are so small that every type holds their sums exactly. A subject may raise an
    exception for types that it does not claim to support.
    """
    if not case.exact or case.n > 30:
        return SKIP
    for dtype in DTYPES:
        if dtype != case.data.dtype:
            may_raise = dtype not in interview.subject.dtypes
            found = differs(case, interview, case.with_data(case.data.astype(dtype)), None, f"as {dtype}", may_raise)
            if found is not None:
                return found
    return None


@question("labels")
def labels(case: Case, interview: Interview) -> Finding:
    """Does every label name a nearest medoid?

    Asked of subjects that return labels. Ties are accepted, with the tolerance of the reported loss.
    """
    outcome = solved(case, interview)
    if outcome is None or outcome.labels is None:
        return SKIP
    return wrong_labels(interview.subject, case, outcome, case.matrix)


@question("input untouched")
def untouched(case: Case, interview: Interview) -> Finding:
    """Does the call leave its input unchanged?

    All subjects are asked.
    """
    outcome = interview.answer(case)
    if outcome.kind != "answer":
        return SKIP
    return (
        None
        if outcome.untouched
        else Complaint("touched", "changed the data it was given", "the data belong to the caller")
    )


@question("order of objects", why_not=order_matters)
def permuted(case: Case, interview: Interview) -> Finding:
    """Do the same objects in another order give the same loss?

    Asked of subjects that promise the result of PAM or BUILD. Cases in which two choices were equally good at some step
    do not count.
    """
    first = solved(case, interview)
    if first is None or case.own_start not in (None, "build"):
        return SKIP
    subject = interview.subject
    assert subject.same_result_as is not None
    close = 10 * RELATIVE[subject.dtype]
    dist, start = case.matrix, case.start
    if not definitions.expected(subject.same_result_as, dist, case.k, start, close=close, exact=case.exact).clear:
        return SKIP
    objects = np.random.default_rng(case.seed).permutation(case.n)
    other = case.of(objects)
    outcome = solved(other, interview)
    if outcome is None:
        return SKIP  # an invalid answer is another question's concern
    before, after = loss_of(case, first), loss_of(other, outcome)
    if abs(before - after) <= slack(subject, case, before):
        return None
    said = f"ended at loss {after:.12g} with the objects in the order {objects.tolist()}"
    return Complaint("permuted", said, f"otherwise it {first}, loss {before:.12g}")


def must_be_best(subject: Subject) -> bool:
    """Whether a single medoid must be the best one, as every swap algorithm finds it and BUILD starts with it."""
    promise = algorithms().get(subject.same_result_as or "")
    return subject.local_optimum or (promise is not None and (promise.kind == "swap" or promise.name == "build"))


@question("k = 1 and k = n", "edge")
def one_or_all(case: Case, interview: Interview) -> Finding:
    """Does k = 1 give one medoid (the best one, where that is promised) and k = n all objects?

    All subjects are asked. The reported loss and the labels are checked as well.
    """
    outcome = interview.answer(case)
    if outcome.kind != "answer":
        return Complaint(outcome.kind, str(outcome), "the problem is valid")
    promised = replace(interview.subject, local_optimum=case.k == 1 and must_be_best(interview.subject))
    return wrong(promised, case, outcome, case.matrix)
