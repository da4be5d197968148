"""The figures of the swap-time study."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Drawing

from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits.exhibit import Figure
from kmedoids_bench.experiments.exhibits.plots import (
    factor_axis,
    k_axis,
    linear_seconds_axis,
    panels_over_k,
    row_of_panels,
    seconds_axis,
)
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.exhibits.style import BLACK, BLUE, ORANGE, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.swap_time.analysis import SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS

HEADLINE = ("pam", "fastpam1", "fastpam2", "fasterpam")  # what most libraries have
FACTOR_LOOKS = {
    "speedup": {"color": BLACK, "marker": "o", "linestyle": "-"},
    "cheaper": {"color": BLUE, "marker": "s", "linestyle": "--"},
    "fewer": {"color": ORANGE, "marker": "D", "linestyle": "--"},
}


def figures(result: SwapTimeResult) -> dict[str, Figure]:
    """Draw time and speed-up over k, one set of figures for each matrix, one panel for each start.

    As in the papers: all algorithms of this project, times on logarithmic and on linear axes. The libraries have
    figures of their own, with the algorithms that most of them have.
    """
    gains = in_reading_order(result.speedups)
    gains = gains[gains["faster_order"].astype(bool)]
    factors = result.decomposition
    factors = factors[(factors["implementation"] == OURS) & (factors["algorithm"] == "fasterpam")]
    by_name = {}
    for name, facet, times in by_matrix(in_reading_order(result.times)):
        where = place(facet)
        cut = (times["status"] == "timeout") & (times["blocks"] == 0)
        times = times.assign(bound=times["limit_seconds"].where(cut))[times["faster_order"]]
        gained, split = (lines[(lines[FACET] == pd.Series(facet)).all(axis=1)] for lines in (gains, factors))
        own = _panels(times[times["implementation"] == OURS], "seconds")
        by_name |= {
            f"time_{name}": _times(own, where, OURS),
            f"time_linear_{name}": _times(own, where, OURS, linear=True),
            f"speedup_{name}": _speedups(gained[gained["implementation"] == OURS], where, OURS),
            f"decomposition_{name}": _decomposition(split, where),
        }
        if set(times["implementation"]) - {OURS}:
            several = times[times["algorithm"].isin(HEADLINE)], gained[gained["algorithm"].isin(HEADLINE)]
            same = "the same implementation and memory order"
            by_name[f"libraries_time_{name}"] = _times(_panels(several[0], "seconds"), where, "all implementations")
            by_name[f"libraries_speedup_{name}"] = _speedups(several[1], where, same)
    return {name: figure for name, figure in by_name.items() if figure is not None}


def _panels(lines: pd.DataFrame, value: str) -> dict[str, pd.DataFrame]:
    """Split the lines that have a value or a bound by start."""
    points = lines[lines[value].notna() | lines["bound"].notna()]
    return {start_title(str(start)): group for start, group in points.groupby("start")}


def _times(panels: Mapping[str, pd.DataFrame], where: str, whose: str, linear: bool = False) -> Figure | None:
    if not panels:
        return None
    axis = linear_seconds_axis if linear else seconds_axis
    return Figure(
        panels_over_k(panels, "seconds", "time of the swap phase", axis, bound="bound"),
        f"Time of the swap phase over k on {where}, {whose}, each library in its faster memory order. Both axes are "
        f"{'linear' if linear else 'logarithmic'}. An arrow stands at the limit at which a run was cut.",
        f"Curves of the swap phase's time over k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of times.",
    )


def _speedups(gained: pd.DataFrame, where: str, whose: str) -> Figure | None:
    panels = _panels(gained, "estimate")
    if not panels:
        return None
    return Figure(
        panels_over_k(panels, "estimate", "speed-up over PAM", factor_axis, interval=("low", "high"), bound="bound"),
        f"Speed-up of the swap phase over PAM of {whose} on {where}. Bars are 95 % intervals, mostly smaller than the "
        "markers. An arrow is a lower bound: there PAM was cut.",
        f"Curves of the speed-up over PAM by k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of speed-ups.",
    )


def _decomposition(factors: pd.DataFrame, where: str) -> Figure | None:
    panels = {start_title(str(start)): group for start, group in factors.groupby("start")}
    if not panels:
        return None
    return Figure(
        factors_over_k(panels, "FasterPAM over PAM"),
        f"The speed-up of FasterPAM over PAM on {where} is the product of two factors: a candidate costs less, and "
        "fewer candidates are evaluated. Bars are 95 % intervals.",
        f"Curves over k of the speed-up and its two factors on {where}, one panel for each start: "
        f"{', '.join(panels)}. The values are in the table of the decomposition.",
    )


def factors_over_k(panels: Mapping[str, pd.DataFrame], label: str) -> Drawing:
    """Draw lines of the `decomposition`, a panel per start; `label` is that of the vertical axis.

    On logarithmic axes the heights of the factors add up to that of their product.
    """
    ks = sorted({int(k) for frame in panels.values() for k in frame["k"]})
    drawn = {}
    with row_of_panels(panels, 4.1, same_x=True) as (figure, grid):
        for axes, frame in zip(grid, panels.values(), strict=True):
            ordered = frame.sort_values("k")
            for name, look in FACTOR_LOOKS.items():
                values = ordered[name].to_numpy(float)
                ends = ordered[[f"{name}_low", f"{name}_high"]].to_numpy(float).T
                bars = {"yerr": np.nan_to_num(np.abs(ends - values)), "capsize": 2, "elinewidth": 1}
                drawn[name] = axes.errorbar(ordered["k"].to_numpy(int), values, markersize=4.5, **look, **bars)
            k_axis(axes, ks)
        for axes in grid:
            factor_axis(axes)
        grid[0].set_ylabel(label)
        handles, labels = [bars.lines[0] for bars in drawn.values()], [FACTORS[name] for name in drawn]
        figure.legend(handles, labels, loc="outside lower center", ncols=len(handles), handlelength=3)
    return figure
