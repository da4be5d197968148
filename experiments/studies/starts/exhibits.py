"""Tables, figures and findings about starts."""

from collections.abc import Iterator, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, values_of
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant, written
from kmedoids_bench.experiments.exhibits.plots import ABOVE_THE_BEST, percent_axis, seconds_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.exhibits.style import START_LOOKS
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.starts import STUDY
from kmedoids_bench.experiments.studies.starts.analysis import LEAST_K, StartsResult

PROBLEM = (c.DATA, c.N, c.METRIC, c.K)
TIMES = (
    *c.milliseconds(start_seconds="start (ms)", swap_seconds="FasterPAM from it (ms)", total_seconds="together (ms)"),
    *c.ratios(share_percent="share of the start, %"),
)
PLACES = {start: place for place, start in enumerate(START_LOOKS)}


def by_size(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by matrix and k, and within them BUILD, LAB and random before the others; with titles."""
    ranked = in_reading_order(table).assign(rank=lambda lines: lines["start"].map(PLACES))
    return ranked.sort_values([*FACET, "k", "rank"], kind="stable").drop(columns="rank").reset_index(drop=True)


def tables(result: StartsResult) -> dict[str, Table]:
    """Make the tables of starts, of their share in the time, and of the comparisons that claims are about."""
    return {
        "starts": Table.of(
            by_size(result.summary),
            (*PROBLEM, c.START, *c.integers("seeds")),
            c.ratio("start above best, %", "start_excess", "start_excess_"),
            c.ratio("final above best, %", "final_excess", "final_excess_"),
            (c.GAP, *c.ratios(n_swaps="swaps", n_passes="passes"), *TIMES),
        ),
        "shares": Table(
            by_size(result.shares),
            (*PROBLEM, c.START, c.IMPLEMENTATION, c.ORDER, *TIMES, *c.integers(rounds="timed runs")),
        ),
        "build": Table(
            in_reading_order(result.build), (*PROBLEM, c.IMPLEMENTATION, c.ORDER, c.ratio("BUILD / swaps"), c.PAIRS)
        ),
        "comparisons": Table.of(
            _comparisons(result),
            (*c.texts("quantity", where="on"), *c.ratios(value="ratio")),
            Column("above 1, %", "percent", "ratio", ("low_percent", "high_percent"), why_none="why_none"),
            c.integers(n="seeds"),
        ),
    }


def _comparisons(result: StartsResult) -> pd.DataFrame:
    lines = [
        (name, words, one.where, one.n, one.value, one.low, one.high, one.why_none)
        for name, words in STUDY.words.of_quantities.items()
        if not name.startswith("build_over_swap")
        for one in result.measures.get(name, ())
    ]
    numbers = ["value", "low", "high"]
    frame = frame_of(lines, ["measure", "quantity", "where", "n", *numbers, "why_none"], numbers)
    percents = zip(("percent", "low_percent", "high_percent"), numbers, strict=True)
    return frame.assign(**{name: 100 * (frame[source] - 1) for name, source in percents})


def figures(result: StartsResult) -> dict[str, Figure]:
    """Draw losses and times over k, two figures for each matrix."""
    drawn: dict[str, Figure] = {}
    for name, facet, lines in by_matrix(by_size(result.summary)):
        where = place(facet)
        losses = {"start": _known(lines, "start_excess"), "FasterPAM from it": _known(lines, "final_excess")}
        times = {"start": _known(lines, "start_seconds"), "start and FasterPAM": _known(lines, "total_seconds")}
        for kind, panels, label, axis in (
            ("loss", losses, ABOVE_THE_BEST, percent_axis),
            ("time", times, "time", seconds_axis),
        ):
            if all(map(len, panels.values())):
                words = STUDY.words.figure(kind, where=where)
                drawn[f"{kind}_{name}"] = curves(words, panels, "value", label, axis, kind=kind, choices=facet)
    return drawn


def _known(lines: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return the lines that have this value, start by start; ``value`` holds it, ``low`` and ``high`` its interval."""
    known = values_of(lines, value).dropna(subset="value").sort_values("start", key=lambda start: start.map(PLACES))
    return known.assign(algorithm=known["start"], implementation=OURS)


def findings(result: StartsResult) -> Iterator[str]:
    """Say what the starts are worth and cost, one sentence for each matrix, at the largest k."""
    for _, facet, lines in by_matrix(result.summary):
        k = lines["k"].max()
        last = lines[lines["k"] == k]
        start, final = (last.dropna(subset=name).sort_values(name) for name in ("start_excess", "final_excess"))
        if len(final):
            losses = ", ".join(
                f"{title_of(line['start'])} {significant(line['start_excess'])} %" for line in start.to_dict("records")
            )
            where, worst = place(facet | {"k": k}), final.iloc[-1]
            if losses:
                yield f"On {where}, the starts alone are above the best result by: {losses}."
            yield (
                f"On {where}, FasterPAM's results are {significant(final['final_excess'].min())} to "
                f"{significant(worst['final_excess'])} % above the best, most from {title_of(worst['start'])}."
            )
    of_build = gathered((one.code_base, one) for one in result.measures.get("build_over_swap", ()))
    for code_base in sorted(of_build, key=lambda name: (name != OURS, name)):
        yield (
            f"From k = {LEAST_K['build_over_swap']} on, BUILD of {code_base} took {_range(of_build[code_base])} the "
            "time of FasterPAM's swaps from it."
        )
    if totals := result.measures.get("lab_total_over_random_total"):
        yield f"LAB and FasterPAM together took {_range(totals)} the time of a random start and FasterPAM."


def _range(measures: Sequence[Measure]) -> str:
    """Write "2.10 times (digits, k = 20) to 8.31 times (mnist, k = 100)"."""
    smallest, largest = (extreme(measures, key=lambda one: one.value) for extreme in (min, max))
    return " to ".join(f"{written(one)} times ({one.where})" for one in dict.fromkeys((smallest, largest)))
