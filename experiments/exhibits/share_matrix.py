"""A matrix of shares: for every pair, how many of the comparisons succeeded."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.canvas import canvas
from kmedoids_bench.experiments.exhibits.plots import settle
from kmedoids_bench.experiments.exhibits.style import BLUE, drawing_style

NAME, CELL = 2.0, 0.42  # inches that a matrix of contenders needs, for their names and for each of them


def share_matrix(panels: Mapping[str, pd.DataFrame]) -> Figure:
    """Draw for every pair how many of the comparisons succeeded, ``hits`` of ``total``; a panel for each title.

    Raises Trouble on a canvas that is too narrow for so many contenders.
    """
    names = {title: sorted({*frame["first"], *frame["second"]}) for title, frame in panels.items()}
    most = max(map(len, names.values()), default=0)
    needed, width = NAME + CELL * most, canvas().width
    if width is not None and needed > width:
        raise Trouble(f"a matrix of {most} contenders needs {needed:.1f} inches", "select fewer, or take more columns")
    with drawing_style():
        # One column of panels: the contenders' names need the width.
        figure = Figure(figsize=(width or 7.2, sum(0.9 + CELL * len(members) for members in names.values())))
        heights = [len(members) + 1.5 for members in names.values()]
        grid = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, (title, frame) in zip(grid, panels.items(), strict=True):
            axes.set_title(title)
            _draw_shares(axes, frame, names[title])
        settle(figure)
    return figure


def _draw_shares(axes: Axes, frame: pd.DataFrame, names: Sequence[str]) -> None:
    shades = LinearSegmentedColormap.from_list("shares", ["#FFFFFF", BLUE])
    shares = np.full((len(names), len(names)), np.nan)
    for line in frame.to_dict("records"):
        row, column = names.index(line["second"]), names.index(line["first"])
        share = line["hits"] / line["total"]
        shares[row, column] = share
        ink = "white" if share > 0.6 else "black"
        axes.text(column, row, f"{line['hits']}/{line['total']}", ha="center", va="center", color=ink, fontsize="small")
    axes.imshow(shares, cmap=shades, vmin=0, vmax=1, aspect="auto")
    # The last has no column of its own and the first no row: only the lower triangle holds pairs.
    axes.set_xlim(-0.5, len(names) - 1.5)
    axes.set_ylim(len(names) - 0.5, 0.5)
    labels = [name.replace("/", "\n") for name in names[:-1]]
    axes.set_xticks(range(len(labels)), labels, fontsize="small" if len(labels) < 6 else "xx-small")
    axes.set_yticks(range(1, len(names)), names[1:], fontsize="small")
    axes.grid(visible=False)
    axes.set_xticks(np.arange(-0.5, len(names) - 1), minor=True)
    axes.set_yticks(np.arange(0.5, len(names)), minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.spines[:].set_visible(False)
    axes.tick_params(which="both", length=0)
