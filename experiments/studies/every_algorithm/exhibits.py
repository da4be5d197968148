"""Tables, figures and findings about all algorithms side by side."""

from collections.abc import Iterator

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import loss_over_time
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.rows.keys import PROBLEM
from kmedoids_bench.experiments.studies.every_algorithm import STUDY
from kmedoids_bench.experiments.studies.every_algorithm.analysis import EveryAlgorithmResult


def tables(result: EveryAlgorithmResult) -> dict[str, Table]:
    """Make the one table."""
    return {
        "all": Table.of(
            in_reading_order(result.compared),
            (*c.PROBLEM, c.ALGORITHM, c.MILLISECONDS),
            (c.ratio("time / FasterPAM", "times", instead="note"), c.EXCESS),
            c.integers(n_swaps="swaps", n_passes="passes", n_evaluations="candidates evaluated"),
            (*c.ratios(lookups="look-ups / n²"), *c.integers(optima="local optima", results="of")),
        )
    }


def figures(result: EveryAlgorithmResult) -> dict[str, Figure]:
    """Draw loss against time, one figure for each matrix and start, one panel for each k."""
    drawn = {}
    finished = in_reading_order(result.compared).dropna(subset=["seconds", "excess"])
    for matrix, facet, lines in by_matrix(finished):
        for start, group in lines.groupby("start"):
            where = f"{place(facet)}, start {title_of(start)}"
            words = STUDY.words.figure("loss_over_time", where=where, algorithms=group["algorithm"].nunique())
            choices = facet | {"start": title_of(start)}
            drawn[f"loss_over_time_{matrix}_{start}"] = loss_over_time(words, group, choices)
    return drawn


def findings(result: EveryAlgorithmResult) -> Iterator[str]:
    """Rank the algorithms of a kind by the mean loss of their results."""
    finished = result.compared.dropna(subset="excess")
    for kind in ("swap", "sampling"):
        lines = finished[finished["algorithm"].isin(names(kind))]
        if len(lines):
            means = lines.groupby("algorithm")["excess_percent"].mean().sort_values()
            listed = ", ".join(f"{title_of(name)} {value:.2f} %" for name, value in means.items())
            problems = len(lines[PROBLEM].drop_duplicates())
            yield (
                f"Mean loss above the lowest measured, over the problems that each finished of {problems}, {kind} "
                f"algorithms: {listed}."
            )
