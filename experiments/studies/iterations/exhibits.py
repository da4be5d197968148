"""Tables, figures and findings about the number of swaps and passes."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.frames import groups, values_of
from kmedoids_bench.experiments.analysis.where_measured import place, start_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.exhibits.plots import count_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.rows.keys import LINE, OURS, PROBLEM
from kmedoids_bench.experiments.studies.iterations import STUDY
from kmedoids_bench.experiments.studies.iterations.analysis import IterationsResult


def tables(result: IterationsResult) -> dict[str, Table]:
    """Make a table of the counters and one of the tolerances."""
    compared = result.tolerances.groupby([*PROBLEM, "tolerance"], as_index=False).agg(
        loss_change=("loss_change", "mean"), iterations=("iterations", "mean"), starts=("block", "size")
    )
    return {
        "counts": Table.of(
            in_reading_order(result.counts),
            (*c.PROBLEM, c.ALGORITHM),
            (c.ratio("swaps", "n_swaps", "n_swaps_"), c.ratio("passes", "n_passes", "n_passes_")),
            (*c.ratios(per_k="passes / k", per_n="candidates / n"), *c.integers("starts")),
        ),
        "tolerance": Table.of(
            in_reading_order(compared.assign(loss_percent=100 * compared["loss_change"])),
            (*c.PROBLEM, *c.ratios("tolerance", loss_percent="loss, % above tolerance 0")),
            (*c.ratios(iterations="passes / passes at the next lower tolerance"), *c.integers("starts")),
        ),
    }


def figures(result: IterationsResult) -> dict[str, Figure]:
    """Draw swaps and passes over k, one figure for each matrix and counter, one panel for each start."""
    frame = in_reading_order(result.counts.assign(implementation=OURS))
    by_name = {}
    for name, facet, lines in by_matrix(frame):
        for counter, word in (("n_swaps", "swaps"), ("n_passes", "passes")):
            panels = {title_of(start): values_of(group, counter) for start, group in lines.groupby("start")}
            words = STUDY.words.figure("over_k", counted=word, where=place(facet), panels=", ".join(panels))
            label = f"number of {word}"
            by_name[f"{word}_{name}"] = curves(words, panels, "value", label, count_axis, kind=word, choices=facet)
    return by_name


def findings(result: IterationsResult) -> Iterator[str]:
    """Write what it takes at the largest k, and what the tolerance of FastPAM2 changes."""
    for line, group in groups(result.counts, LINE):
        here = line | {"k": group["k"].max()}
        counts = ", ".join(
            f"{title_of(line['algorithm'])} makes {line['n_swaps']:,.4g} swaps in {line['n_passes']:,.3g} passes"
            for line in group[group["k"] == here["k"]].to_dict("records")
        )
        yield f"On {place(here)}, from {start_title(here['start'])}, {counts}."
    for tolerance, group in result.tolerances.groupby("tolerance"):
        yield (
            f"With a tolerance of {tolerance:g}, FastPAM2's loss changes by {100 * group['loss_change'].mean():+.2g} % "
            f"on average over {counted(len(group), 'start')}. It needs {group['iterations'].mean():.2f} times the "
            "passes of the next lower tolerance."
        )
