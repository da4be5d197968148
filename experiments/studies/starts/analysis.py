"""What a start is worth: its loss, the loss that swaps reach from it, and the time of both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups, interval_columns
from kmedoids_bench.experiments.analysis.intervals import Statistic, first, of_means
from kmedoids_bench.experiments.analysis.losses import alone, from_given_start
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import pair_up
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import MOMENT, OURS, PLACE
from kmedoids_bench.experiments.rows.reading import at_defaults

SWAPS = "fasterpam"
# A start that does the same work in every block: its time there tells how fast the machine was at that moment.
YARDSTICK = "park_jun"
CODE = ["implementation", "order"]
BLOCK = [*PLACE, "start", "seed", "block"]
COMPARED = ("random", "kmeanspp", "lab", "build")  # the starts whose final losses are compared
# The claims are about k from here on.
LEAST_K = {"park_jun_over_random": 50, "lab_over_build": 10, "random_over_lab": 10, "build_over_swap": 20}
LARGE_K = 100


def first_over_second(means: np.ndarray) -> np.ndarray:
    """Divide the means of one start by those of another."""
    return means[0] / means[1]


@dataclass(frozen=True)
class StartsResult:
    """The result of the study."""

    summary: pd.DataFrame  # as `summary` returns it: losses, counters and times of our starts
    shares: pd.DataFrame  # as `mean_times` returns it: times of start and swaps in every code base
    # `PLACE`, ``implementation``, ``order``; ``estimate`` of the time of BUILD over that of the swaps from it, with
    # ``low``, ``high``, ``why_none`` and ``n_pairs``.
    build: pd.DataFrame
    measures: Mapping[str, list[Measure]]  # one for each `PLACE`; times of BUILD in every code base that has both


def analyse(rows: pd.DataFrame) -> StartsResult:
    """Compare losses of our starts, and times of starts and swaps in every code base that has both."""
    ours = rows[rows["implementation"] == OURS]
    start = alone(ours)[[*BLOCK, "loss"]]
    final = from_given_start(ours[ours["algorithm"] == SWAPS])[[*BLOCK, "loss", "gap", "n_swaps", "n_passes"]]
    rounds = start_and_swap(rows)
    times = faster_order(per_block(rounds))
    shares = mean_times(times)
    build = build_over_swap(rounds, times)
    measures = {
        "park_jun_over_random": _compared(start, ("park_jun", "random")),
        "lab_over_build": _compared(start, ("lab", "build")),
        "random_over_lab": _compared(start, ("random", "lab")),
        "final_spread": _compared(final, COMPARED, lambda means: means.max(axis=0) / means.min(axis=0)),
        "lab_passes_over_random": _compared(final, ("lab", "random"), column="n_passes"),
        "lab_total_over_random_total": _totals(times[times["implementation"] == OURS]),
        "build_over_swap": build,
        "build_over_swap_at_100": [(here, measure) for here, measure in build if here["k"] == LARGE_K],
    }
    claimed = gathered(
        (name, measure)
        for name, members in measures.items()
        for here, measure in members
        if here["k"] >= LEAST_K.get(name, 1)
    )
    lines = [(*here.values(), one.why_none, one.n, one.value, one.low, one.high) for here, one in build]
    build_table = frame_of(lines, [*PLACE, *CODE, "why_none", "n_pairs"], ["estimate", "low", "high"])
    return StartsResult(summary(start, final, shares), shares, build_table, claimed)


def start_and_swap(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the time of a start beside that of the swaps from it: two calls in the same block and round.

    All calls of a block begin with the medoids of one start. The start itself also runs there, with the same seed, so
    its time and that of the swaps from its medoids belong together.

    One line for each round, code base and memory order: `BLOCK`, ``run``, ``round``, `CODE`, ``start_seconds``,
    ``swap_seconds``, ``total_seconds``, ``share`` (of the start in the total), and ``total_units`` (total over the
    time of `YARDSTICK` in the same round; missing without it).
    """
    timed = rows[(rows["status"] == "ok") & (rows["seconds"] > 0) & at_defaults(rows)]
    starts, swaps = timed[timed["phase"] == "start"], timed[timed["phase"] == "swap"]
    own = starts.loc[starts["algorithm"] == starts["start"], [*dict.fromkeys([*BLOCK, *MOMENT]), *CODE, "seconds"]]
    swaps = swaps.loc[swaps["algorithm"] == SWAPS, [*MOMENT, *CODE, "seconds"]]
    yard = starts.loc[(starts["algorithm"] == YARDSTICK) & (starts["implementation"] == OURS), [*MOMENT, "seconds"]]
    both = own.rename(columns={"seconds": "start_seconds"}).merge(
        swaps.rename(columns={"seconds": "swap_seconds"}), on=[*MOMENT, *CODE]
    )
    both = both.merge(yard.rename(columns={"seconds": "unit"}), on=MOMENT, how="left")
    both["total_seconds"] = both["start_seconds"] + both["swap_seconds"]
    both["share"] = both["start_seconds"] / both["total_seconds"]
    return both.assign(total_units=both["total_seconds"] / both["unit"]).drop(columns="unit")


def per_block(rounds: pd.DataFrame) -> pd.DataFrame:
    """Take the medians of `start_and_swap` over the rounds of each block, and count them as ``rounds``."""
    numbers = ("start_seconds", "swap_seconds", "total_seconds", "share", "total_units")
    medians = {name: (name, "median") for name in numbers}
    return rounds.groupby([*BLOCK, *CODE], dropna=False).agg(rounds=("round", "size"), **medians).reset_index()


def faster_order(times: pd.DataFrame) -> pd.DataFrame:
    """Keep each code base in the memory order in which start and swaps together are faster."""
    keys = [*PLACE, "start", "implementation"]
    means = times.groupby([*keys, "order"])["total_seconds"].mean().reset_index()
    best = means.sort_values([*keys, "total_seconds", "order"]).drop_duplicates(keys)
    return times.merge(best[[*keys, "order"]])


def mean_times(times: pd.DataFrame) -> pd.DataFrame:
    """Average the times of start and swaps, and their ``share_percent``, over the seeds; sum the rounds."""
    seconds = {name: (name, "mean") for name in ("start_seconds", "swap_seconds", "total_seconds")}
    percent = ("share", lambda share: 100 * share.mean())
    means = times.groupby([*PLACE, "start", *CODE]).agg(**seconds, share_percent=percent, rounds=("rounds", "sum"))
    return means.astype({"share_percent": "float64"}).reset_index()


def build_over_swap(rounds: pd.DataFrame, times: pd.DataFrame) -> list[tuple[dict, Measure]]:
    """Measure the time of BUILD over that of FasterPAM's swaps from it, for every problem and code base of `times`."""
    measures = []
    for here, group in groups(times[times["start"] == "build"], [*PLACE, *CODE]):
        paired = rounds.merge(group[["block", *CODE]], on=["block", *CODE])
        pairs = pair_up(paired.set_index(MOMENT).sort_index(), "swap_seconds", "start_seconds")
        assert pairs is not None  # the times are of these rounds
        who, ratio = str(here["implementation"]), pairs.ratio
        where = place(here, "start BUILD", *([] if who == OURS else [f"memory order {here['order']}"]))
        measures.append((here, Measure(ratio.estimate, ratio.interval, ratio.n_pairs, where, who, group)))
    return measures


def summary(start: pd.DataFrame, final: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Put the losses of our starts, the results of the swaps from them, and the times of both on one line.

    ``start_excess`` and ``final_excess`` are mean losses above the best final loss of any start, in percent; the
    counters are means, the times those of `mean_times`; ``gap_percent`` is the mean of what the final losses are above
    the optimum at most. What was not measured is missing.
    """
    keys = [*PLACE, "start"]
    best = final.groupby(PLACE)["loss"].min()
    excess = [_mean_excess(losses, best[best > 0], name) for name, losses in (("start", start), ("final", final))]
    table = excess[0].merge(excess[1], on=keys, how="outer")
    table["seeds"] = table[["start_seeds", "final_seeds"]].max(axis=1)
    counters = final.astype({"n_swaps": "float64", "n_passes": "float64"}).assign(gap_percent=100 * final["gap"])
    counters = counters.groupby(keys)[["n_swaps", "n_passes", "gap_percent"]].mean().reset_index()
    times = shares[shares["implementation"] == OURS].drop(columns=CODE)
    return table.merge(counters, on=keys, how="left").merge(times, on=keys, how="left")


def _mean_excess(losses: pd.DataFrame, best: pd.Series, name: str) -> pd.DataFrame:
    losses = losses.merge(best.rename("best").reset_index(), on=PLACE)
    excess = 100 * (losses["loss"] / losses["best"] - 1)
    lines = []
    for here, group in groups(losses.assign(excess=excess), [*PLACE, "start"]):
        mean = measure_of_means(_samples(group, "excess"), first, "")
        excess_columns = interval_columns(f"{name}_excess", mean.value, mean.interval)
        lines.append(here | excess_columns | {f"{name}_seeds": len(group)})
    numbers = [f"{name}_excess", f"{name}_excess_low", f"{name}_excess_high", f"{name}_seeds"]
    return frame_of(lines, [*PLACE, "start"], numbers)


def _samples(lines: pd.DataFrame, value: str) -> dict[str, np.ndarray]:
    """Return the values of every start, one for each seed."""
    return {str(start): members[value].to_numpy(float) for start, members in lines.groupby("start")}


def measure_of_means(samples: Mapping[str, np.ndarray], statistic: Statistic, where: str, **more) -> Measure:
    """Measure a statistic of the means of several starts, each over its values for the seeds: `intervals.of_means`.

    The measure's ``n`` is the number of seeds, of the start that has fewest.
    """
    fixed = [not algorithms()[start].seeded for start in samples]
    value, interval = of_means(list(samples.values()), statistic, fixed=fixed, one="one seed")
    counts = [len(values) for values, same in zip(samples.values(), fixed, strict=True) if not same]
    return Measure(value, interval, min(counts, default=1), where, **more)


def _compared(
    values: pd.DataFrame, starts: Sequence[str], statistic: Statistic = first_over_second, column: str = "loss"
) -> Iterator[tuple[dict, Measure]]:
    for here, lines in groups(values[values["start"].isin(starts)], PLACE):
        samples = _samples(lines, column)
        # A mean of 0 has no ratio.
        if len(samples) == len(starts) and all(values.mean() > 0 for values in samples.values()):
            ordered = {start: samples[start] for start in starts}
            yield here, measure_of_means(ordered, statistic, _where(here, samples), evidence=lines)


def _totals(times: pd.DataFrame) -> Iterator[tuple[dict, Measure]]:
    for here, lines in groups(times[times["start"].isin(("lab", "random"))], PLACE):
        # The blocks of the two starts run one after the other. Where the yardstick ran in all of them, times are given
        # in multiples of its time, so that a change in the speed of the machine cancels.
        samples = _samples(lines, "total_units" if lines["total_units"].notna().all() else "total_seconds")
        if len(samples) == 2:  # by name LAB comes first
            yield here, measure_of_means(samples, first_over_second, _where(here, samples), evidence=lines)


def _where(here: dict, samples: Mapping[str, np.ndarray]) -> str:
    most = max(len(values) for values in samples.values())
    return place(here, f"{most} seeds" if most > 1 else "1 seed")
