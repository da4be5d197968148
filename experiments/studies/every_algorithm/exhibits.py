"""All algorithms side by side on the same data: what each costs and how good its result is."""

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.speedups import cells, speedups
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.plots import time_and_loss
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import CONTENDER, FACET, OURS, PROBLEM

REFERENCE = "fasterpam"  # whose time is the unit


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Join speed and quality of our own implementations.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        One line per problem and algorithm: `excess_over_best`, ``seconds``, and ``times`` with ``low`` and ``high``:
        how many times the time of FasterPAM it took.
    """
    ours = rows[rows["implementation"] == OURS]
    measured = cells(ours)
    speed = speedups(measured, REFERENCE)
    seconds = pd.DataFrame(
        [line for cell in measured for line in cell.times.values()], columns=[*PROBLEM, *CONTENDER, "seconds", "note"]
    )
    table = seconds.merge(excess_over_best(ours), on=[*PROBLEM, *CONTENDER], how="left")
    gains = speed[[*PROBLEM, *CONTENDER, "estimate", "low", "high"]].astype(
        {"estimate": "float64", "low": "float64", "high": "float64"}
    )
    table = table.merge(gains, on=[*PROBLEM, *CONTENDER], how="left")
    upside_down = {"times": 1 / table["estimate"], "low": 1 / table["high"], "high": 1 / table["low"]}
    table = table.assign(**upside_down)
    table.loc[table["algorithm"] == REFERENCE, "times"] = 1.0
    table["excess_percent"] = 100 * table["excess"]
    table["lookups"] = table["n_lookups"] / table["n"].astype("float64") ** 2
    return table


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the table.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    caption = (
        "Every algorithm of this project (plain tier) on the same matrix; swap algorithms from the same start medoids, "
        "starts and sampling algorithms with choices of their own. Time is that of the call, in multiples of "
        "FasterPAM's with its 95 % interval. Loss: how far above the best loss that any of them reached for this k. "
        "Matrix look-ups in multiples of n²."
    )
    columns = (
        Column("data", "dataset"),
        Column("start", "start_title"),
        Column("k", "k", "integer"),
        Column("algorithm", "algorithm_title"),
        Column("time (ms)", "seconds", "milliseconds", instead="note"),
        Column("time / FasterPAM", "times", "ratio", ("low", "high"), instead="note"),
        Column("loss above best, %", "excess_percent", "ratio"),
        Column("swaps", "n_swaps", "integer"),
        Column("passes", "n_passes", "integer"),
        Column("candidates evaluated", "n_evaluations", "integer"),
        Column("look-ups / n²", "lookups", "ratio"),
        Column("local optima", "optima", "integer"),
        Column("of", "results", "integer"),
    )
    return {"all": Table(in_reading_order(compared(rows)), caption, columns, "Nothing was measured.")}


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw loss against time, one figure for each dataset and start, one panel for each k.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    drawn = {}
    table = compared(rows).dropna(subset=["seconds", "excess"])
    for key, group in table.groupby([*FACET, "start"]):
        start = start_title(str(key[-1]))
        facet = dict(zip([*FACET, "start"], key, strict=True))
        panels = {f"k = {k}": members for k, members in group.groupby("k")}
        name = f"loss_over_time_{facet['dataset']}_{facet['start']}"
        where = f"{facet['dataset']} (n = {facet['n']:,}), start {start}"
        drawn[name] = Figure(
            time_and_loss(panels),
            f"Loss above the best known over time, {where}. Left is faster, down is better.",
            f"Scatter of loss above the best against time for {group['algorithm'].nunique()} algorithms on {where}.",
        )
    return drawn


def findings(rows: pd.DataFrame) -> list[str]:
    """Say who is best, who is fastest among the good, and who falls behind.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    table = compared(rows).dropna(subset=["excess"])
    kinds = {name: record.kind for name, record in algorithms().items()}
    swaps = table[table["algorithm"].map(kinds) == "swap"]
    said = []
    if not swaps.empty:
        mean = swaps.groupby("algorithm")["excess_percent"].mean().sort_values()
        listed = ", ".join(f"{algorithm_title(str(name))} {value:.2f} %" for name, value in mean.items())
        problems = swaps[["dataset", "start", "k"]].drop_duplicates()
        said.append(f"Mean loss above the best known, over {len(problems)} problems, swap algorithms: {listed}.")
    sampled = table[table["algorithm"].map(kinds) == "sampling"]
    if not sampled.empty:
        mean = sampled.groupby("algorithm")["excess_percent"].mean().sort_values()
        listed = ", ".join(f"{algorithm_title(str(name))} {value:.2f} %" for name, value in mean.items())
        said.append(f"Sampling algorithms, the same: {listed}.")
    return said
