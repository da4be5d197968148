"""The drawings several studies share: curves over k, and loss against time."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import EngFormatter, FixedLocator, FuncFormatter, NullFormatter, NullLocator

from kmedoids_bench.experiments.exhibits import style
from kmedoids_bench.experiments.exhibits.canvas import canvas
from kmedoids_bench.experiments.exhibits.style import GREY, Look, algorithm_look, drawing_style

CUT: dict[str, Any] = {"linestyle": "", "marker": r"$\uparrow$", "markersize": 9}  # of which only a bound is known
OF_A_DIGIT = 0.027  # its share of the width of a panel
MOST_TICKS = 12  # of k; of more, only 1, 2, 5, 10, ... have a tick
THIN: dict[str, Any] = {"color": GREY, "linewidth": 0.9, "linestyle": (0, (2, 2)), "zorder": 1}  # to compare with

ABOVE_THE_BEST = "loss above the best"


@contextmanager
def row_of_panels(
    titles: Collection[str],
    height: float,
    width: float = 3.6,
    beside: float = 0.6,
    *,
    least: float = 1.3,
    same_x: bool,
    free: bool = True,
) -> Iterator[tuple[Figure, list[Axes]]]:
    """Yield a figure to be drawn on, and its panels, which share the vertical axis.

    Sizes are in inches, on the page of the report: `width` of a panel, of `least` panels if there are fewer, and what
    is `beside` them. On a narrower canvas the panels may stand in several rows, and the height is as `free` says there.
    """
    whole = beside + width * max(len(titles), least)
    columns, width, height = canvas().arrange(len(titles), whole, height, beside, free)
    rows = math.ceil(len(titles) / columns)
    with drawing_style():
        figure = Figure(figsize=(width, height))
        every = list(figure.subplots(rows, columns, sharex=same_x, sharey=True, squeeze=False).flat)
        grid, unused = every[: len(titles)], every[len(titles) :]
        for axes in unused:
            axes.remove()
        for axes, title in zip(grid, titles, strict=True):
            axes.set_title(canvas().titles.get(title, title))
        yield figure, grid
        for axes in grid[::columns]:
            axes.set_ylabel(grid[0].get_ylabel())
        for place, axes in enumerate(grid) if same_x else ():
            lowest = place + columns >= len(grid)
            axes.tick_params(labelbottom=lowest)
            axes.set_xlabel(axes.get_xlabel() if lowest else "")
        for axis in (axis for axes in grid for axis in (axes.xaxis, axes.yaxis)):
            axis.set_label_text(canvas().labels.get(axis.get_label_text(), axis.get_label_text()))
        settle(figure)


def settle(figure: Figure) -> None:
    """Fix the layout: computing it takes most of the time, and every file format would do it again."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def legend_below(figure: Figure, handles: Sequence[Artist], columns: int) -> None:
    """Put a legend below the panels, to be read row by row: in so many columns, or in as many as the figure is wide.

    On a canvas of a given width the figure grows by the height of its legend.
    """
    for handle in handles:
        handle.set_label(canvas().legend.get(str(handle.get_label()), handle.get_label()))
    for number in range(min(columns, len(handles)), 0, -1):
        # A legend is filled column by column.
        ordered = [handle for column in range(number) for handle in handles[column::number]]
        legend = figure.legend(handles=ordered, loc="outside lower center", ncols=number)
        needed = legend.get_window_extent()
        if number == 1 or needed.width < figure.bbox.width:
            if canvas().width is not None:
                figure.set_figheight(figure.get_figheight() + needed.height / figure.dpi)
            break
        legend.remove()


def seconds_axis(axes: Axes) -> None:
    """Logarithmic axis of times, with units at the ticks."""
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(EngFormatter(unit="s", sep=" "))
    axes.yaxis.set_minor_formatter(NullFormatter())


def seconds_over_n(axes: Axes) -> None:
    """Logarithmic axes of time over the number of objects, with a line that grows as its square, below all others."""
    seconds_axis(axes)
    axes.set_xlabel("number of objects n")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    for label in axes.get_xticklabels():
        label.set(rotation=45, ha="right", rotation_mode="anchor")
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    ns = np.array([left, min(right, left * (top / bottom) ** 0.5)])
    axes.plot(ns, bottom * (ns / left) ** 2, label="as n² grows", **THIN)
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def percent_over_seconds(axes: Axes) -> None:
    """Logarithmic axis of time, with units at the ticks, and a vertical one in percent."""
    axes.set_xscale("log")
    axes.set_xlabel("time")
    axes.xaxis.set_major_formatter(EngFormatter(unit="s", sep=" "))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} %"))


def linear_seconds_axis(axes: Axes) -> None:
    """Linear axes of time and of k, both from 0: what grows faster than the rest dwarfs it."""
    axes.set(xscale="linear", xlim=(0, None), ylim=(0, None))
    axes.yaxis.set_major_formatter(EngFormatter(unit="s", sep=" "))


def count_axis(axes: Axes, words: str = "k", unit: str = "", least: float = 0) -> None:
    """Logarithmic axis of counters, with a line at k, which the legend calls `words`.

    With `least` the line begins there, and a horizontal one is drawn there, too.
    """
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}{unit}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    if least:
        axes.axhline(least, color=GREY, linewidth=0.8)
    low, high = axes.get_xlim()
    ends = [max(low, least), high]
    axes.plot(ends, ends, label=words, **THIN)


def factor_axis(axes: Axes) -> None:
    """Logarithmic axis of speed-ups, with a line at 1 and one at k."""
    count_axis(axes, "speed-up = k", "\N{MULTIPLICATION SIGN}", least=1)


def threads_axis(axes: Axes) -> None:
    """Logarithmic axis of speed-ups over the number of threads, with a line at 1 and one at that number."""
    axes.set_xlabel("number of threads")
    count_axis(axes, "speed-up = threads", "\N{MULTIPLICATION SIGN}", least=1)


def percent_axis(axes: Axes) -> None:
    """Linear up to a hundredth of a percent, logarithmic above: results that reach the best one have a place, too."""
    axes.set_yscale("symlog", linthresh=0.01, linscale=0.5)
    axes.set_ylim(bottom=-0.004)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.axhline(0, color=GREY, linewidth=0.8)


def silhouette_axis(axes: Axes) -> None:
    """Linear axis of silhouettes, whatever their range."""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def panels_over_k(
    panels: Mapping[str, pd.DataFrame],
    value: str,
    label: str,
    axis: Callable[[Axes], None],
    *,
    over: str = "k",
    look: Callable[[str], Look] = algorithm_look,
    printed: Sequence[tuple[str, float, float]] = (),
) -> Figure:
    """Draw one panel per title, all with the same axes, with a curve for each algorithm and implementation.

    `label` is that of the vertical axis. `value` and `over` name columns of the frames, of the vertical and the
    horizontal axis. If the frames have columns ``low`` and ``high``, these are the ends of intervals; a column
    ``bound`` has lower bounds, which are drawn as arrows. A line without value and bound has no point. `axis` prepares
    the axes of a panel, e.g. `seconds_axis`. Before it is called the axis of k is logarithmic, with a tick at each k.
    `look` is given what stands in the column ``algorithm``. A cross in every panel marks each number that is `printed`
    in the papers: algorithm, x, y.
    """
    shown = {
        title: frame.dropna(subset=frame.columns.intersection([value, "bound"]), how="all")
        for title, frame in panels.items()
    }
    everything = pd.concat(shown.values())
    cut = "bound" in everything and bool(everything["bound"].notna().any())
    lines = style.implementation_lines(everything["implementation"])
    ks = sorted({int(k) for k in everything[over]})
    with row_of_panels(panels, 4.1, same_x=True) as (figure, grid):
        for axes, frame in zip(grid, shown.values(), strict=True):
            for (algorithm, implementation), points in frame.groupby(["algorithm", "implementation"], sort=False):
                points = points.sort_values(over, kind="stable")
                drawn = look(str(algorithm))
                _draw(axes, points.dropna(subset=value), over, value, drawn, lines[str(implementation)])
                if cut and len(bounded := points.dropna(subset="bound")):
                    axes.plot(bounded[over].to_numpy(int), bounded["bound"], color=drawn.colour, zorder=4, **CUT)
            k_axis(axes, ks)
        for axes in grid:
            axis(axes)
            for algorithm, at, number in printed:
                _mark(axes, at, number, look(algorithm).colour)
        grid[0].set_ylabel(label)
        looks = [look(name) for name in dict.fromkeys(everything["algorithm"])]
        compared = [line for line in grid[0].lines if not str(line.get_label()).startswith("_")]
        handles = [*_legend(looks, lines, cut), *compared]
        many = max(3, len(looks) if len(looks) < 6 else -(-len(looks) // 2))
        # The algorithms are in the first row.
        legend_below(figure, handles, len(handles) if len(handles) < 6 else many)
    return figure


def time_and_loss(lines: pd.DataFrame, *, implementations: bool = False, label: str = ABOVE_THE_BEST) -> Figure:
    """Draw ``excess_percent``, which is called `label`, against ``seconds``: one panel for each k.

    The marker is the algorithm, and so is the colour, unless it is to be the implementation.
    """
    looks = {name: algorithm_look(name) for name in lines.sort_values("k", kind="stable")["algorithm"]}
    owners = sorted(set(lines["implementation"])) if implementations else []
    colours = dict(zip(owners, style.IMPLEMENTATIONS * 2, strict=False))
    panels = {f"k = {k}": members for k, members in lines.groupby("k")}
    with row_of_panels(panels, 4.6, same_x=False) as (figure, grid):
        for axes, members in zip(grid, panels.values(), strict=True):
            for line in members.to_dict("records"):
                look = looks[line["algorithm"]]
                colour = colours.get(line["implementation"], look.colour)
                size = 7 * canvas().marks
                axes.plot(line["seconds"], line["excess_percent"], look.marker, color=colour, markersize=size)
            axes.set_yscale("symlog", linthresh=0.01)
            percent_over_seconds(axes)  # after the scale, which brings its own marks
        # The panels share the axis. No marker is cut at its ends.
        grid[0].set_ylim(-0.002, max(0.02, 2 * lines["excess_percent"].max()))
        grid[0].set_ylabel(label)
        handles = [
            Line2D([], [], linestyle="", color=GREY if owners else look.colour, marker=look.marker, label=look.title)
            for look in looks.values()
        ]
        handles += [Patch(color=colours[owner], label=owner) for owner in owners]
        legend_below(figure, handles, 6)
    return figure


def _draw(axes: Axes, points: pd.DataFrame, over: str, value: str, look: Look, line: dict) -> None:
    drawn = {"color": look.colour, "marker": look.marker, "markeredgecolor": look.colour, **line}
    x, y = points[over].to_numpy(int), points[value].to_numpy(float)
    if "low" in points:
        low, high = points[["low", "high"]].to_numpy(float).T
        reach = np.array([y - low, high - y]).clip(min=0)
        axes.errorbar(x, y, yerr=np.nan_to_num(reach), capsize=2, elinewidth=1, **drawn)
    else:
        axes.plot(x, y, **drawn)


def _mark(axes: Axes, x: float, y: float, colour: str) -> None:
    axes.plot(x, y, "x", color=colour, markersize=8, markeredgewidth=2, zorder=5)
    towards = 1 if x**2 < math.prod(axes.get_xlim()) else -1  # the middle of the panel, where there is room
    side = {"xytext": (6 * towards, 5), "ha": "left" if towards > 0 else "right"}
    axes.annotate(f"{y:,g}", (x, y), textcoords="offset points", fontsize=7.5, **side)


def k_axis(axes: Axes, ks: Sequence[int]) -> None:
    """Logarithmic axis of k, with a tick at each of `ks`, if they are few."""
    ticks = ks if len(ks) <= MOST_TICKS else [k for k in ks if f"{k:.0e}"[0] in "125" and k == float(f"{k:.0e}")]
    axes.set_xlabel("number of medoids k")
    axes.set_xscale("log")
    if ks:
        axes.set_xlim(ks[0] / 1.25, ks[-1] * 1.25)
    axes.xaxis.set_major_locator(FixedLocator(apart(ticks)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())


def apart(ticks: Sequence[int]) -> list[int]:
    """Leave out ticks of a logarithmic axis whose labels would touch that of a larger one."""
    kept = list(ticks[-1:])
    for k in reversed(ticks[:-1]):
        digits = (len(str(k)) + len(str(kept[-1]))) / 2
        if math.log(kept[-1] / k) >= OF_A_DIGIT * digits * math.log(1.25**2 * ticks[-1] / ticks[0]):
            kept.append(k)
    return kept[::-1]


def _legend(looks: Sequence[Look], lines: Mapping[str, dict], cut: bool) -> list[Line2D]:
    handles = [Line2D([], [], color=look.colour, marker=look.marker, label=look.title) for look in looks]
    for name, line in lines.items() if len(lines) > 1 else ():
        handles.append(Line2D([], [], color=GREY, marker="o", markeredgecolor=GREY, label=name, **line))
    if cut:
        handles.append(Line2D([], [], color=GREY, label="stopped at the limit: lower bound", **CUT))
    return handles
