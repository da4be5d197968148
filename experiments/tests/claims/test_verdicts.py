import math

import pytest

from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.reading import Bounds, Claim, Criterion
from kmedoids_bench.experiments.claims.verdicts import (
    DIRECTION,
    FAILED,
    REPRODUCED,
    UNDECIDED,
    UNTESTABLE,
    compare,
    decide,
    repetitions,
)
from kmedoids_bench.experiments.rows.keys import OURS


def claim(*criteria, **more):
    return Claim(
        id=7, group="g", papers=("A",), source="abstract", statement="s", quantity="q", criteria=criteria, **more
    )


def criterion(measure, over="all", **bounds):
    return Criterion(measure=measure, over=over, **bounds)


def measured(value, low, high, code_base=OURS):
    return Measure(value, Interval(low, high), 9, "here", code_base)


ABOVE = criterion("swap_time.fastpam1_slope", least=10, direction=Bounds(least=5))


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((12, 11, 13), REPRODUCED),
        ((10, 10, 10), REPRODUCED),
        ((11, 9, 13), UNDECIDED),
        ((7, 6, 8), DIRECTION),
        ((6, 4, 8), UNDECIDED),  # it fails, but even the direction is not sure
        ((3, 2, 4), FAILED),
    ],
)
def test_the_whole_interval_decides(interval, verdict):
    (found,) = decide(claim(ABOVE), {"swap_time.fastpam1_slope": [measured(*interval)]})
    assert found.verdict == verdict


@pytest.mark.parametrize(("value", "outcome"), [(30, "holds"), (12, "straddles"), (9, "straddles"), (3, "fails")])
def test_without_an_interval_only_a_clear_distance_decides(value, outcome):
    assert compare(Bounds(least=10), Measure(value, Interval(None, None), 2, "here")) == outcome


def test_what_straddles_without_a_weaker_form_keeps_a_claim_undecided():
    strict = criterion("swap_time.reynolds_slope", least=10)
    found = {
        "swap_time.fastpam1_slope": [measured(7, 6, 8)],
        "swap_time.reynolds_slope": [measured(10, 9, 11)],
    }  # in direction only; undecided
    assert decide(claim(ABOVE, strict), found)[0].verdict == UNDECIDED
    assert decide(claim(ABOVE, strict), found | {"swap_time.reynolds_slope": [measured(8, 7, 9)]})[0].verdict == FAILED


def test_all_and_any():
    here, there = measured(12, 11, 13), measured(3, 2, 4)
    assert decide(claim(ABOVE), {"swap_time.fastpam1_slope": [here, there]})[0].verdict == FAILED
    any_will_do = criterion("swap_time.fastpam1_slope", least=10, over="any")
    assert decide(claim(any_will_do), {"swap_time.fastpam1_slope": [here, there]})[0].verdict == REPRODUCED


def test_every_criterion_counts():
    below = criterion("swap_time.reynolds_slope", most=1)
    measures = {"swap_time.fastpam1_slope": [measured(12, 11, 13)], "swap_time.reynolds_slope": [measured(2, 1.5, 2.5)]}
    assert decide(claim(ABOVE, below), measures)[0].verdict == FAILED
    assert decide(claim(ABOVE), measures)[0].verdict == REPRODUCED


def test_what_was_not_measured_is_not_testable_and_says_so():
    (found,) = decide(claim(criterion("swap_time.reynolds_gain", least=1)), {})
    assert found.verdict == UNTESTABLE
    assert found.explanation.startswith(
        "not measured in kmedoids_bench under this profile: Time of PAM over that of Reynolds'"
    )
    (found,) = decide(claim(untestable="needs a jar"), {})
    assert found.explanation == "needs a jar"


def test_other_code_bases_are_decided_on_their_own_if_they_have_all_it_needs():
    both = criterion("swap_time.reynolds_slope", least=0)
    measures = {
        "swap_time.fastpam1_slope": [measured(12, 11, 13), measured(3, 2, 4, "library"), measured(20, 20, 20, "other")],
        "swap_time.reynolds_slope": [measured(1, 1, 1), measured(1, 1, 1, "library")],
    }
    found = {one.code_base: one.verdict for one in decide(claim(ABOVE, both), measures)}
    assert found == {OURS: REPRODUCED, "library": FAILED}


def test_a_claim_that_holds_in_a_library_only_is_not_ours():
    found = decide(claim(ABOVE), {"swap_time.fastpam1_slope": [measured(12, 11, 13, "library")]})
    assert [(one.code_base, one.verdict) for one in found] == [(OURS, UNTESTABLE), ("library", REPRODUCED)]


@pytest.mark.parametrize(
    ("measure", "times", "words"),
    [
        (measured(12, 8, 16), 4, "about 4 times"),  # half the width has to become half
        (measured(10, 8, 12), math.inf, "the value is so close to the bound"),
        (measured(6, 4, 8), 4, "about 4 times"),  # the criterion fails: it is the direction that has to be decided
        (Measure(11, Interval(None, None), 2, "here"), None, "too few runs"),
    ],
)
def test_how_many_more_repetitions_would_decide_it(measure, times, words):
    (found,) = decide(claim(ABOVE), {"swap_time.fastpam1_slope": [measure]})
    assert repetitions(found.decisions) == pytest.approx(times)
    assert words in found.explanation
