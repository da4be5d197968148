"""The spread of results: for every method the range, the middle half, the mean, and the mean that a paper prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator

from kmedoids_bench.experiments.exhibits.plots import legend_below, row_of_panels
from kmedoids_bench.experiments.exhibits.style import GREY, Look, algorithm_look

LINEAR = 0.1
START_ALONE = Look("start alone", GREY, "o")
PRINTED = {"linestyle": "", "marker": "|", "markersize": 13, "markeredgewidth": 1.6}


@dataclass(frozen=True)
class Spread:
    """The results of one method in one place."""

    label: str  # the line of the figure: a dataset, a start
    algorithm: str  # empty for a start by itself
    values: Sequence[float]  # of each seed or instance; a thin line is their range, a thick one the middle half
    printed: float | None = None  # their mean, as a paper prints it


def spreads(panels: Mapping[str, Sequence[Spread]], label: str) -> Figure:
    """Draw one panel after the other, with the same lines in all: lines and methods as they first appear.

    The horizontal axis has this `label`; it is linear up to `LINEAR` from 0, logarithmic beyond it.
    """
    everything = [spread for members in panels.values() for spread in members]
    labels = list(dict.fromkeys(spread.label for spread in everything))
    methods = list(dict.fromkeys(spread.algorithm for spread in everything))
    present = {(spread.label, spread.algorithm) for spread in everything}
    at = {line: [method for method in methods if (line, method) in present] for line in labels}
    slots = max((len(members) for members in at.values()), default=1)
    reached = [value for spread in everything for value in (*spread.values, *_printed(spread))]
    height = 1.2 + len(labels) * (0.16 + 0.14 * slots)
    with row_of_panels(panels, height, 3.2, 1.4, least=1.6, same_x=False, free=False) as (figure, grid):
        for axes, members in zip(grid, panels.values(), strict=True):
            axes.axvline(0, color=GREY, linewidth=0.8)
            for spread in members:
                here = at[spread.label]
                offset = (here.index(spread.algorithm) + 0.5 - len(here) / 2) / slots
                _draw(axes, spread, labels.index(spread.label) + 0.8 * offset)
            _percent_axis(axes, min([0, *reached]), max([LINEAR, *reached]))
            axes.set_xlabel(label)
            axes.grid(visible=False, axis="y")
        grid[0].set_yticks(range(len(labels)), labels)
        grid[0].set_ylim(len(labels) - 0.5, -0.5)
        looks = [_look(name) for name in methods]
        handles = [Line2D([], [], color=look.colour, marker=look.marker, label=look.title) for look in looks]
        if any(spread.printed is not None for spread in everything):
            handles.append(Line2D([], [], color="black", label="printed", **PRINTED))
        legend_below(figure, handles, 3 if len(panels) == 1 else 6)
    return figure


def _draw(axes: Axes, spread: Spread, height: float) -> None:
    look = _look(spread.algorithm)
    values = np.asarray(spread.values, np.float64)
    low, lower, upper, high = np.quantile(values, [0, 0.25, 0.75, 1])
    axes.plot([low, high], [height, height], color=look.colour, linewidth=0.8)
    axes.plot([lower, upper], [height, height], color=look.colour, linewidth=3.2, solid_capstyle="butt")
    axes.plot(values.mean(), height, look.marker, color=look.colour, markeredgecolor="white", markersize=6.5)
    for printed in _printed(spread):
        axes.plot(printed, height, color="black", zorder=4, **PRINTED)


def _look(algorithm: str) -> Look:
    return algorithm_look(algorithm) if algorithm else START_ALONE


def _printed(spread: Spread) -> list[float]:
    return [] if spread.printed is None else [spread.printed]


def _percent_axis(axes: Axes, low: float, high: float) -> None:
    """Put ticks at powers of ten and at zero, so that none overlaps another."""
    axes.set_xscale("symlog", linthresh=LINEAR, linscale=1)
    powers = [LINEAR * 10**power for power in range(9) if LINEAR * 10**power <= 1.5 * max(high, -low)]
    ticks = [-power for power in powers if -power >= 1.5 * low and low < -LINEAR / 2] + [0, *powers]
    axes.set_xticks(ticks)
    axes.set_xlim(1.4 * low - 0.15 * LINEAR, 1.4 * high)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace("-", "\N{MINUS SIGN}")))
