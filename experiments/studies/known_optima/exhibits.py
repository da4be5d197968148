"""The tables, the figure and the findings of the study."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import k_range, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.range_plot import Spread, spreads
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.known_optima import STUDY, analysis
from kmedoids_bench.experiments.studies.known_optima.analysis import BEST_OF, NONE, PAM, PRINTED

# Columns of the table of instances and their headings.
SHOWN = {
    f"build_{NONE}": "BUILD",
    f"build_{PAM}": "BUILD, PAM",
    "build_fasterpam": "BUILD, FasterPAM",
    f"random_{PAM}": "random, PAM",
    "random_fasterpam": "random, FasterPAM",
    "kmeanspp_alternating": "k-means++, Alternating",
}


def titled(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by implementation, start and algorithm, each start by itself first, and add titles."""
    places = {name: number for number, name in enumerate((NONE, *STUDY.algorithms))}
    ranks = {"a": frame["implementation"] != OURS, "b": frame["start"].map(places), "c": frame["algorithm"].map(places)}
    ordered = frame.assign(**ranks).sort_values(["a", "implementation", "b", "c"], kind="stable").drop(columns=[*ranks])
    spelt = with_titles(ordered)
    return spelt.assign(algorithm_title=spelt["algorithm_title"].mask(spelt["algorithm"] == NONE, "start alone"))


def tables(result: analysis.OptimaResult) -> dict[str, Table]:
    """Make the tables: beside the printed values, all starts and algorithms, every instance."""
    return {
        "printed": Table(
            _printed_frame(result.summary),
            (
                *(*c.texts("quantity"), c.IMPLEMENTATION, *c.ratios("printed")),
                *(c.ratio("measured", "value"), *c.integers("instances")),
            ),
        ),
        "summary": Table(
            titled(result.summary),
            (
                *(c.IMPLEMENTATION, c.START, c.ALGORITHM, *c.integers("instances")),
                c.ratio("mean error, %", "error", "error_"),
                *c.ratios(worst="worst error, %"),
                c.ratio("on the scale", "percent", "percent_"),
                c.ratio(f"best of {BEST_OF}", "best", "best_"),
                *c.integers("results", optimal="optimum reached", below="below the optimum"),
            ),
        ),
        "instances": Table(
            _instances_frame(result.instances),
            (
                *(*c.texts(dataset="instance"), c.N, c.K, *c.integers("optimum", random_loss="random sets")),
                *c.ratios(**SHOWN),
            ),
        ),
    }


def _printed_frame(table: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for printed in PRINTED.values():
        value = {"percent": "percent", "best_percent": "best"}[printed.column]
        group = table[(table["start"] == printed.start) & (table["algorithm"] == printed.algorithm)]
        group = group.assign(other=group["implementation"] != OURS).sort_values(["other", "implementation"])
        lines += [
            (printed.words, line["implementation"], printed.value)
            + (line[value], line[f"{value}_low"], line[f"{value}_high"], line["scaled"])
            for line in group.dropna(subset=value).to_dict("records")
        ]
    return pd.DataFrame(lines, columns=["quantity", "implementation", "printed", "value", "low", "high", "instances"])


def _instances_frame(instances: pd.DataFrame) -> pd.DataFrame:
    """One line for each instance, one column for each start and algorithm of ours."""
    ours = instances[instances["implementation"] == OURS]
    keys = ["dataset", "n", "k", "optimum", "random_loss"]
    columns = ours["start"] + "_" + ours["algorithm"]
    wide = ours.assign(column=columns).pivot(index=keys, columns="column", values="error_percent")
    wide = wide.reindex(columns=sorted({*wide.columns, *SHOWN})).astype("float64").reset_index()
    wide["number"] = wide["dataset"].str.extract(r"(\d+)$", expand=False).astype("float64")
    return wide.sort_values("number").drop(columns="number").reset_index(drop=True).rename_axis(columns=None)


def figures(result: analysis.OptimaResult) -> dict[str, Figure]:
    """Draw where every start and algorithm is on the scale, and what was printed."""
    instances = result.instances
    ours = titled(instances[instances["implementation"] == OURS].dropna(subset="percent"))
    if ours.empty:
        return {}
    printed = {(one.start, one.algorithm): one.value for one in PRINTED.values() if one.column == "percent"}
    members = []
    for key, group in ours.groupby(["start", "algorithm"], sort=False):
        start, algorithm = map(str, key)
        name = "" if algorithm == NONE else algorithm
        members.append(Spread(title_of(start), name, group["percent"].tolist(), printed.get((start, algorithm))))
    return {
        "scale": Figure(
            spreads({"": members}, "on the scale from optimum (0) to random (100)"),
            *STUDY.words.figure("scale", instances=ours["dataset"].nunique(), combinations=len(members)),
        )
    }


def findings(result: analysis.OptimaResult) -> Iterator[str]:
    """Say the mean error of each algorithm, the values beside the printed ones, and what is below an optimum."""
    table = result.summary[result.summary["implementation"] == OURS]
    for line in _printed_frame(table).to_dict("records"):
        yield (
            f"On the scale from optimum (0) to random (100), {line['quantity']}: {line['value']:.3g} "
            f"({line['printed']:g} printed; {line['instances']} instances)."
        )
    yield from _best_by_k(result.instances)
    for algorithm, group in titled(table[table["algorithm"] != NONE]).groupby("algorithm", sort=False):
        means = ", ".join(f"{line['error']:.2f} % from {line['start_title']}" for line in group.to_dict("records"))
        yield (
            f"{title_of(algorithm)}: the mean error over {group['instances'].max()} instances is {means}; the largest "
            f"error is {group['worst'].max():.2f} %. It reached the optimum in {group['optimal'].sum():,} of "
            f"{group['results'].sum():,} results."
        )
    below, total = int((result.errors["error"] < -1e-9).sum()), len(result.errors)
    if total:
        yield f"Results below a known optimum: {below or 'none'} of {total:,}, over all implementations."


def _best_by_k(instances: pd.DataFrame) -> Iterator[str]:
    """Compare the best of several runs of Alternating with one run, for few medoids and for more."""
    column = PRINTED["best_of_10"].column
    best = analysis.lines_of(instances[instances["implementation"] == OURS], PRINTED["best_of_10"])
    best = best.dropna(subset=column)
    few, others = (best[(best["k"] == best["k"].min()) == small] for small in (True, False))
    if len(others):
        yield (
            f"On the same scale, the best of {BEST_OF} runs of Alternating is at {few[column].mean():.3g} on the "
            f"{len(few)} instances with {k_range(few['k'])}, and at {others[column].mean():.3g} on the other "
            f"{len(others)}. A single run is at {few['percent'].mean():.3g} and {others['percent'].mean():.3g}."
        )
