"""Curves over k of a speed-up and of the factors that it is made of."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from kmedoids_bench.experiments.exhibits.plots import factor_axis, k_axis, settle
from kmedoids_bench.experiments.exhibits.style import BLACK, BLUE, ORANGE, drawing_style
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS

LOOKS = {
    "speedup": {"color": BLACK, "marker": "o", "linestyle": "-"},
    "cheaper": {"color": BLUE, "marker": "s", "linestyle": "--"},
    "fewer": {"color": ORANGE, "marker": "D", "linestyle": "--"},
}


def factors_over_k(panels: Mapping[str, pd.DataFrame], label: str) -> Figure:
    """Draw one panel per start: on logarithmic axes the heights of the factors add up to that of their product.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Panel title to lines of the `decomposition`.
    label : str
        Label of the vertical axis.
    """
    ks = sorted({int(k) for frame in panels.values() for k in frame["k"]})
    with drawing_style():
        figure = Figure(figsize=(0.6 + 3.6 * max(len(panels), 1.3), 4.1))
        grid = figure.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
        for axes, (title, frame) in zip(grid, panels.items(), strict=True):
            axes.set_title(title)
            ordered = frame.sort_values("k")
            for name, look in LOOKS.items():
                values = ordered[name].to_numpy(float)
                ends = ordered[[f"{name}_low", f"{name}_high"]].to_numpy(float).T
                bars = {"yerr": np.nan_to_num(np.abs(ends - values)), "capsize": 2, "elinewidth": 1}
                axes.errorbar(ordered["k"].to_numpy(int), values, markersize=4.5, **look, **bars)
            k_axis(axes, ks)
        for axes in grid:
            factor_axis(axes)
        grid[0].set_ylabel(label)
        handles, labels = [bars.lines[0] for bars in grid[0].containers], [FACTORS[name] for name in LOOKS]
        figure.legend(handles, labels, loc="outside lower center", ncols=len(handles), handlelength=3)
        settle(figure)
    return figure
