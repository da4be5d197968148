"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import k_range, place, start_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.plots import count_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order, with_titles
from kmedoids_bench.experiments.studies.ablations import STUDY
from kmedoids_bench.experiments.studies.ablations.analysis import AblationsResult

STARTS = c.integers("starts")


def tables(result: AblationsResult) -> dict[str, Table]:
    """Make the tables: what each idea saves, what each algorithm takes, and what another setting changes."""
    saved = {"eager": "eager swaps alone", "shared": "shared sums alone", "both": "both"}
    return {
        "savings": Table.of(
            in_reading_order(result.savings),
            c.PROBLEM,
            (*(c.ratio(heading, name, f"{name}_") for name, heading in saved.items()), *c.ratios("together")),
            STARTS,
        ),
        "counts": Table.of(
            in_reading_order(result.counts),
            (*c.PROBLEM, c.ALGORITHM),
            c.ratios(passes_over_matrix="entries read / n²", n_swaps="swaps", loss_percent="loss, % above PAM"),
            STARTS,
        ),
        "settings": Table.of(
            with_titles(result.settings),
            (c.ALGORITHM, *c.PROBLEM, *c.texts("value", usual="of the papers")),
            (c.ratio("loss, % above that of the papers", "loss_percent", "loss_percent_"),),
            (c.ratio("entries / those of the papers", "entries", "entries_"), *STARTS),
        ),
    }


def figures(result: AblationsResult) -> dict[str, Figure]:
    """Draw the entries read over k, one figure for each matrix, one panel for each start."""
    drawn = {}
    for name, facet, lines in by_matrix(in_reading_order(result.counts)):
        panels = {title_of(start): group for start, group in lines.groupby("start")}
        words = STUDY.words.figure("entries", where=place(facet), panels=", ".join(panels))
        label = "entries read / n²"
        drawn[f"entries_{name}"] = curves(
            words, panels, "passes_over_matrix", label, count_axis, kind="entries", choices=facet
        )
    return drawn


def headlines(result: AblationsResult) -> Iterator[Headline]:
    """Give the largest saving of both ideas together, and what each saves alone there."""
    several = result.savings[result.savings["starts"] > 1]
    if len(several):
        most = several.sort_values("both").iloc[-1].to_dict()
        where = place(most, start_title(most["start"]))
        yield Headline(
            f"{significant(most['both'])} times",
            f"as many entries of the matrix are read by PAM as by FasterPAM, on {where}: {significant(most['eager'])} "
            f"times as many as with eager swaps alone, {significant(most['shared'])} times as many as with shared sums "
            "alone",
        )


def findings(result: AblationsResult) -> Iterator[str]:
    """Say over all data what each idea saves, how the losses differ, and what another setting changes."""
    for start, lines in result.savings.groupby("start"):
        eager, shared, both, together = (_range(lines[name]) for name in ("eager", "shared", "both", "together"))
        data = counted(lines["dataset"].nunique(), "dataset")
        yield (
            f"From {start_title(start)}, with {k_range(lines['k'])} on {data}, PAM reads {eager} times as many entries "
            f"as EagerPAM (eager swaps alone), {shared} times as many as FastPAM1 (shared sums alone), and {both} "
            f"times as many as FasterPAM (both). The last factor is {together} times the product of the first two."
        )
    for algorithm, lines in result.counts[~result.counts["algorithm"].isin(["pam", "fastpam1"])].groupby("algorithm"):
        yield (
            f"{title_of(algorithm)}'s loss differs from PAM's by {lines['loss_percent'].mean():+.2g} % on average over "
            f"{counted(len(lines), 'problem')}, between {lines['loss_percent'].min():+.2g} and "
            f"{lines['loss_percent'].max():+.2g} %."
        )
    other = result.settings[result.settings["value"] != result.settings["usual"]]
    for (algorithm, value), lines in other.groupby(["algorithm", "value"], sort=False):
        yield (
            f"{title_of(str(algorithm))} with {_words(str(value))} in place of {_words(lines['usual'].iloc[0])}: "
            f"the loss changes by {lines['loss_percent'].mean():+.2g} % on average over "
            f"{counted(len(lines), 'problem')}, and {significant(lines['entries'].mean())} times as many entries are "
            "read."
        )


def _range(values: pd.Series) -> str:
    """Write "3.1 to 12"."""
    low, high = significant(values.min()), significant(values.max())
    return low if low == high else f"{low} to {high}"


def _words(value: str) -> str:
    """Write a value as the papers do: "40 + 2k", "1.25 % of n - k"."""
    spaced = value.replace("+", " + ").replace("%", " %").replace("-", " - ")
    return spaced.replace(" 1sqrt", " sqrt").replace(" 1k", " k")
