"""How time and memory grow with n and k: measures of FasterPAM, BUILD and LAB."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import slope_interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import (
    SUBJECT,
    Contest,
    by,
    contests,
    of_logs,
    slopes,
    times_longer,
)
from kmedoids_bench.experiments.analysis.speedups import Cell, cells
from kmedoids_bench.experiments.analysis.where_measured import place

OVER_N = ("dataset", "metric", "dtype", "start", "k", "implementation")
FASTERPAM = {"algorithm": "fasterpam", "setting": "", "phase": "swap"}
BUILD, LAB = ({"algorithm": name, "setting": "", "phase": "start"} for name in ("build", "lab"))
MEDOIDS = 10  # of the claims about n
SPREAD_FROM, LAB_FROM = 5_000, 10_000
ABOUT_1600, ABOUT_16000, ABOUT_10000 = (1_500, 1_700), (15_000, 17_000), (9_000, 11_000)
# Memory is taken in pages, and a library's own code takes some when it first runs: less than this says nothing.
LEAST_BYTES = 64 * 1024
THREADS = "2 threads"


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Decide what the papers claim of growth.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    alone = one_thread(rows)
    measured = cells(alone)
    at_ten = [cell for cell in measured if cell.problem["k"] == MEDOIDS]
    large = [cell for cell in at_ten if cell.problem["n"] >= LAB_FROM]
    memory = peaks(rows)
    return {
        "fasterpam_per_n2_spread": [spread(group) for group in sized(per_n2(at_ten), SPREAD_FROM)],
        "build_n_slope": slopes(contests(at_ten, BUILD), "n", OVER_N),
        "build_k_slope": slopes(contests(measured, BUILD), "k", SUBJECT),
        "lab_n_slope": slopes(contests(large, LAB), "n", OVER_N),
        "lab_k_slope": slopes(contests(measured, LAB), "k", SUBJECT),
        "build_over_lab_small": times_longer(contests(_within(at_ten, ABOUT_1600), BUILD, LAB)),
        "build_over_lab_large": times_longer(contests(_within(at_ten, ABOUT_16000), BUILD, LAB)),
        "fasterpam_memory_slope": memory_slopes(memory),
        "fasterpam_bytes_per_object": bytes_per_object(memory),
        "two_threads": times_longer(
            contests(
                _within([cell for cell in with_threads(rows) if cell.problem["k"] == MEDOIDS], ABOUT_10000),
                FASTERPAM,
                FASTERPAM | {"setting": THREADS},
            )
        ),
    }


def one_thread(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of who worked with one thread."""
    return rows[rows["threads"].fillna(1) == 1]


def with_threads(rows: pd.DataFrame) -> list[Cell]:
    """Split rows into cells in which the number of threads is a setting."""
    some = rows["threads"].fillna(1) != 1
    setting = rows["setting"].fillna("").mask(some, rows["threads"].astype("str") + " threads")
    return cells(rows.assign(setting=setting))


def per_n2(measured: Iterable[Cell]) -> list[Contest]:
    """Divide the times of FasterPAM by n²."""
    return [
        replace(one, pairs=replace(one.pairs, logs=one.pairs.logs - 2 * np.log(one.line["n"])))
        for one in contests(measured, FASTERPAM)
    ]


def sized(found: Iterable[Contest], least: int) -> list[list[Contest]]:
    """Group contests that differ in n only, n at least `least`; groups of one size are left out."""
    groups = by((one for one in found if one.line["n"] >= least), OVER_N).values()
    ordered = [sorted(group, key=lambda one: one.line["n"]) for group in groups]
    return [group for group in ordered if len(group) > 1]


def spread(group: list[Contest]) -> Measure:
    """Largest over smallest."""
    return of_logs(group, lambda logs: np.exp(logs.max(axis=0) - logs.min(axis=0)))


def peaks(rows: pd.DataFrame) -> pd.DataFrame:
    """Largest memory that a call of FasterPAM took beyond its input.

    Of all calls of a cell the largest: later ones find memory that earlier ones have left to the process.

    Returns
    -------
    DataFrame
        `OVER_N`, ``n``, ``peak_memory`` (bytes), ``runs``, ``bytes_per_object`` and ``counts`` (bool): more than
        `LEAST_BYTES`.
    """
    rows = one_thread(rows)
    swaps = rows[np.logical_and.reduce([rows[name].fillna("") == value for name, value in FASTERPAM.items()])]
    known = swaps[(swaps["status"] == "ok") & swaps["peak_memory"].notna()]
    known = known.assign(peak_memory=known["peak_memory"].astype("float64"))
    found = known.groupby([*OVER_N, "n"], dropna=False)["peak_memory"].agg(peak_memory="max", runs="size").reset_index()
    return found.assign(
        bytes_per_object=found["peak_memory"] / found["n"].astype("float64"), counts=found["peak_memory"] >= LEAST_BYTES
    )


def memory_slopes(memory: pd.DataFrame) -> list[Measure]:
    """Slope of log(peak memory) over log(n), from sizes at which it counts."""
    lines = []
    for key, group in memory[memory["counts"]].groupby(list(OVER_N), dropna=False):
        if len(group) < 3:
            continue
        logs = np.log(group["peak_memory"].to_numpy())
        # A peak does not vary as times do: what is uncertain is how far it is from a straight line.
        still = np.repeat(logs[:, None], 1000, axis=1)
        value, interval = slope_interval(group["n"].tolist(), logs.tolist(), still)
        lines.append(Measure(value, interval, int(group["runs"].sum()), _where(group), str(key[-1]), group))
    return lines


def bytes_per_object(memory: pd.DataFrame) -> list[Measure]:
    """Peak memory over n at the largest n; nothing where that is too little to be measured."""
    lines = []
    for key, group in memory.groupby(list(OVER_N), dropna=False):
        last = group[group["n"] == group["n"].max()]
        if not last["counts"].all():
            continue
        value, runs = last["bytes_per_object"].iloc[0], int(last["runs"].iloc[0])
        lines.append(Measure.exact(value, runs, _where(last), code_base=str(key[-1]), evidence=last))
    return lines


def _within(measured: Iterable[Cell], sizes: tuple[int, int]) -> list[Cell]:
    return [cell for cell in measured if sizes[0] <= cell.problem["n"] <= sizes[1]]


def _where(group: pd.DataFrame) -> str:
    first, sizes = group.iloc[0], sorted(int(n) for n in group["n"])
    said = place({name: first[name] for name in ("dataset", "n", "metric", "dtype", "k")})
    return said.replace(f"n = {sizes[0]:,}", f"n = {sizes[0]:,} to {sizes[-1]:,}") if len(sizes) > 1 else said


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
