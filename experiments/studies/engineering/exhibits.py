"""Engineering: our tuned kernels beside the plain ones, every library at its best setting, and the machine's limit."""

import pandas as pd

from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import Curve, factor_axis, panels_over_k
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import FACET
from kmedoids_bench.experiments.studies.engineering.analysis import (
    LIBRARIES,
    against,
    bandwidth,
    end_to_end,
    memory,
    over_k,
    split,
    threads,
)

# Plain PAM does the same swaps as FastPAM1, k times as slowly: it is no opponent.
ALGORITHMS = ("fastpam1", "fasterpam", "alternating", "build", "lab")
INTERVAL = ("low", "high")
DATA = (Column("data", "dataset"), Column("n", "n", "integer"), Column("dtype", "dtype"))
WHERE = (*DATA, Column("start", "start_title"), Column("k", "k", "integer"))
CONTEST = (Column("ours", "algorithm_title"), Column("against", "against_title"), Column("of", "opponents"))


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    measured = split(rows)
    said = (
        "Time of the other over that of our tuned kernel from the same start medoids, one thread each, with its 95 % "
        "interval; of the libraries the one that is fastest there, in its faster memory order. Above 1 ours is faster. "
        "PAM's opponents FastPAM1 and FasterPAM are other algorithms: FastPAM1 ends with PAM's medoids, FasterPAM with "
        "others."
    )
    return {
        "over_k": Table(
            _readable(over_k(measured)),
            f"The ratios of the next table over all k: geometric mean, and the lowest. {said}",
            (
                *DATA,
                Column("start", "start_title"),
                *CONTEST,
                Column("values of k", "ks", "integer"),
                Column("times as fast", "estimate", "ratio", INTERVAL),
                Column("lowest", "lowest", "ratio"),
            ),
            "Nothing was measured.",
        ),
        "against": Table(
            _readable(against(measured, rows)),
            said,
            (
                *WHERE,
                *CONTEST,
                Column("that is", "opponent"),
                Column("ours (ms)", "seconds", "milliseconds"),
                Column("times as fast", "estimate", "ratio", INTERVAL),
                Column("same medoids", "identical_words"),
                Column("pairs", "n_pairs", "integer"),
            ),
            "Nothing was measured.",
        ),
        "end_to_end": Table(
            _readable(end_to_end(rows)),
            "PAM's result from BUILD, both together, and FasterPAM from a random start: sums of median times, over "
            "that of our tuned BUILD + PAM, and the loss that is reached. Who has no PAM that is as fast takes its "
            "FastPAM1, with the same result.",
            (
                *DATA,
                Column("k", "k", "integer"),
                Column("implementation", "implementation"),
                Column("order", "order"),
                Column("way", "way"),
                Column("time (ms)", "seconds", "milliseconds"),
                Column("time / ours", "relative", "ratio"),
                Column("loss", "loss", "ratio"),
            ),
            "BUILD and swaps were not measured on the same data.",
        ),
        "threads": Table(
            _readable(threads(measured)),
            "Time of one thread over that of more, same implementation, with its 95 % interval.",
            (
                *WHERE,
                Column("implementation", "implementation"),
                Column("order", "order"),
                Column("algorithm", "algorithm_title"),
                Column("with", "threads"),
                Column("times as fast", "estimate", "ratio", INTERVAL),
                Column("pairs", "n_pairs", "integer"),
            ),
            "Only one thread was tried.",
        ),
        "memory": Table(
            _readable(_in_mebibytes(memory(rows))),
            "What our tuned kernels take beside the matrix while they run, median of all runs, and both together over "
            "the matrix alone. The matrix is read in place.",
            (
                *DATA,
                Column("k", "k", "integer"),
                Column("algorithm", "algorithm_title"),
                Column("threads", "threads", "integer"),
                Column("matrix (MiB)", "matrix_mebibytes", "ratio"),
                Column("beside it (MiB)", "peak_mebibytes", "ratio"),
                Column("together / matrix", "whole", "ratio"),
                Column("runs", "runs", "integer"),
            ),
            "No memory was measured.",
        ),
        "bandwidth": Table(
            _readable(bandwidth(measured, rows)),
            "FasterPAM against the machine: entries of the matrix that its evaluations look at, over those that a "
            "plain sum of all entries reads in the same time, in the same rounds. The rest of its time goes to "
            "arithmetic and to swaps.",
            (
                *WHERE,
                Column("implementation", "implementation"),
                Column("with", "setting"),
                Column("streaming (GB/s)", "gigabytes_per_second", "ratio"),
                Column("share of it", "share", "ratio", INTERVAL),
                Column("pairs", "n_pairs", "integer"),
            ),
            "The streaming rate was not measured.",
        ),
    }


def _in_mebibytes(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(matrix_mebibytes=table["matrix_bytes"] / 2**20, peak_mebibytes=table["peak_memory"] / 2**20)


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort as people read, and add the names as the papers spell them."""
    order = [name for name in (*FACET, "start", "k", "algorithm", "against", "opponents", "seconds") if name in frame]
    frame = frame.sort_values(order, kind="stable")
    if "against" in frame:
        frame = frame.assign(against_title=frame["against"].map(algorithm_title))
    if "identical" in frame:
        words = {True: "yes", False: "no", None: "unknown"}
        frame = frame.assign(identical_words=[words[same] for same in frame["identical"]])
    return with_titles(frame)


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw how many times as fast as the fastest library, over k; one figure for each dataset.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    found = against(split(rows), rows)
    found = found[found["opponents"] == LIBRARIES]
    drawn = {}
    for key, group in found.groupby(FACET):
        panels = {}
        for start, members in group.groupby("start"):
            curves = []
            for (algorithm, other), line in members.groupby(["algorithm", "against"]):
                line = line.sort_values("k")
                ends = [line[end].fillna(line["estimate"]).tolist() for end in INTERVAL]
                label = f"{algorithm_title(str(algorithm))} / {algorithm_title(str(other))}"
                curves.append(Curve(str(algorithm), label, line["k"].tolist(), line["estimate"].tolist(), *ends))
            if any(len(curve.k) > 1 for curve in curves):
                panels[f"start: {start_title(str(start))}"] = curves
        if panels:
            name = "_".join(str(part) for part in key)
            drawn[f"over_k_{name}"] = Figure(
                panels_over_k(panels, "times as fast as the fastest library", factor_axis),
                f"Our tuned kernels against the fastest library at its best setting, {key[0]} (n = {key[1]:,}, "
                f"{key[3]}); after the stroke the algorithm of the library.",
                f"Curves of the ratio of times over k on {key[0]}. The values are in the tables.",
            )
    return drawn


def findings(rows: pd.DataFrame) -> list[str]:
    """Say how many times as fast as the fastest library, and with what result.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    measured = split(rows)
    table = over_k(measured)
    said = []
    for line in table[table["opponents"] == LIBRARIES].sort_values("n", ascending=False).to_dict("records"):
        said.append(
            f"{line['dataset']}, n = {line['n']:,}, {line['dtype']}, start {start_title(line['start'])}: our tuned "
            f"{algorithm_title(line['algorithm'])} is {significant(line['estimate'])} times as fast as the fastest "
            f"library's {algorithm_title(line['against'])} (geometric mean of {line['ks']} values of k, lowest "
            f"{significant(line['lowest'])})."
        )
    same = against(measured, rows)
    # FasterPAM makes other swaps than PAM.
    promised = same[(same["algorithm"] == same["against"]) | (same["against"] == "fastpam1")]
    if len(promised):
        agreeing = int((promised["identical"].astype("object") == True).sum())  # noqa: E712
        said.insert(
            0,
            f"Of {len(promised)} comparisons with who promises the same result {agreeing} ended with the same medoids.",
        )
    return said
