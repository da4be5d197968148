"""Measures of times: how many times as long one algorithm takes as another, and how that, or a time, grows.

A contest is what two contenders of one code base needed in one cell, pair by pair; or what a single one needed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import VALUES_NEEDED, Interval, of_replicates, slope_interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Cell, counterpart
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import CODE_BASE, PROBLEM

ONE = "one second"  # stands for a contender, to make pairs of times alone
# A measure is about one of these.
SUBJECT = ("dataset", "n", "metric", "dtype", "start", "implementation")


@dataclass(frozen=True)
class Contest:
    """Paired times in one cell.

    Attributes
    ----------
    line : dict
        Of the contender, as `speedups.cells` has it: problem, names, counters.
    pairs : Pairs
        Logarithms of its time over the opponent's; of its time in seconds where it has none.
    against : str
        Name of the opponent; empty without one.
    blocks : tuple of str
        Whose rows these are.
    """

    line: dict
    pairs: Pairs
    against: str
    blocks: tuple[str, ...]


def contests(
    measured: Iterable[Cell], who: Mapping, against: Mapping | None = None, *, at_best: bool = False
) -> Iterator[Contest]:
    """Pair contenders with opponents of the same code base, memory order and kind of call.

    Parameters
    ----------
    measured : iterable of Cell
    who : mapping
        Fields of the contender's line and their values, e.g. algorithm and setting. Of several memory orders the one
        in which it is faster takes part.
    against : mapping, optional
        Fields of the opponent's line; without it times stand alone.
    at_best : bool
        The opponent, too, takes part in the memory order in which it is faster: for algorithms that read the matrix in
        different ways, where a common order would favour one of them.

    Yields
    ------
    Contest
        For every cell and code base in which they were timed; with an opponent, in the same rounds.
    """
    for cell in measured:
        for name, line in cell.times.items():
            if not line["faster_order"] or any(line[field] != value for field, value in who.items()):
                continue
            other: str | None = ONE
            if against is not None:
                same = {field: line[field] for field in CODE_BASE if not (at_best and field == "order")}
                best = {"faster_order": True} if at_best else {}
                other = counterpart(cell, {**same, **best, **against})
            if other is None:
                continue
            seconds = cell.seconds.assign(**{ONE: 1.0}) if against is None else cell.seconds
            pairs = pair_up(seconds, other, name)
            if pairs is not None:
                blocks = tuple(seconds.loc[seconds[name].notna()].index.unique("block"))
                yield Contest(line, pairs, other if against is not None else "", blocks)


def by(found: Iterable[Contest], fields: Sequence[str]) -> dict[tuple, list[Contest]]:
    """Group contests by fields of their lines."""
    groups: dict[tuple, list[Contest]] = {}
    for one in found:
        groups.setdefault(tuple(one.line[field] for field in fields), []).append(one)
    return groups


def times_longer(found: Iterable[Contest]) -> list[Measure]:
    """Geometric mean of time over the opponent's time, for each `SUBJECT`."""
    return [measure_of(group) for group in by(found, SUBJECT).values()]


def measure_of(group: Sequence[Contest]) -> Measure:
    """Geometric mean over contests of one code base in one place."""
    mean = geometric_mean([one.pairs for one in group])
    assert mean is not None
    return Measure(
        mean.estimate,
        mean.interval,
        mean.n_pairs,
        where(group),
        code_base=group[0].line["implementation"],
        evidence=evidence(group),
    )


def slopes(found: Iterable[Contest], over: str, same: Sequence[str], least: int = 3) -> list[Measure]:
    """Slope of the logarithm of times, or of their ratios, over that of n or k.

    Parameters
    ----------
    found : iterable of Contest
    over : {"n", "k"}
    same : sequence of str
        Fields that are the same along a line, ``over`` not among them.
    least : int
        Values of ``over`` that a slope needs.

    Returns
    -------
    list of Measure
        One for each line with so many.
    """
    lines = []
    for group in by(found, same).values():
        ordered = sorted(group, key=lambda one: one.line[over])
        x = [one.line[over] for one in ordered]
        if len(set(x)) < max(2, least):
            continue
        replicates = np.array([one.pairs.replicates(i) for i, one in enumerate(ordered)])
        estimates = [float(np.median(one.pairs.logs)) for one in ordered]
        runs = sum(len(one.pairs.logs) for one in ordered)
        value, interval = slope_interval(x, estimates, replicates)
        implementation = ordered[0].line["implementation"]
        lines.append(Measure(value, interval, runs, where(ordered), implementation, evidence(ordered)))
    return lines


def of_logs(group: Sequence[Contest], statistic: Callable[[np.ndarray], np.ndarray]) -> Measure:
    """Measure something else of the logarithms of several contests, with its interval by the bootstrap.

    Parameters
    ----------
    group : sequence of Contest
    statistic : callable
        Of an array with one line for each contest and one column for each replicate; one value for each column.
    """
    estimates = np.array([[np.median(one.pairs.logs)] for one in group])
    replicates = np.array([one.pairs.replicates(i) for i, one in enumerate(group)])
    runs = [len(one.pairs.logs) for one in group]
    interval = Interval.none(min(runs), VALUES_NEEDED, "pairs")
    if min(runs) >= VALUES_NEEDED:
        interval = of_replicates(statistic(replicates))
    value, implementation = float(statistic(estimates)[0]), group[0].line["implementation"]
    return Measure(value, interval, sum(runs), where(group), implementation, evidence(group))


def where(group: Sequence[Contest]) -> str:
    """Say on what contests were measured: "mnist (n = 1,000 to 30,000, euclidean), k = 10"."""
    several = {name: [one.line[name] for one in group] for name in ("n", "k")}
    return place(group[0].line | several)


def evidence(group: Sequence[Contest]) -> pd.DataFrame:
    """Lines a measure was computed from: median with its interval, and the blocks whose rows these are."""
    lines = []
    for one in group:
        found = one.pairs.ratio
        lines.append(
            {name: one.line[name] for name in (*PROBLEM, "contender")}
            | {"against": one.against, "median": found.estimate, "low": found.low, "high": found.high}
            | {"pairs": found.n_pairs, "block": " ".join(one.blocks)}
        )
    return pd.DataFrame(lines)
