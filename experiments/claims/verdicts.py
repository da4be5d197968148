"""From measures and criteria to verdicts. Criteria are fixed in claims.yaml before anything is measured.

A criterion holds if the whole 95 % interval lies within it and fails if the whole interval lies outside. An interval
that straddles a bound decides nothing: the verdict is "undecided", with the number of repetitions that would probably
decide it. A claim is

reproduced                  all of its criteria hold
reproduced in direction only    none is undecided, and those that fail keep their weaker bound
not reproduced              one fails, and its direction as well
undecided                   one straddles, and none has failed
not testable                one could not be measured, with the reason
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.keys import OURS

REPRODUCED, DIRECTION, FAILED = "reproduced", "reproduced in direction only", "not reproduced"
UNDECIDED, UNTESTABLE = "undecided", "not testable"
VERDICTS = (REPRODUCED, DIRECTION, FAILED, UNDECIDED, UNTESTABLE)
HOLDS, FAILS, STRADDLES, MISSING = "holds", "fails", "straddles", "missing"


@dataclass(frozen=True)
class Bounds:
    """An interval of values; a bound that is not given is infinite."""

    least: float = -math.inf
    most: float = math.inf

    def decide(self, measure: Measure) -> str:
        """Compare a measure with the bounds: `HOLDS`, `FAILS`, or `STRADDLES` if its interval contains a bound."""
        if measure.low is None or measure.high is None:
            # Without an interval only a clear distance decides, a factor of two from every bound.
            near = any(
                math.isfinite(bound) and abs(measure.value - bound) < 0.5 * max(abs(bound), abs(measure.value))
                for bound in (self.least, self.most)
            )
            if near:
                return STRADDLES
            return HOLDS if self.least <= measure.value <= self.most else FAILS
        if self.least <= measure.low and measure.high <= self.most:
            return HOLDS
        if measure.high < self.least or measure.low > self.most:
            return FAILS
        return STRADDLES

    def __str__(self) -> str:
        ends = (math.isfinite(self.least), math.isfinite(self.most))
        if self.least == self.most:
            return f"{self.least:g}"
        if ends == (True, True):
            return f"{self.least:g} to {self.most:g}"
        return f"at least {self.least:g}" if ends[0] else f"at most {self.most:g}"


@dataclass(frozen=True)
class Criterion:
    """What must be true of the measures of one name.

    Attributes
    ----------
    measure : str
        "study.name".
    bounds : Bounds
    direction : Bounds or None
        The weaker form that still shows the claimed direction.
    over : {"all", "any"}
        Must it hold for all measures of that name (datasets, starts), or is one enough?
    """

    measure: str
    bounds: Bounds
    direction: Bounds | None = None
    over: str = "all"


@dataclass(frozen=True)
class Claim:
    """A statement of a paper, as claims.yaml has it.

    Attributes
    ----------
    id : int
    group : str
    papers : tuple of str
        A: SISAP 2019, B: Information Systems 2021, C: JOSS 2022, or a paper of someone else that they cite.
    statement, printed, quantity : str
        In our words; what is printed, where a number is; what is computed.
    criteria : tuple of Criterion
        Empty for what is reported without a verdict or cannot be tested.
    untestable : str
        Why no criterion can decide it.
    note : str
        E.g. a criterion that was replaced, and why.
    """

    id: int
    group: str
    papers: tuple[str, ...]
    statement: str
    quantity: str
    printed: str = ""
    criteria: tuple[Criterion, ...] = ()
    untestable: str = ""
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """What one measure says about one criterion."""

    criterion: Criterion
    measure: Measure
    outcome: str  # HOLDS, FAILS or STRADDLES
    in_direction: str | None  # the same for the weaker form; None where there is none


@dataclass(frozen=True)
class Verdict:
    """What became of a claim in one code base.

    Attributes
    ----------
    claim : Claim
    code_base : str
    verdict : str
        One of `VERDICTS`.
    decisions : tuple of Decision
    reason : str
        Why it could not be tested.
    repetitions : float or None
        How many times as many observations would probably decide an undecided one.
    """

    claim: Claim
    code_base: str
    verdict: str
    decisions: tuple[Decision, ...] = ()
    reason: str = ""
    repetitions: float | None = field(default=None)


def decide(claim: Claim, measures: Mapping[str, Sequence[Measure]]) -> list[Verdict]:
    """Decide a claim in our code base and in every other that has all it needs.

    Parameters
    ----------
    claim : Claim
    measures : mapping
        "study.name" to the measures of that name, of all code bases.

    Returns
    -------
    list of Verdict
        Ours first.
    """
    if claim.untestable or not claim.criteria:
        return [Verdict(claim, OURS, UNTESTABLE, reason=claim.untestable or "it has no criterion")]
    wanted = [measures.get(criterion.measure, ()) for criterion in claim.criteria]
    complete = set.intersection(*({one.code_base for one in found} for found in wanted))
    return [_in_code_base(claim, measures, name) for name in [OURS, *sorted(complete - {OURS})]]


def _in_code_base(claim: Claim, measures: Mapping[str, Sequence[Measure]], code_base: str) -> Verdict:
    decisions: list[Decision] = []
    outcomes: list[tuple[str, str]] = []  # of each criterion, and of its weaker form
    for criterion in claim.criteria:
        found = [one for one in measures.get(criterion.measure, ()) if one.code_base == code_base]
        if not found:
            reason = f"{criterion.measure.replace('.', ': ')} was not measured under this profile"
            return Verdict(claim, code_base, UNTESTABLE, tuple(decisions), reason)
        these = [_decision(criterion, one) for one in found]
        decisions += these
        outcomes.append(
            (
                _joined([one.outcome for one in these], criterion.over),
                _joined([one.in_direction or FAILS for one in these], criterion.over),
            )
        )
    verdict = _verdict(outcomes)
    repetitions = _repetitions(decisions) if verdict == UNDECIDED else None
    return Verdict(claim, code_base, verdict, tuple(decisions), repetitions=repetitions)


def _decision(criterion: Criterion, measure: Measure) -> Decision:
    weaker = criterion.direction.decide(measure) if criterion.direction is not None else None
    return Decision(criterion, measure, criterion.bounds.decide(measure), weaker)


def _joined(outcomes: Sequence[str], over: str) -> str:
    """One outcome of several: for "all" the worst, for "any" the best."""
    order = (FAILS, STRADDLES, HOLDS) if over == "all" else (HOLDS, STRADDLES, FAILS)
    return next(outcome for outcome in order if outcome in outcomes)


def _verdict(outcomes: Sequence[tuple[str, str]]) -> str:
    strict = [outcome for outcome, _ in outcomes]
    if all(outcome == HOLDS for outcome in strict):
        return REPRODUCED
    if FAILS not in strict:
        return UNDECIDED
    weaker = [HOLDS if outcome == HOLDS else direction for outcome, direction in outcomes]
    if all(outcome == HOLDS for outcome in weaker):
        return DIRECTION
    return UNDECIDED if FAILS not in weaker else FAILED


def _repetitions(decisions: Sequence[Decision]) -> float | None:
    """How many times as many observations would shrink a straddling interval to its distance from the bound."""
    needed = []
    for one in decisions:
        measure = one.measure
        bounds = one.criterion.bounds
        if one.outcome == FAILS and one.in_direction == STRADDLES and one.criterion.direction is not None:
            bounds = one.criterion.direction
        elif one.outcome != STRADDLES:
            continue
        if measure.low is None or measure.high is None:
            return None
        distance = min(abs(measure.value - bound) for bound in (bounds.least, bounds.most) if math.isfinite(bound))
        half = max(measure.value - measure.low, measure.high - measure.value)
        needed.append((half / distance) ** 2 if distance > 0 else math.inf)
    return max(needed, default=None)
