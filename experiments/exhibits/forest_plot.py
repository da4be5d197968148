"""A forest plot: one quantity, a line for each place, and in it a mark with its interval for each machine."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from kmedoids_bench.experiments.exhibits.plots import THIN, legend_below, row_of_panels
from kmedoids_bench.experiments.exhibits.style import IMPLEMENTATIONS

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "h")
DECADES = 2  # a wider axis has a tick for each power of ten, a narrower one for 1, 2 and 5 times each


def forest(lines: pd.DataFrame, machines: Sequence[str], label: str, bounds: Sequence[float] = ()) -> Figure:
    """Draw positive ratios on a logarithmic axis with this `label`, places and machines from above as they come.

    `lines` has the columns ``where``, ``machine``, ``value``, ``low`` and ``high``; a value without interval is a mark
    alone. A dashed line is at 1, a dotted one at each of `bounds`, between which a criterion wants the values.
    """
    places = list(dict.fromkeys(lines["where"]))
    height = 1.3 + len(places) * (0.12 + 0.13 * len(machines))
    with row_of_panels([""], height, 4.2, 4.2, least=1, same_x=False, free=False) as (figure, (axes,)):
        axes.set_xscale("log")
        axes.axvline(1, **THIN)
        for bound in bounds:
            axes.axvline(bound, color="black", linewidth=0.9, linestyle=":", zorder=1)
        for line in lines.to_dict("records"):
            number = machines.index(line["machine"])
            at = places.index(line["where"]) + 0.7 * ((number + 0.5) / len(machines) - 0.5)
            colour, marker = _look(number)
            if pd.notna(line["low"]) and pd.notna(line["high"]):
                axes.plot([line["low"], line["high"]], [at, at], color=colour, linewidth=1.4)
            axes.plot(line["value"], at, marker, color=colour, markersize=5, markeredgecolor="white")
        axes.set_yticks(range(len(places)), places)
        axes.set_ylim(len(places) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        low, high = axes.get_xlim()
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0,) if high / low > 10**DECADES else (1.0, 2.0, 5.0)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlabel(label)
        looks = [(name, *_look(number)) for number, name in enumerate(machines)]
        handles = [Line2D([], [], color=colour, marker=marker, label=name) for name, colour, marker in looks]
        legend_below(figure, handles, 2)
    return figure


def _look(number: int) -> tuple[str, str]:
    return IMPLEMENTATIONS[number % len(IMPLEMENTATIONS)], MARKERS[number % len(MARKERS)]
