"""Curves over k of a ratio and of the factors it is made of."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from kmedoids_bench.experiments.exhibits.plots import factor_axis, k_axis, settle
from kmedoids_bench.experiments.exhibits.style import BLACK, BLUE, ORANGE, drawing_style

DASHES: dict[str, Literal["-", "--"]] = {"speedup": "-", "cheaper": "--", "fewer": "--"}
LOOKS = {"speedup": (BLACK, "o"), "cheaper": (BLUE, "s"), "fewer": (ORANGE, "D")}


def factors_over_k(panels: Mapping[str, pd.DataFrame], labels: Mapping[str, str], label: str) -> Figure:
    """Draw one panel per start: on logarithmic axes the heights of the factors add up to that of their product.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Panel title to a table with ``k`` and the columns of `LOOKS`, each with ``_low`` and ``_high``.
    labels : mapping of str to str
        Column to its name in the legend.
    label : str
        Label of the vertical axis.

    Returns
    -------
    matplotlib.figure.Figure
    """
    ks = sorted({int(k) for frame in panels.values() for k in frame["k"]})
    with drawing_style():
        figure = Figure(figsize=(0.6 + 3.6 * max(len(panels), 1.3), 4.1))
        grid = figure.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
        for axes, (title, frame) in zip(grid, panels.items(), strict=True):
            axes.set_title(title)
            ordered = frame.sort_values("k")
            for name, (colour, marker) in LOOKS.items():
                values = ordered[name].to_numpy(float)
                ends = ordered[[f"{name}_low", f"{name}_high"]].to_numpy(float).T
                reach = np.nan_to_num(np.abs(ends - values))
                axes.errorbar(
                    ordered["k"].to_numpy(int),
                    values,
                    yerr=reach,
                    color=colour,
                    marker=marker,
                    markersize=4.5,
                    capsize=2,
                    elinewidth=1,
                    linestyle=DASHES[name],
                )
            k_axis(axes, ks)
        for axes in grid:
            factor_axis(axes)
        grid[0].set_ylabel(label)
        handles = [
            Line2D([], [], color=colour, marker=marker, linestyle=DASHES[name], label=labels[name])
            for name, (colour, marker) in LOOKS.items()
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), handlelength=3)
        settle(figure)
    return figure
