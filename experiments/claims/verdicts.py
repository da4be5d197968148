"""From measures and criteria to verdicts.

A criterion holds if the whole 95 % interval lies within it and fails if the whole interval lies outside. An interval
that straddles a bound decides nothing: the verdict is "undecided", with the number of repetitions that would probably
decide it. A claim is

============================ ==============================================================
reproduced                   all of its criteria hold
reproduced in direction only none is undecided, and those that fail keep their weaker bounds
not reproduced               one fails, and so does its weaker form
undecided                    one straddles a bound, and none has failed
not testable                 one could not be measured, with the reason
============================ ==============================================================
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.reading import Bounds, Claim, Criterion, quantities
from kmedoids_bench.experiments.rows.keys import OURS

REPRODUCED, DIRECTION, FAILED = "reproduced", "reproduced in direction only", "not reproduced"
UNDECIDED, UNTESTABLE = "undecided", "not testable"
VERDICTS = (REPRODUCED, DIRECTION, FAILED, UNDECIDED, UNTESTABLE)
HOLDS, FAILS, STRADDLES = "holds", "fails", "straddles"


@dataclass(frozen=True)
class Decision:
    """What one measure says about one criterion."""

    criterion: Criterion
    measure: Measure
    outcome: str  # HOLDS, FAILS or STRADDLES
    in_direction: str | None  # the same for the weaker form; None where there is none, and the criterion itself counts


@dataclass(frozen=True)
class Verdict:
    """What became of a claim in one code base."""

    code_base: str
    verdict: str  # one of `VERDICTS`
    decisions: tuple[Decision, ...] = ()  # one for each measure, in the order of the criteria
    explanation: str = ""  # why it could not be tested, or what would decide an undecided one


def decide(claim: Claim, measures: Mapping[str, Sequence[Measure]]) -> list[Verdict]:
    """Decide a claim in our code base, first, and in every other that has all measures it needs.

    `measures` maps "study.quantity" to its measures, of all code bases.
    """
    if claim.untestable or not claim.criteria:
        return [Verdict(OURS, UNTESTABLE, explanation=claim.untestable)]
    needed = [measures.get(criterion.measure, ()) for criterion in claim.criteria]
    complete = set.intersection(*({measure.code_base for measure in those} for those in needed))
    return [_in_code_base(claim, measures, name) for name in [OURS, *sorted(complete - {OURS})]]


def compare(bounds: Bounds, measure: Measure) -> str:
    """Compare a measure with bounds: `HOLDS`, `FAILS`, or `STRADDLES` if its interval contains a bound."""
    low, high = measure.low, measure.high
    if low is None or high is None:
        # Without an interval only a clear distance decides, a factor of two from every bound.
        if any(abs(measure.value - bound) < 0.5 * max(abs(bound), abs(measure.value)) for bound in bounds.finite):
            return STRADDLES
        low = high = measure.value
    if bounds.least <= low and high <= bounds.most:
        return HOLDS
    return FAILS if high < bounds.least or low > bounds.most else STRADDLES


def _in_code_base(claim: Claim, measures: Mapping[str, Sequence[Measure]], code_base: str) -> Verdict:
    decisions: list[Decision] = []
    outcomes: list[tuple[str, str]] = []  # of each criterion, and of its weaker form
    for criterion in claim.criteria:
        weaker = criterion.direction
        these = [
            Decision(criterion, measure, compare(criterion, measure), weaker and compare(weaker, measure))
            for measure in measures.get(criterion.measure, ())
            if measure.code_base == code_base
        ]
        if not these:
            reason = f"not measured in {code_base} under this profile: {quantities()[criterion.measure].words}"
            return Verdict(code_base, UNTESTABLE, tuple(decisions), reason)
        decisions += these
        strict, weak = [one.outcome for one in these], [one.in_direction or one.outcome for one in these]
        outcomes.append((_joined(strict, criterion.over), _joined(weak, criterion.over)))
    verdict = _verdict(outcomes)
    explanation = _what_would_decide(repetitions(decisions)) if verdict == UNDECIDED else ""
    return Verdict(code_base, verdict, tuple(decisions), explanation)


def _joined(outcomes: Sequence[str], over: str) -> str:
    """Join the outcomes of one criterion: for "all" the worst, for "any" the best."""
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


def repetitions(decisions: Sequence[Decision]) -> float | None:
    """Return how many times as many series would shrink the intervals to their distance from the bounds.

    None if one of the measures that straddle a bound has no interval; infinite if its value lies on the bound.
    """
    needed = []
    for one in decisions:
        measure, bounds = one.measure, one.criterion
        if one.outcome == FAILS and one.in_direction == STRADDLES and one.criterion.direction is not None:
            bounds = one.criterion.direction
        elif one.outcome != STRADDLES:
            continue
        if measure.low is None or measure.high is None:
            return None
        distance = min(abs(measure.value - bound) for bound in bounds.finite)
        half = max(measure.value - measure.low, measure.high - measure.value)
        needed.append((half / distance) ** 2 if distance > 0 else math.inf)
    return max(needed, default=None)


def _what_would_decide(times: float | None) -> str:
    if times is None:
        return "there are too few runs for an interval"
    if times > 1000:
        return "the value is so close to the bound that more series would hardly decide it"
    return f"about {max(2, round(times + 0.5))} times as many series would decide it"
