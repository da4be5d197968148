"""The figures of the swap-time study."""

import pandas as pd

from kmedoids_bench.experiments.analysis.speedups import Cell, cells, speedups
from kmedoids_bench.experiments.report.exhibits import Figure
from kmedoids_bench.experiments.report.plots import Curve, factor_axis, panels_over_k, seconds_axis
from kmedoids_bench.experiments.report.style import start_title
from kmedoids_bench.experiments.studies.reading import FACET, in_reading_order
from kmedoids_bench.experiments.studies.swap_time_words import BASELINE


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw time and speed-up over k, one figure for each dataset, one panel for each start.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    measured = cells(rows)
    drawn = {}
    facets = rows[FACET].drop_duplicates()
    for facet in facets.sort_values(FACET).to_dict("records"):
        members = [cell for cell in measured if all(cell.problem[key] == facet[key] for key in FACET)]
        # The dataset alone names the file unless it was measured in several sizes or dtypes.
        plain = (facets["dataset"] == facet["dataset"]).sum() == 1
        name = facet["dataset"] if plain else "_".join(str(facet[key]) for key in FACET)
        where = f"{facet['dataset']} (n = {facet['n']:,}, {facet['metric']}, {facet['dtype']})"
        drawn |= {
            f"time_{name}": _time_figure(members, where),
            f"speedup_{name}": _speedup_figure(members, where),
        }
    return {name: figure for name, figure in drawn.items() if figure is not None}


def _time_figure(members: list[Cell], where: str) -> Figure | None:
    lines = pd.DataFrame([line for cell in members for line in cell.times.values()])
    lines = lines[
        lines["faster_order"].astype(bool) & ((lines["blocks"] > 0) | (lines["status"] == "timeout"))
    ]
    panels = {}
    for start, group in lines.groupby("start"):
        panels[start_title(str(start))] = [
            Curve(
                str(algorithm),
                str(implementation),
                k=curve.loc[curve["blocks"] > 0, "k"].tolist(),
                value=curve.loc[curve["blocks"] > 0, "seconds"].tolist(),
                bound_k=curve.loc[_stopped(curve), "k"].tolist(),
                bound=curve.loc[_stopped(curve), "limit_seconds"].tolist(),
            )
            for (algorithm, implementation), curve in _curves(group)
        ]
    if not panels:
        return None
    return Figure(
        panels_over_k(panels, "time of the swap phase", seconds_axis),
        f"Time of the swap phase over k on {where}, libraries at their faster memory order. Both axes are "
        "logarithmic. An arrow stands at the limit at which a run was cut.",
        f"Curves of the swap phase's time over k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of times.",
    )


def _speedup_figure(members: list[Cell], where: str) -> Figure | None:
    lines = speedups(members, BASELINE)
    lines = lines[lines["faster_order"].astype(bool) & (lines["estimate"].notna() | lines["bound"].notna())]
    panels = {}
    for start, group in lines.groupby("start"):
        panels[start_title(str(start))] = [
            Curve(
                str(algorithm),
                str(implementation),
                k=curve["k"].tolist(),
                value=curve["estimate"].tolist(),
                low=curve["low"].astype(float).tolist(),
                high=curve["high"].astype(float).tolist(),
                bound_k=curve.loc[curve["bound"].notna(), "k"].tolist(),
                bound=curve["bound"].dropna().tolist(),
            )
            for (algorithm, implementation), curve in _curves(group)
        ]
    if not panels:
        return None
    return Figure(
        panels_over_k(panels, "speed-up over PAM", factor_axis),
        f"Speed-up of the swap phase over PAM of the same implementation and memory order on {where}. Bars "
        "are 95 % intervals, mostly smaller than the markers. An arrow is a lower bound: there PAM was "
        "cut.",
        f"Curves of the speed-up over PAM by k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of speed-ups.",
    )


def _curves(group: pd.DataFrame):
    for key, curve in in_reading_order(group).groupby(["algorithm", "implementation"], sort=False):
        yield key, curve.sort_values("k")


def _stopped(curve: pd.DataFrame) -> pd.Series:
    return (curve["blocks"] == 0) & curve["limit_seconds"].notna()
