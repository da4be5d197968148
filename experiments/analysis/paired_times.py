"""Paired times: how many times as long one contender takes as another, and how that, or a time, grows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.analysis.intervals import Interval, Statistic, of_means, slope_over
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, counterpart, has
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import CODE_BASE, LINE, PROBLEM

ONE_SECOND = "one second"  # takes the opponent's place where times stand alone
SUBJECT = [*LINE, "implementation"]  # a ratio or a slope over k is of one of these
OVER_N = [*(name for name in PROBLEM if name != "n"), "implementation"]  # a slope over n is of one of these


@dataclass(frozen=True)
class PairedTimes:
    """Times of a contender on one problem, each paired with that of an opponent in the same round.

    `line` is the contender's in `Problem.times`. `pairs` has the logarithms of its time over the opponent's or, without
    an opponent, of its time in seconds. `against` is the name of the opponent, empty without one. `blocks` are those in
    which the contender was timed.
    """

    line: dict
    pairs: Pairs
    against: str
    blocks: tuple[str, ...]


def paired_times(
    measured: Iterable[Problem],
    who: Mapping,
    against: Mapping | None = None,
    *,
    at_best: bool = False,
    all_orders: bool = False,
) -> list[PairedTimes]:
    """Pair contenders with opponents of the same code base, memory order and kind of call, problem by problem.

    `who` and `against` are fields of the lines of contender and opponent and their values, e.g. algorithm and setting;
    without `against` times stand alone. Of several memory orders the contender takes part in the one in which it is
    faster, with `all_orders` in each. With `at_best` the opponent does so, too: for implementations that read the
    matrix in different ways, where a common order would favour one of them. There is one result for every problem and
    code base in which both were timed in the same rounds.
    """
    paired = []
    for problem in measured:
        for name, line in problem.times.items():
            if not (line["faster_order"] or all_orders) or not has(line, who):
                continue
            seconds = problem.seconds
            if against is None:
                opponent, pairs = "", pair_up(seconds.assign(**{ONE_SECOND: 1.0}), ONE_SECOND, name)
            else:
                same = {field: line[field] for field in CODE_BASE if not (at_best and field == "order")}
                best = {"faster_order": True} if at_best else {}
                other = counterpart(problem, {**same, **best, **against})
                opponent = other["contender"] if other else ""
                pairs = pair_up(seconds, opponent, name)
            if pairs is not None:
                blocks = tuple(seconds.loc[seconds[name].notna()].index.unique("block"))
                paired.append(PairedTimes(line, pairs, opponent, blocks))
    return paired


def grouped(paired: Iterable[PairedTimes], fields: Sequence[str]) -> dict[tuple, list[PairedTimes]]:
    """Group paired times by fields of their lines."""
    return gathered((tuple(one.line[field] for field in fields), one) for one in paired)


def times_longer(paired: Iterable[PairedTimes]) -> list[Measure]:
    """Measure the geometric mean of time over the opponent's time, for each `SUBJECT`."""
    measures = []
    for group in grouped(paired, SUBJECT).values():
        if mean := geometric_mean([one.pairs for one in group]):
            measures.append(measure_of(group, mean.estimate, mean.interval))
    return measures


def slopes(paired: Iterable[PairedTimes], over: str, same: Sequence[str], least: int = 3) -> list[Measure]:
    """Measure the slope of the logarithm of times, or of their ratios, over that of n or k.

    `same` names the fields in which the points of one straight line agree, `SUBJECT` or `OVER_N`. A slope needs `least`
    different values of `over`, which is "n" or "k".
    """
    measures = []
    for group in grouped(paired, same).values():
        ordered = sorted(group, key=lambda one: one.line[over])
        x = [one.line[over] for one in ordered]
        if len(set(x)) >= least:
            measures.append(of_logs(ordered, slope_over(x)))
    return measures


def of_logs(group: Sequence[PairedTimes], statistic: Statistic) -> Measure:
    """Measure a statistic of the logarithms on several problems."""
    return measure_of(group, *of_means([one.pairs.medians for one in group], statistic))


def measure_of(group: Sequence[PairedTimes], value: float, interval: Interval) -> Measure:
    """Make a measure of paired times of one implementation and one dataset, which may differ in n and k."""
    where = place(group[0].line | {name: [one.line[name] for one in group] for name in ("n", "k")})
    evidence = pd.DataFrame(
        {name: one.line[name] for name in (*PROBLEM, "contender")}
        | {"against": one.against, "median": one.pairs.ratio.estimate}
        | {"low": one.pairs.ratio.low, "high": one.pairs.ratio.high}
        | {"pairs": one.pairs.ratio.n_pairs, "block": " ".join(one.blocks)}
        for one in group
    )
    runs = sum(len(one.pairs.logs) for one in group)
    return Measure(value, interval, runs, where, group[0].line["implementation"], evidence)
