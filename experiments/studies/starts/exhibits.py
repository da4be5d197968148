"""Starts: what they cost, how good they are, and whether the swaps make up for a poor one."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import Curve, panels_over_k, seconds_axis
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import GREY, STARTS, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS, PLACE
from kmedoids_bench.experiments.studies.starts.analysis import (
    SWAPS,
    Samples,
    build_over_swap,
    by_place,
    final_losses,
    of_means,
    shares,
    start_and_swap,
    start_losses,
    summary,
)

ALGORITHMS = (*STARTS, SWAPS)
COMPARED = ("random", "kmeanspp", "lab", "build")  # whose final losses the claim compares
# From which k on a claim speaks of a comparison.
LEAST_K = {"park_jun_over_random": 50, "lab_over_build": 10, "random_over_lab": 10, "build_over_swap": 20}
AT_LARGE_K = 100
WHERE = (
    Column("data", "dataset"),
    Column("n", "n", "integer"),
    Column("metric", "metric"),
    Column("k", "k", "integer"),
)
TIMES = (
    Column("start (ms)", "start_seconds", "milliseconds"),
    Column("FasterPAM from it (ms)", "swap_seconds", "milliseconds"),
    Column("together (ms)", "total_seconds", "milliseconds"),
    Column("share of the start, %", "share_percent", "ratio"),
)


def first_over_second(means: np.ndarray) -> np.ndarray:
    """Ratio of the means of two starts."""
    return means[0] / means[1]


def largest_over_smallest(means: np.ndarray) -> np.ndarray:
    """Spread of the means of several starts."""
    return means.max(axis=0) / means.min(axis=0)


def by_size(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by dataset and k, and within them BUILD, LAB and random before the others; with titles."""
    places = {start: number for number, start in enumerate(STARTS)}
    ranked = in_reading_order(table).assign(rank=lambda lines: lines["start"].map(places))
    ordered = ranked.sort_values([*FACET, "k", "rank"], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by, for each dataset and k; times of BUILD in every code base that has both.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    alone, final = start_losses(rows), final_losses(rows)
    build = list(_build_over_swap(rows))
    found = {
        "park_jun_over_random": _compared(alone, ("park_jun", "random")),
        "lab_over_build": _compared(alone, ("lab", "build")),
        "random_over_lab": _compared(alone, ("random", "lab")),
        "final_spread": _compared(final, COMPARED, largest_over_smallest),
        "lab_total_over_random_total": list(_totals(rows)),
        "build_over_swap": build,
    }
    found = {name: [one for k, one in members if k >= LEAST_K.get(name, 1)] for name, members in found.items()}
    found["build_over_swap_at_100"] = [one for k, one in build if k == AT_LARGE_K]
    return {name: members for name, members in found.items() if members}


def _compared(
    losses: pd.DataFrame, starts: Sequence[str], statistic: Callable[[np.ndarray], np.ndarray] = first_over_second
) -> list[tuple[int, Measure]]:
    found = []
    for where, samples, lines in by_place(losses, "loss"):
        # A smallest loss of 0 has no ratio.
        if all(start in samples and samples[start].mean() > 0 for start in starts):
            wanted = {start: samples[start] for start in starts}
            evidence = lines[lines["start"].isin(starts)]
            found.append((where["k"], of_means(wanted, statistic, _where(where, wanted), evidence=evidence)))
    return found


def _totals(rows: pd.DataFrame) -> Iterator[tuple[int, Measure]]:
    times = start_and_swap(rows[rows["implementation"] == OURS])
    times = times[times["start"].isin(("lab", "random"))]
    for where, _, lines in by_place(times, "total_seconds"):
        # Blocks run one after the other: where a yardstick ran in all of them, the machine's mood is divided out.
        unit = "total_units" if lines["total_units"].notna().all() else "total_seconds"
        samples = {str(start): members[unit].to_numpy(float) for start, members in lines.groupby("start")}
        if len(samples) == 2:  # by name LAB comes first
            yield (where["k"], of_means(samples, first_over_second, _where(where, samples), evidence=lines))


def _build_over_swap(rows: pd.DataFrame) -> Iterator[tuple[int, Measure]]:
    for line, found, evidence in build_over_swap(rows):
        order = "" if line["implementation"] == OURS else f", memory order {line['order']}"
        where = place(line, f"start BUILD{order}")
        yield (
            line["k"],
            Measure(found.estimate, found.interval, found.n_pairs, where, line["implementation"], evidence),
        )


def _where(where: dict, samples: Samples) -> str:
    most = max(len(values) for values in samples.values())
    return place(where, f"{most} seeds" if most > 1 else "1 seed")


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    start = Column("start", "start_title")
    who = (Column("implementation", "implementation"), Column("order", "order"))
    return {
        "starts": Table(
            by_size(summary(rows)),
            "Our starts: how far the loss of the start medoids, and of FasterPAM's result from them, is above the best "
            "result that FasterPAM reached from any start for this k; means over the seeds with their 95 % intervals "
            "(exact for a start that takes no seed). Swaps and passes are FasterPAM's. Times are medians of runs, "
            "means over the seeds; a start's own time includes assigning the objects to its medoids.",
            (
                *WHERE,
                start,
                Column("seeds", "seeds", "integer"),
                Column("start above best, %", "start_excess", "ratio", ("start_excess_low", "start_excess_high")),
                Column("final above best, %", "final_excess", "ratio", ("final_excess_low", "final_excess_high")),
                Column("swaps", "n_swaps", "ratio"),
                Column("passes", "n_passes", "ratio"),
                *TIMES,
            ),
            "Nothing was measured.",
        ),
        "shares": Table(
            by_size(shares(rows)),
            "The share of the start in the time of start and swaps together, in every code base that has both, each at "
            "the memory order in which it is faster. The matrix is given.",
            (*WHERE, start, *who, *TIMES, Column("timed runs", "rounds", "integer")),
            "No start was timed together with the swaps from it.",
        ),
        "build": Table(
            _build_frame(rows),
            "Time of BUILD over the time of FasterPAM's swaps from its medoids: paired runs, with the 95 % interval.",
            (
                *WHERE,
                *who,
                Column("BUILD / swaps", "estimate", "ratio", ("low", "high")),
                Column("pairs", "n_pairs", "integer"),
            ),
            "BUILD was not timed together with the swaps from it.",
        ),
        "comparisons": Table(
            _comparison_frame(rows),
            "What the claims about starts are decided by, with 95 % intervals over the seeds: losses of starts over "
            "one another, the largest over the smallest mean final loss of FasterPAM from random, k-means++, LAB and "
            "BUILD, and the time of LAB and FasterPAM over that of a random start and FasterPAM.",
            (
                Column("quantity", "quantity"),
                Column("on", "where"),
                Column("ratio", "value", "ratio"),
                Column("above 1, %", "percent", "ratio", ("low_percent", "high_percent")),
                Column("seeds", "n", "integer"),
            ),
            "Nothing could be compared.",
        ),
    }


def _build_frame(rows: pd.DataFrame) -> pd.DataFrame:
    names = ("estimate", "low", "high", "n_pairs")
    lines = [line | {name: getattr(found, name) for name in names} for line, found, _ in build_over_swap(rows)]
    frame = pd.DataFrame(lines, columns=[*PLACE, "implementation", "order", *names])
    return in_reading_order(frame.astype(dict.fromkeys(names, "float64")))


QUANTITIES = {
    "park_jun_over_random": "loss of Park & Jun / random",
    "lab_over_build": "loss of LAB / BUILD",
    "random_over_lab": "loss of random / LAB",
    "final_spread": "final loss, largest / smallest",
    "lab_total_over_random_total": "time from LAB / from random",
}


def _comparison_frame(rows: pd.DataFrame) -> pd.DataFrame:
    found = measures(rows)
    lines = [
        {"measure": name, "quantity": words, "where": one.where, "n": one.n}
        | {"value": one.value, "low": one.low, "high": one.high}
        for name, words in QUANTITIES.items()
        for one in found.get(name, ())
    ]
    frame = pd.DataFrame(lines, columns=["measure", "quantity", "where", "n", "value", "low", "high"])
    frame = frame.astype(dict.fromkeys(("value", "low", "high", "n"), "float64"))
    above = {"percent": "value", "low_percent": "low", "high_percent": "high"}
    return frame.assign(**{name: 100 * (frame[source] - 1) for name, source in above.items()})


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw losses and times over k, two figures for each dataset.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    table = by_size(summary(rows))
    drawn: dict[str, Figure] = {}
    facets = table[list(FACET)].drop_duplicates()
    for key, group in table.groupby(list(FACET)):
        facet = dict(zip(FACET, key, strict=True))
        plain = (facets["dataset"] == facet["dataset"]).sum() == 1
        name = facet["dataset"] if plain else "_".join(map(str, key))
        where = place(facet)
        losses = {"start": _curves(group, "start_excess"), "FasterPAM from it": _curves(group, "final_excess")}
        times = {"start": _curves(group, "start_seconds"), "start and FasterPAM": _curves(group, "total_seconds")}
        if all(losses.values()):
            drawn[f"loss_{name}"] = Figure(
                panels_over_k(losses, "loss above the best", _percent_axis),
                f"Loss of the start medoids, and of FasterPAM's result from them, above the best result for this k on "
                f"{where}. Bars are 95 % intervals over the seeds.",
                f"Curves of the loss above the best over k on {where}, one for each start. The values are in the table "
                "of starts.",
            )
        if all(times.values()):
            drawn[f"time_{name}"] = Figure(
                panels_over_k(times, "time", seconds_axis),
                f"Time of the start, and of start and FasterPAM together, over k on {where}. Both axes are "
                "logarithmic.",
                f"Curves of time over k on {where}, one for each start. The values are in the table of starts.",
            )
    return drawn


def _percent_axis(axes) -> None:
    """Logarithmic from a thousandth of a percent on, so that nothing above the best can be told from the best."""
    axes.set_yscale("symlog", linthresh=0.01, linscale=0.5)
    axes.set_ylim(bottom=-0.004)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.axhline(0, color=GREY, linewidth=0.8)


def _curves(group: pd.DataFrame, value: str) -> list[Curve]:
    """One curve for each start, from the value and, where it has one, its interval."""
    found = []
    for start, members in group.dropna(subset=value).sort_values("k").groupby("start", sort=False):
        ends = [f"{value}_{end}" for end in ("low", "high")]
        low, high = (members[end].tolist() if end in members else None for end in ends)
        found.append(Curve(str(start), OURS, members["k"].tolist(), members[value].tolist(), low, high))
    return sorted(found, key=lambda curve: list(STARTS).index(curve.algorithm))


def findings(rows: pd.DataFrame) -> list[str]:
    """Say what the starts are worth and cost, one sentence for each dataset, at the largest k.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    table = by_size(summary(rows))
    said = []
    for key, group in table.groupby(list(FACET)):
        k = group["k"].max()
        here = group[group["k"] == k]
        where = place(dict(zip([*FACET, "k"], [*key, k], strict=True)))
        begun, ended = (here.dropna(subset=name).sort_values(name) for name in ("start_excess", "final_excess"))
        if len(ended):
            starts = ", ".join(
                f"{start_title(line['start'])} {significant(line['start_excess'])} %"
                for line in begun.to_dict("records")
            )
            worst = ended.iloc[-1]
            alone = f"the starts lie above the best result by: {starts}; " if starts else ""
            said.append(
                f"On {where}, {alone}FasterPAM's results are above the best by "
                f"{significant(ended['final_excess'].min())} to {significant(worst['final_excess'])} % on average "
                f"(most from {start_title(worst['start'])})."
            )
    found = measures(rows)
    for code_base, group in _grouped(found.get("build_over_swap", ())):
        said.append(
            f"From k = {LEAST_K['build_over_swap']} on, BUILD of {code_base} took {_range(group)} the time of "
            "FasterPAM's swaps from it."
        )
    for _, group in _grouped(found.get("lab_total_over_random_total", ())):
        said.append(f"LAB and FasterPAM together took {_range(group)} the time of a random start and FasterPAM.")
    return said


def _grouped(found: Sequence[Measure]) -> list[tuple[str, list[Measure]]]:
    """By code base, ours first."""
    names = sorted({one.code_base for one in found}, key=lambda name: (name != OURS, name))
    return [(name, [one for one in found if one.code_base == name]) for name in names]


def _range(found: Sequence[Measure]) -> str:
    """Write "2.10 times (digits, k = 20) to 8.31 times (mnist, k = 100)"."""
    ends = sorted(found, key=lambda one: one.value)
    ends = ends[:1] if len(ends) == 1 else [ends[0], ends[-1]]
    return " to ".join(f"{significant(one.value)}{_interval(one)} times ({one.where})" for one in ends)


def _interval(one: Measure) -> str:
    if one.low is None or one.high is None:
        return ""
    return f" [{significant(one.low, one.value)}, {significant(one.high, one.value)}]"
