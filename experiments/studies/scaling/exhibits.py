"""Tables, figures and findings about growth with n and k."""

from collections.abc import Iterator

import numpy as np

from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.plots import seconds_over_n
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.scaling import STUDY
from kmedoids_bench.experiments.studies.scaling.analysis import ScalingResult

PROBLEM = (c.DATA, c.K, c.N)
TIMES = (
    *c.milliseconds(seconds="time (ms)"),
    Column("ns / n²", "per_n2", "ratio", ("low_per_n2", "high_per_n2"), why_none="why_none"),
)
COUNTS = c.integers(runs="runs", seeds="starts")


def tables(result: ScalingResult) -> dict[str, Table]:
    """Make the tables of times, of growth and of memory."""
    times = in_reading_order(result.times)
    swaps = times["algorithm"] == "fasterpam"
    note = np.where(result.memory["counts"], "", "too little to be measured")
    memory = result.memory.assign(kibibytes=result.memory["peak_memory"] / 1024, note=note)
    return {
        "swaps": Table.of(
            times[swaps],
            (*PROBLEM, c.IMPLEMENTATION, c.ORDER, *c.texts("threads"), *TIMES),
            (*c.ratios("printed", n_passes="passes"), *COUNTS),
        ),
        "starts": Table(times[~swaps], (*PROBLEM, c.ALGORITHM, c.IMPLEMENTATION, c.ORDER, *TIMES, *COUNTS)),
        "growth": numbers_table(result.measures, STUDY.words.of_quantities),
        "memory": Table.of(
            in_reading_order(memory),
            (*PROBLEM, c.IMPLEMENTATION, *c.integers(kibibytes="memory (KiB)")),
            (*c.ratios(bytes_per_object="bytes per object"), *c.integers("runs"), *c.texts(note="remark")),
        ),
    }


def figures(result: ScalingResult) -> dict[str, Figure]:
    """Draw time over n for each dataset and k that was measured in several sizes."""
    times = in_reading_order(result.times)
    with_threads = times["implementation"] + ", " + times["threads"] + " threads"
    times["implementation"] = times["implementation"].where(times["threads"] == "1", with_threads)
    by_name = {}
    for (dataset, k), lines in times.groupby(["dataset", "k"]):
        for dtype, group in lines.groupby("dtype"):
            if group["n"].nunique() < 2:
                continue
            swaps = group["algorithm"] == "fasterpam"
            panels = {"swaps": group[swaps], "starts": group[~swaps]}
            panels = {title: members for title, members in panels.items() if len(members)}
            name = f"time_over_n_{dataset}_{k}" + ("" if lines["dtype"].nunique() == 1 else f"_{dtype}")
            words = STUDY.words.figure("over_n", dataset=dataset, k=k)
            choices = {"dataset": dataset, "k": k, "dtype": dtype}
            by_name[name] = curves(
                words, panels, "seconds", "time", seconds_over_n, over="n", kind="over_n", choices=choices
            )
    return by_name


def findings(result: ScalingResult) -> Iterator[str]:
    """Write how fast time and memory grow."""
    yield from sentences(result.measures, STUDY.words.of_quantities)
    times = result.times
    swaps = times[(times["algorithm"] == "fasterpam") & (times["implementation"] == OURS) & (times["threads"] == "1")]
    for (dataset, k), group in swaps.groupby(["dataset", "k"]):
        ordered = group.sort_values("n")
        first, last = ordered.iloc[0], ordered.iloc[-1]
        yield (
            f"On {dataset}, k = {k}, FasterPAM took {last['per_n2']:.2f} ns per n² at n = {last['n']:,}"
            + (f" and {first['per_n2']:.2f} at n = {first['n']:,}." if first["n"] != last["n"] else ".")
        )
