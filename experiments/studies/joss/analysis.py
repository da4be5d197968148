"""The table of the companion paper: time over n², losses and passes of every implementation, and what follows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import gathered, groups
from kmedoids_bench.experiments.analysis.intervals import difference, of_means
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import PairedTimes, measure_of, paired_times, times_longer
from kmedoids_bench.experiments.analysis.speedups import Problem, mark_faster_order, problems_of
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import PLACE, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

# Of the calls that an implementation can make, the first of these is shown: swaps alone if they can be timed apart.
CALLS = {"swap": "swaps", "total": "whole call"}  # titles by phase
JAVA, RUST = "elki", "kmedoids_055"
FASTERPAM = {"algorithm": "fasterpam", "setting": ""}
BY_IMPLEMENTATION = [*PLACE, "implementation"]

PRINTED = Path(__file__).with_name("printed.csv")
PRINTED_DATA = ("mnist", 10_000, "euclidean", 10)


@dataclass(frozen=True)
class CompanionResult:
    """The result of the study."""

    table: pd.DataFrame  # as `beside_printed` returns it
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> CompanionResult:
    """Put what was measured beside what is printed, and compare the times that the companion speaks of.

    Calls that choose their start are left out: every implementation here can be given one.
    """
    rows = rows[from_given_medoids(rows)]
    problems = problems_of(rows)
    measures = {
        "matrix_share": list(matrix_shares(rows)),
        "pam_over_alternating": pam_over_alternating(problems),
        "alternating_over_fasterpam": alternating_over_fasterpam(problems),
        "java_over_rust": java_over_rust(problems),
    }
    return CompanionResult(beside_printed(companion_table(rows)), measures)


def in_one_order(measured: Sequence[Problem], algorithm: str, start: str) -> dict[tuple, PairedTimes]:
    """Return the times of an algorithm by implementation, in the memory order in which its FasterPAM is faster.

    A ratio of two algorithms in two orders would compare two inputs. Of the calls of a code base the first of `CALLS`
    is kept.
    """
    from_random = [problem for problem in measured if problem.key["start"] == "random"]
    orders = {_who(one): one.line["order"] for one in _shown(paired_times(from_random, FASTERPAM))}
    here = [problem for problem in measured if problem.key["start"] == start]
    times = paired_times(here, {"algorithm": algorithm, "setting": ""}, all_orders=True)
    chosen = [
        one
        for one in times
        if (orders[_who(one)] == one.line["order"] if _who(one) in orders else one.line["faster_order"])
    ]
    return {_who(one): one for one in _shown(chosen)}


def _who(one: PairedTimes) -> tuple:
    return tuple(one.line[name] for name in BY_IMPLEMENTATION)


def _shown(paired: Iterable[PairedTimes]) -> list[PairedTimes]:
    kept = []
    for group in gathered((_who(one), one) for one in paired).values():
        shown = next((phase for phase in CALLS if phase in {one.line["phase"] for one in group}), None)
        kept += [one for one in group if one.line["phase"] == shown]
    return kept


def pam_over_alternating(measured: Sequence[Problem]) -> list[Measure]:
    """Measure the time of PAM from BUILD over that of Alternating from random starts.

    They are of different blocks, so their runs cannot be paired.
    """
    pam, alternating = in_one_order(measured, "pam", "build"), in_one_order(measured, "alternating", "random")
    measures = []
    for key in pam.keys() & alternating.keys():
        both = [pam[key], alternating[key]]
        value, interval = of_means([one.pairs.medians for one in both], difference)
        measures.append(measure_of(both, float(np.exp(value)), interval.mapped(np.exp)))
    return sorted(measures, key=lambda one: one.code_base)


def alternating_over_fasterpam(measured: Sequence[Problem]) -> list[Measure]:
    """Measure the time of Alternating over that of FasterPAM from the same random starts, in one order."""
    here = [problem for problem in measured if problem.key["start"] == "random"]
    paired = _shown(paired_times(here, FASTERPAM, {"algorithm": "alternating", "setting": ""}))
    inverted = [replace(one, pairs=replace(one.pairs, logs=-one.pairs.logs, best=1 / one.pairs.best)) for one in paired]
    return times_longer(inverted)


def java_over_rust(measured: Sequence[Problem]) -> list[Measure]:
    """Measure the time of FasterPAM in Java over that in Rust, each in its faster memory order."""
    swaps = {"algorithm": "fasterpam", "phase": "swap", "setting": ""}
    paired = paired_times(measured, swaps | {"implementation": JAVA}, swaps | {"implementation": RUST}, at_best=True)
    return times_longer(replace(one, line=one.line | {"implementation": f"{JAVA}/{RUST}"}) for one in paired)


def matrix_shares(rows: pd.DataFrame) -> Iterator[Measure]:
    """Measure the time of the matrix over that of the matrix and FasterPAM from a random start together.

    The matrix is ours for all, and was computed once: the interval is about the calls alone. A random start takes no
    time beside the swaps, so they stand for both.
    """
    plain = (rows["algorithm"] == "fasterpam") & (rows["start"] == "random") & at_defaults(rows)
    timed = (rows["status"] == "ok") & rows["seconds"].notna() & rows["matrix_seconds"].notna()
    called = rows[plain & timed]
    called = called.assign(rank=called["phase"].map(list(CALLS).index))
    called = called[called["rank"] == called.groupby(BY_IMPLEMENTATION)["rank"].transform("min")]
    blocks = called.groupby([*BY_IMPLEMENTATION, "contender", "block"])
    per_block = blocks[["seconds", "matrix_seconds"]].median().reset_index()
    per_contender = per_block.groupby([*BY_IMPLEMENTATION, "contender"])["seconds"].median().reset_index()
    fastest = per_contender.sort_values("seconds", kind="stable").drop_duplicates(BY_IMPLEMENTATION)
    kept = per_block.merge(fastest.drop(columns="seconds"))
    kept["share"] = kept["matrix_seconds"] / (kept["matrix_seconds"] + kept["seconds"])
    for here, group in groups(kept, BY_IMPLEMENTATION):
        where = place(here, f"our matrix in {group['matrix_seconds'].iloc[0]:.2g} s")
        yield Measure.of_sample(group["share"], where, code_base=here["implementation"], evidence=group)


def companion_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Put every implementation of every algorithm on one line for each start.

    The lines are those of `times` for the first of `CALLS`, in the memory order in which the implementation's FasterPAM
    is faster from random starts; without FasterPAM, in the order in which the line's own algorithm is. With ``call``
    (its title), ``per_n2`` (seconds over n²), ``ns`` (the same in nanoseconds), ``mean_loss`` and ``best_loss`` over
    the seeds, ``gap_percent`` (mean of what the losses are above the optimum at most), ``seeds``.
    """
    table = mark_faster_order(times(rows))
    table = table[_in_one_order(table) & table["phase"].isin(CALLS)].drop(columns="faster_order")
    table = table.assign(call=table["phase"].map(CALLS), rank=table["phase"].map(list(CALLS).index))
    first = table.groupby([*PROBLEM, "implementation", "algorithm"], dropna=False)["rank"].transform("min")
    losses = results(rows).assign(gap_percent=lambda table: 100 * table["gap"])
    of_contender = losses.groupby([*PROBLEM, "contender"], dropna=False)
    losses = of_contender["loss"].agg(mean_loss="mean", best_loss="min")
    losses = losses.assign(gap_percent=of_contender["gap_percent"].mean(), seeds=of_contender.size()).reset_index()
    table = table[table["rank"] == first].drop(columns="rank").merge(losses, on=[*PROBLEM, "contender"], how="left")
    per_n2 = table["seconds"] / table["n"].astype("float64") ** 2
    return table.assign(per_n2=per_n2, ns=1e9 * per_n2)


def _in_one_order(table: pd.DataFrame) -> pd.Series:
    """Whether each line of a table of `times` is in the order that the implementation's FasterPAM chooses."""
    from_random = (table[[*FASTERPAM]] == pd.Series(FASTERPAM)).all(axis=1) & (table["start"] == "random")
    leading = table[from_random & table["faster_order"]].drop_duplicates(BY_IMPLEMENTATION)
    orders = leading.set_index(BY_IMPLEMENTATION)["order"]
    chosen = orders.reindex(pd.MultiIndex.from_frame(table[BY_IMPLEMENTATION])).set_axis(table.index)
    return table["faster_order"].where(chosen.isna(), table["order"] == chosen).astype(bool)


def printed() -> pd.DataFrame:
    """Return the companion's table and its log, one line for each implementation here that it names ``there``.

    The numbers are ns per n², mean loss, best loss and iterations. PAM of kmedoids is from BUILD, all others from
    starts of the implementation's own.
    """
    return pd.read_csv(PRINTED)


def beside_printed(table: pd.DataFrame) -> pd.DataFrame:
    """Join what was measured with what is printed, for the data that the companion measured.

    The lines are those of `companion_table`, with the columns of `printed`; behind it the printed lines of
    implementations that were not measured here.
    """
    same = pd.MultiIndex.from_frame(table[["dataset", "n", "metric", "k"]]).isin([PRINTED_DATA])
    theirs = printed()
    joined = table.assign(printed_for=np.where(same, table["implementation"], "")).merge(
        theirs.rename(columns={"implementation": "printed_for"}), on=["printed_for", "algorithm"], how="left"
    )
    if not same.any():
        return joined
    missing = theirs.merge(joined[["there", "algorithm"]].drop_duplicates(), how="left", indicator=True)
    missing = missing[missing["_merge"] == "left_only"].drop_duplicates(["there", "algorithm"]).drop(columns="_merge")
    return pd.concat([joined, missing.assign(note="not measured")], ignore_index=True)
