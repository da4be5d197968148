"""The figures of the swap-time study."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from kmedoids_bench.experiments.analysis.frames import values_of
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits.exhibit import Figure
from kmedoids_bench.experiments.exhibits.plots import factor_axis, linear_seconds_axis, panels_over_k, seconds_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.exhibits.style import BLACK, BLUE, ORANGE, Look, algorithm_look
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.swap_time import STUDY
from kmedoids_bench.experiments.studies.swap_time.analysis import SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS

HEADLINE = ("pam", "fastpam1", "fastpam2", "fasterpam")  # what most libraries have
FACTOR_LOOKS = {
    "speedup": Look(FACTORS["speedup"], BLACK, "o"),
    "cheaper": Look(FACTORS["cheaper"], BLUE, "s"),
    "fewer": Look(FACTORS["fewer"], ORANGE, "D"),
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
        ours, our_gains = (lines[lines["implementation"] == OURS] for lines in (times, gained))
        by_name |= {
            f"time_{name}": _times(ours, where, OURS),
            f"time_linear_{name}": _times(ours, where, OURS, linear=True),
            f"speedup_{name}": _speedups(our_gains, where, OURS),
            f"decomposition_{name}": _decomposition(split, where),
        }
        if set(times["implementation"]) - {OURS}:
            several, gains_of_several = (lines[lines["algorithm"].isin(HEADLINE)] for lines in (times, gained))
            same = "the same implementation and memory order"
            by_name[f"libraries_time_{name}"] = _times(several, where, "all implementations")
            by_name[f"libraries_speedup_{name}"] = _speedups(gains_of_several, where, same)
    return {name: figure for name, figure in by_name.items() if figure is not None}


def _times(lines: pd.DataFrame, where: str, whose: str, linear: bool = False) -> Figure | None:
    axis = linear_seconds_axis if linear else seconds_axis
    words = {"where": where, "whose": whose, "axes": "linear" if linear else "logarithmic"}
    return _over_k("time", lines.rename(columns={"seconds": "value"}), "time of the swap phase", axis, words)


def _speedups(lines: pd.DataFrame, where: str, whose: str) -> Figure | None:
    words = {"where": where, "whose": whose}
    lines = lines.rename(columns={"estimate": "value"})
    return _over_k("speedup", lines, "speed-up over PAM", factor_axis, words, interval=("low", "high"))


def _decomposition(lines: pd.DataFrame, where: str) -> Figure | None:
    """Draw the factors and their product: on logarithmic axes their heights add up to that of the product."""
    factors = pd.concat(values_of(lines, name).assign(algorithm=name) for name in FACTOR_LOOKS).assign(bound=None)
    more: dict = {"interval": ("low", "high"), "look": FACTOR_LOOKS.__getitem__}
    return _over_k("decomposition", factors, "FasterPAM over PAM", factor_axis, {"where": where}, **more)


def _over_k(
    kind: str,
    lines: pd.DataFrame,
    label: str,
    axis: Callable[[Axes], None],
    words: dict[str, str],
    *,
    interval: tuple[str, str] | None = None,
    look: Callable[[str], Look] = algorithm_look,
) -> Figure | None:
    """Draw the lines with a ``value`` or a ``bound``, one panel for each start; None if there are none."""
    points = lines.dropna(subset=["value", "bound"], how="all")
    panels = {title_of(start): group for start, group in points.groupby("start")}
    if not panels:
        return None
    drawing = panels_over_k(panels, "value", label, axis, interval=interval, bound="bound", look=look)
    return Figure(drawing, *STUDY.words.figure(kind, panels=", ".join(panels), **words))
