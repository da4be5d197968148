"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import groups
from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import factor_axis
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.rows.keys import FACET
from kmedoids_bench.experiments.studies.engineering import STUDY
from kmedoids_bench.experiments.studies.engineering.analysis import LIBRARIES, EngineeringResult

MATRIX = (c.DATA, c.N, c.DTYPE)
WHERE = (*MATRIX, c.START, c.K)
COMPARISON = c.texts(algorithm_title="our algorithm", against_title="opponent's algorithm", opponents="opponents")
LABEL = "times as fast as the fastest library"
TIMES_AS_FAST = c.ratio("times as fast")


def tables(result: EngineeringResult) -> dict[str, Table]:
    """Make the tables: against plain kernels and libraries, end to end, threads, memory, streaming rate."""
    matrix, peak = (result.memory[name] / 2**20 for name in ("matrix_bytes", "peak_memory"))
    return {
        "over_k": Table(
            _readable(result.over_k),
            (*MATRIX, c.START, *COMPARISON, *c.integers(ks="values of k"), TIMES_AS_FAST, *c.ratios("lowest")),
        ),
        "against": Table.of(
            _readable(result.against),
            (*WHERE, *COMPARISON, *c.texts(opponent="opponent"), *c.milliseconds(seconds="ours (ms)")),
            (TIMES_AS_FAST, *c.texts(identical_words="same medoids"), c.PAIRS),
        ),
        "end_to_end": Table.of(
            _readable(result.end_to_end),
            (*MATRIX, c.K, c.IMPLEMENTATION, c.ORDER, *c.texts("way")),
            (*c.milliseconds(seconds="time (ms)"), *c.ratios(relative="time / ours", loss="loss")),
        ),
        "threads": Table(
            _readable(result.threads),
            (*WHERE, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM, *c.texts(threads="threads"), TIMES_AS_FAST, c.PAIRS),
        ),
        "memory": Table.of(
            _readable(result.memory.assign(matrix_mebibytes=matrix, peak_mebibytes=peak)),
            (*MATRIX, c.K, c.ALGORITHM, *c.integers("threads"), *c.ratios(matrix_mebibytes="matrix (MiB)")),
            c.ratios(peak_mebibytes="beside it (MiB)", whole="together / matrix"),
            c.integers("runs"),
        ),
        "bandwidth": Table.of(
            _readable(result.bandwidth),
            (*WHERE, c.IMPLEMENTATION, *c.texts(setting="threads")),
            c.ratios(gigabytes_per_second="streaming (GB/s)"),
            (c.ratio("share of the streaming rate", "share"), c.PAIRS),
        ),
    }


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by matrix, start, k and algorithm, and add titles."""
    order = [name for name in (*FACET, "start", "k", "algorithm", "against", "opponents", "seconds") if name in frame]
    frame = frame.sort_values(order, kind="stable")
    if "against" in frame:
        frame = frame.assign(against_title=frame["against"].map(title_of))
    if "identical" in frame:
        words = {True: "yes", False: "no", None: "unknown"}
        frame = frame.assign(identical_words=[words[same] for same in frame["identical"]])
    return with_titles(frame)


def figures(result: EngineeringResult) -> dict[str, Figure]:
    """Draw how many times as fast as the fastest library, over k; one figure for each dataset."""
    libraries = result.against[result.against["opponents"] == LIBRARIES]
    figures = {}
    for here, group in groups(libraries, FACET):
        panels = {}
        for start, members in group.groupby("start"):
            both = members["algorithm"].map(title_of) + " / " + members["against"].map(title_of)
            ordered = members.assign(implementation=both).sort_values(["algorithm", "against"])
            if ordered.groupby("implementation").size().max() > 1:
                panels[f"start: {title_of(start)}"] = ordered
        if panels:
            name = "_".join(["over_k", *map(str, here.values())])
            words = STUDY.words.figure("over_k", **here)
            figures[name] = curves(words, panels, "estimate", LABEL, factor_axis, kind="over_k", choices=here)
    return figures


def headlines(result: EngineeringResult) -> Iterator[Headline]:
    """Give the geometric means over k beside the fastest library, on the largest matrix with several k."""
    lines = result.over_k[(result.over_k["opponents"] == LIBRARIES) & (result.over_k["ks"] > 1)]
    lines = lines[lines["n"] == lines["n"].max()]
    for start, algorithm, against in (
        ("random", "fasterpam", "fasterpam"),
        ("random", "pam", "fasterpam"),
        ("build",) * 3,
    ):
        chosen = (lines["start"] == start) & (lines["algorithm"] == algorithm) & (lines["against"] == against)
        for line in lines[chosen].to_dict("records"):
            yield Headline(
                f"{significant(line['estimate'])} times",
                f"as fast as the fastest library's {title_of(against)}: our tuned {title_of(algorithm)} on "
                f"{line['dataset']}, n = {line['n']:,}, {line['dtype']}, geometric mean over {line['ks']} k",
            )


def findings(result: EngineeringResult) -> Iterator[str]:
    """Say how many times as fast as the fastest library our kernels are, and whether the results are the same."""
    # FasterPAM makes other swaps than PAM.
    against = result.against
    promised = against[(against["algorithm"] == against["against"]) | (against["against"] == "fastpam1")]
    if len(promised):
        agreeing = sum(same is True for same in promised["identical"])
        yield (
            f"Of {len(promised)} comparisons with an opponent that promises the same result, {agreeing} ended with the "
            "same medoids."
        )
    libraries = result.over_k[result.over_k["opponents"] == LIBRARIES].sort_values("n", ascending=False)
    for line in libraries.to_dict("records"):
        yield (
            f"{line['dataset']}, n = {line['n']:,}, {line['dtype']}, start {title_of(line['start'])}: our tuned "
            f"{title_of(line['algorithm'])} is {significant(line['estimate'])} times as fast as the fastest "
            f"library's {title_of(line['against'])} (geometric mean of {line['ks']} values of k, lowest "
            f"{significant(line['lowest'])})."
        )
