"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import groups
from kmedoids_bench.experiments.analysis.where_measured import k_range, place, start_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import threads_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.rows.keys import PLACE, TUNED
from kmedoids_bench.experiments.studies.threads import STUDY
from kmedoids_bench.experiments.studies.threads.analysis import ThreadsResult

WHERE = (c.DATA, c.N, c.DTYPE, c.START, c.K)
THREADS = c.integers(number="threads")


def tables(result: ThreadsResult) -> dict[str, Table]:
    """Make the tables: several threads against one, and against the library's."""
    return {
        "gains": Table.of(
            in_reading_order(result.gains),
            (*WHERE, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM, *THREADS),
            c.milliseconds(seconds_alone="one thread (ms)", seconds="with these (ms)"),
            (c.ratio("times as fast"), *c.ratios(per_thread="per thread"), c.PAIRS),
        ),
        "against": Table.of(
            in_reading_order(result.against),
            (*WHERE, c.ALGORITHM, *THREADS, *c.milliseconds(seconds="ours (ms)"), *c.texts(opponent="FasterPAM of")),
            (*c.milliseconds(opponent_seconds="its time (ms)"), c.ratio("times as fast"), c.PAIRS),
        ),
    }


def figures(result: ThreadsResult) -> dict[str, Figure]:
    """Draw the speed-up over the number of threads, one figure for each matrix and one panel for each k."""
    drawn = result.gains[result.gains["faster_order"].astype(bool)]
    one = drawn.drop_duplicates([*PLACE, "start", "implementation", "algorithm"])
    drawn = in_reading_order(pd.concat([one.assign(number=1, estimate=1.0, low=1.0, high=1.0, n_pairs=0), drawn]))
    by_name = {}
    for name, facet, lines in by_matrix(drawn):
        panels = {
            f"{k_range(here['k'])}, from {start_title(here['start'])}": members
            for here, members in groups(lines, ["k", "start"])
        }
        words = STUDY.words.figure("gain", where=place(facet))
        label, axis = "times as fast as one thread", threads_axis
        by_name[f"gain_{name}"] = curves(
            words, panels, "estimate", label, axis, over="number", kind="gain", choices=facet
        )
    return by_name


def findings(result: ThreadsResult) -> Iterator[str]:
    """Say for each matrix and k what the most threads bring, and how the library compares with as many."""
    ours = result.gains[result.gains["implementation"] == TUNED]
    for frame, words in (
        (ours, "the speed-up of ours with {number} threads over one is: {each}."),
        (result.against, "with {number} threads each, the speed-up of ours over the library's FasterPAM is: {each}."),
    ):
        for here, group in groups(in_reading_order(frame), PLACE):
            most = group[group["number"] == group["number"].max()]
            number = int(most["number"].iloc[0])
            each = ", ".join(
                f"{title_of(line['algorithm'])} {significant(line['estimate'])}" for line in most.to_dict("records")
            )
            yield f"On {place(here)}, {words.format(number=number, each=each)}"
