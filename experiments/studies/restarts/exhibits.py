"""The table, the figures and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import ABOVE_THE_BEST, legend_below, percent_over_seconds, row_of_panels
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.exhibits.style import BLACK, algorithm_look
from kmedoids_bench.experiments.studies.restarts import STUDY
from kmedoids_bench.experiments.studies.restarts.analysis import MANY, RestartsResult

ONCE = "BUILD and FastPAM1"


def tables(result: RestartsResult) -> dict[str, Table]:
    """Make the tables: loss against time, and how far the results are above the optimum at most."""
    return {
        "time_to_quality": Table(
            in_reading_order(result.summary),
            (
                *(c.DATA, c.N, c.K),
                *c.milliseconds(once_seconds=f"{ONCE} (ms)", start_seconds="one start of FasterPAM (ms)"),
                *c.integers(fit="starts in the same time"),
                *c.ratios(
                    once_percent=f"{ONCE}, %", mean_percent="one start, %", same_time_percent="in the same time, %"
                ),
                *c.ratios(best_percent="best of all starts, %"),
                *c.integers(starts="starts", reach="as good"),
            ),
        ),
        "gaps": numbers_table(result.measures, STUDY.words.of_quantities),
    }


def figures(result: RestartsResult) -> dict[str, Figure]:
    """Draw the loss over the time, a figure for each matrix and a panel for each k."""
    drawn = {}
    colour = algorithm_look(MANY).colour
    for name, facet, lines in by_matrix(in_reading_order(result.best_of)):
        once = result.summary.merge(lines[["dataset", "n", "metric", "dtype", "k"]].drop_duplicates())
        panels = {f"k = {k}": (group, once[once["k"] == k].iloc[0]) for k, group in lines.groupby("k")}
        with row_of_panels(panels, 3.6, width=2.8, same_x=False) as (figure, grid):
            for axes, (curve, line) in zip(grid, panels.values(), strict=True):
                many, best = "FasterPAM, best of random starts", f"once {ONCE}"
                axes.plot(curve["seconds"], curve["percent"], color=colour, label=many)
                axes.plot([line["once_seconds"]], [line["once_percent"]], "D", color=BLACK, linestyle="", label=best)
                percent_over_seconds(axes)
            grid[0].set_ylabel(ABOVE_THE_BEST)
            legend_below(figure, grid[0].lines, 2)
        drawn[f"time_to_quality_{name}"] = Figure(
            figure, *STUDY.words.figure("time_to_quality", where=place(facet), panels=", ".join(panels))
        )
    return drawn


def findings(result: RestartsResult) -> Iterator[str]:
    """Say which way was better in the same time."""
    for line in in_reading_order(result.summary).to_dict("records"):
        if line["fit"]:
            enough = line["fit"] <= line["starts"]
            as_long = f"as long as {line['fit']}" if enough else f"at least as long as all {line['starts']}"
            yield (
                f"On {place(line)}, {ONCE} take {as_long} random starts of FasterPAM. The best of these is "
                f"{_percent(line['same_time_percent'])} above the best loss on average, {ONCE} "
                f"{_percent(line['once_percent'])}."
            )


def _percent(value: float) -> str:
    return "less than 0.001 %" if 0 < value < 0.001 else f"{significant(value)} %"
