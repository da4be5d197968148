"""How FasterPAM, BUILD and LAB grow with n and k, in time and in memory, and what a second thread brings."""

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.paired_times import contests
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.plots import Curve, panels_over_k, seconds_over_n
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.scaling.analysis import BUILD, FASTERPAM, LAB, measures, peaks, with_threads

# The companion's table: FasterPAM of ELKI on the first n of MNIST, k = 10, nanoseconds over n².
PRINTED = {1_000: 54.1, 5_000: 17.1, 10_000: 17.8, 20_000: 21.5, 30_000: 15.5, 40_000: 19.5, 50_000: 34.9}
WORDS = {
    "fasterpam_per_n2_spread": "Largest over smallest time of FasterPAM per n², n = 5,000 and more, k = 10",
    "build_n_slope": "Time of BUILD grows with this power of n",
    "build_k_slope": "Time of BUILD grows with this power of k",
    "lab_n_slope": "Time of LAB grows with this power of n, n = 10,000 and more",
    "lab_k_slope": "Time of LAB grows with this power of k",
    "build_over_lab_small": "Time of BUILD over the time of LAB, n about 1,600",
    "build_over_lab_large": "Time of BUILD over the time of LAB, n about 16,000",
    "fasterpam_memory_slope": "Memory of FasterPAM beyond the matrix grows with this power of n",
    "fasterpam_bytes_per_object": "Memory of FasterPAM beyond the matrix at the largest n, bytes per object",
    "two_threads": "Time of FasterPAM with one thread over that with two, n about 10,000",
}
CALLS = (FASTERPAM, BUILD, LAB)


def timed(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the time of every call on a line, each number of threads and library at its faster memory order.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        Fields of `times`, ``seconds`` with ``low`` and ``high``, and ``per_n2``, the same in nanoseconds over n².
    """
    measured = with_threads(rows)
    settings = sorted({line["setting"] for cell in measured for line in cell.times.values()})
    lines = []
    for call in CALLS:
        for setting in settings:
            for one in contests(measured, call | {"setting": setting}):
                found = one.pairs.ratio
                per = 1e9 / one.line["n"] ** 2
                ends = {"low_per_n2": found.low, "high_per_n2": found.high}
                lines.append(
                    one.line
                    | {"seconds": found.estimate, "low": found.low, "high": found.high, "runs": found.n_pairs}
                    | {"per_n2": found.estimate * per, "seeds": len(one.blocks)}
                    | {name: value and value * per for name, value in ends.items()}
                    | {"printed": PRINTED.get(one.line["n"]) if call is FASTERPAM else None}
                    | {"threads": setting.removesuffix(" threads") or "1"}
                )
    columns = ["dataset", "n", "metric", "dtype", "start", "k", "implementation", "algorithm", "order", "threads"]
    columns += ["seconds", "low", "high", "per_n2", "low_per_n2", "high_per_n2", "runs", "seeds", "n_passes", "printed"]
    found = pd.DataFrame(lines, columns=columns)
    floats = ("seconds", "low", "high", "per_n2", "low_per_n2", "high_per_n2", "n_passes", "printed")
    return found.astype(dict.fromkeys(floats, "float64"))


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
    found = timed(rows)
    where = (Column("data", "dataset"), Column("k", "k", "integer"), Column("n", "n", "integer"))
    who = (Column("implementation", "implementation"), Column("order", "order"))
    milliseconds = Column("time (ms)", "seconds", "milliseconds")
    counts = (Column("runs", "runs", "integer"), Column("starts", "seeds", "integer"))
    swaps = found[found["algorithm"] == "fasterpam"]
    starts = found[found["algorithm"] != "fasterpam"]
    memory = peaks(rows)
    memory = memory.assign(
        kibibytes=memory["peak_memory"] / 1024, note=np.where(memory["counts"], "", "too little to be measured")
    )
    return {
        "swaps": Table(
            in_reading_order(swaps),
            "Time of FasterPAM's swaps from random start medoids, and over n² with its 95 % interval. Printed: what "
            "the companion paper prints for ELKI on the same data (k = 10, the mean of 10 runs).",
            (
                *where,
                *who,
                Column("threads", "threads"),
                milliseconds,
                Column("ns / n²", "per_n2", "ratio", ("low_per_n2", "high_per_n2")),
                Column("printed", "printed", "ratio"),
                Column("passes", "n_passes", "ratio"),
                *counts,
            ),
            "Nothing was measured.",
        ),
        "starts": Table(
            in_reading_order(starts),
            "Time of BUILD and of LAB alone.",
            (
                *where,
                Column("algorithm", "algorithm_title"),
                *who,
                milliseconds,
                Column("ns / n²", "per_n2", "ratio", ("low_per_n2", "high_per_n2")),
                *counts,
            ),
            "Nothing was measured.",
        ),
        "growth": numbers_table(
            measures(rows),
            WORDS,
            "Powers, ratios and memory, with their 95 % intervals. A power is the slope of the logarithms.",
        ),
        "memory": Table(
            in_reading_order(memory),
            "Memory that a call of FasterPAM took beyond the matrix: the largest of all calls, because later calls "
            "find room that earlier ones have left to the process. It is counted in pages; below 256 KiB it says "
            "nothing.",
            (
                *where,
                Column("implementation", "implementation"),
                Column("memory (KiB)", "kibibytes", "integer"),
                Column("bytes per object", "bytes_per_object", "ratio"),
                Column("runs", "runs", "integer"),
                Column("remark", "note"),
            ),
            "Nothing was measured.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw time over n for each dataset and k that was measured in several sizes.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    found = in_reading_order(timed(rows))
    drawn = {}
    for (dataset, dtype, k), group in found.groupby(["dataset", "dtype", "k"]):
        if group["n"].nunique() < 2:
            continue
        panels = {}
        for title, algorithms in (("swaps", ["fasterpam"]), ("starts", ["build", "lab"])):
            curves = []
            members = group[group["algorithm"].isin(algorithms)]
            for (algorithm, who, threads), curve in members.groupby(["algorithm", "implementation", "threads"]):
                named = str(who) if threads == "1" else f"{who}, {threads} threads"
                ordered = curve.sort_values("n")
                ends = [ordered[end].fillna(ordered["seconds"]).tolist() for end in ("low", "high")]
                curves.append(Curve(str(algorithm), named, ordered["n"].tolist(), ordered["seconds"].tolist(), *ends))
            if curves:
                panels[title] = curves
        plain = found[(found["dataset"] == dataset) & (found["k"] == k)]["dtype"].nunique() == 1
        name = f"time_over_n_{dataset}_{k}" + ("" if plain else f"_{dtype}")
        drawn[name] = Figure(
            panels_over_k(panels, "time", seconds_over_n),
            f"Time over the number of objects on the first n of {dataset}, k = {k}, libraries at their faster memory "
            "order. Both axes are logarithmic; the dashed line grows with n².",
            f"Curves of time over n on {dataset} for FasterPAM, BUILD and LAB. The values are in the tables.",
        )
    return drawn


def findings(rows: pd.DataFrame) -> list[str]:
    """Say how fast things grow.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    said = sentences(measures(rows), WORDS)
    swaps = timed(rows)
    swaps = swaps[(swaps["algorithm"] == "fasterpam") & (swaps["implementation"] == OURS) & (swaps["threads"] == "1")]
    for (dataset, k), group in swaps.groupby(["dataset", "k"]):
        ordered = group.sort_values("n")
        first, last = ordered.iloc[0], ordered.iloc[-1]
        said.append(
            f"On {dataset}, k = {k}, FasterPAM took {last['per_n2']:.2f} ns per n² at n = {last['n']:,}"
            + (f" and {first['per_n2']:.2f} at n = {first['n']:,}." if first["n"] != last["n"] else ".")
        )
    return said
