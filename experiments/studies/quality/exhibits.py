"""The tables, the figure and the findings of the study."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.range_plot import Spread, spreads
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.quality import STUDY
from kmedoids_bench.experiments.studies.quality.analysis import QualityResult

COLUMNS = (
    *(c.DATA, c.N, c.METRIC, c.START, c.K, c.IMPLEMENTATION, c.ALGORITHM),
    *c.integers(seeds="starts"),
    Column("loss above PAM's, %", "mean_percent", "ratio", ("low_percent", "high_percent")),
    *(*c.ratios(best_percent="best, %", worst_percent="worst, %"), *c.integers("better", "equal", "poorer")),
    *(c.GAP, *c.ratios(baseline_gap_percent="PAM's, %")),
)


def tables(result: QualityResult) -> dict[str, Table]:
    """Make the tables: ours, and the libraries'."""
    table = in_reading_order(result.summary)
    ours = table["implementation"] == OURS
    return {
        "loss_over_pam": Table(table[ours].reset_index(drop=True), COLUMNS),
        "libraries": Table(table[~ours].reset_index(drop=True), COLUMNS),
    }


def figures(result: QualityResult) -> dict[str, Figure]:
    """Draw the loss by method, one panel for each k, one line for each dataset."""
    ratios = result.ratios
    ratios = ratios[(ratios["implementation"] == OURS) & (ratios["start"] == "random")].reset_index(drop=True)
    if ratios.empty:
        return {}
    labels = _labels(ratios)
    panels = {
        f"k = {k}": [
            Spread(str(label), str(algorithm), (100 * (members["ratio"] - 1)).tolist())
            for (label, algorithm), members in group.groupby(["label", "algorithm"], sort=False)
        ]
        for k, group in in_reading_order(ratios.assign(label=labels)).groupby("k")
    }
    words = STUDY.words.figure("loss_by_method", datasets=len(set(labels)), panels=", ".join(panels))
    return {"loss_by_method": Figure(spreads(panels, "loss above PAM's, %"), *words)}


def _labels(ratios: pd.DataFrame) -> pd.Series:
    """Name the datasets, with n and dtype where one was measured at several of them."""
    several = ratios.drop_duplicates(FACET).groupby("dataset").size()
    full = [f"{d}, n = {n:,}, {dtype}" for d, n, dtype in ratios[["dataset", "n", "dtype"]].to_numpy()]
    many = ratios["dataset"].map(several) > 1
    return ratios["dataset"].astype(object).where(~many, pd.Series(full, index=ratios.index, dtype=object))


def headlines(result: QualityResult) -> Iterator[Headline]:
    """Give FasterPAM's loss beside PAM's, over all data and k."""
    lines = result.summary
    lines = lines[
        (lines["start"] == "random") & (lines["implementation"] == OURS) & (lines["algorithm"] == "fasterpam")
    ]
    if (runs := int(lines["seeds"].sum())) > 1:
        mean = _signed(lines["mean_percent"].mean())
        yield Headline(mean, f"FasterPAM's loss beside PAM's from the same random start, mean of {runs} runs")


def findings(result: QualityResult) -> Iterator[str]:
    """Say how far each method is from PAM on average, and where it is farthest."""
    table = in_reading_order(result.summary[result.summary["start"] == "random"])
    for algorithm, group in table[table["implementation"] == OURS].groupby("algorithm", sort=False):
        means, worst = group["mean_percent"], group.sort_values("worst").iloc[-1]
        yield (
            f"From the same random starts, {title_of(algorithm)}'s loss differs from PAM's by {_signed(means.mean())} "
            f"on average, and by {_signed(worst['worst_percent'])} at worst, on {place(worst.to_dict())}. Its loss is "
            f"lower in {group['better'].sum():,} of {group['seeds'].sum():,} runs, equal in {group['equal'].sum():,} "
            f"and higher in {group['poorer'].sum():,}."
        )
    for implementation, group in table[table["implementation"] != OURS].groupby("implementation"):
        means = group.groupby("algorithm", sort=False)["mean_percent"].mean()
        words = ", ".join(f"{title_of(name)} {_signed(mean)}" for name, mean in means.items())
        yield f"Loss of {implementation} beside that of its own FastPAM1, on average: {words}."


def _signed(percent: float) -> str:
    """Write "+1.23 %", with more digits where the difference is small."""
    return f"{percent:+.{2 if abs(percent) >= 0.1 or np.isclose(percent, 0) else 4}f} %"
