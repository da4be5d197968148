"""The figures of the swap-time study."""

import pandas as pd

from kmedoids_bench.experiments.analysis.code_bases import code_bases, counters
from kmedoids_bench.experiments.analysis.speedups import cells, speedups
from kmedoids_bench.experiments.exhibits.exhibit import Figure
from kmedoids_bench.experiments.exhibits.plots import (
    Curve,
    factor_axis,
    linear_seconds_axis,
    panels_over_k,
    seconds_axis,
)
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE
from kmedoids_bench.experiments.studies.swap_time.decomposition import decomposition
from kmedoids_bench.experiments.studies.swap_time.decomposition_plot import factors_over_k

HEADLINE = ("pam", "fastpam1", "fastpam2", "fasterpam")  # what most libraries have
FACTORS = {"speedup": "speed-up", "cheaper": "cheaper candidates", "fewer": "fewer candidates"}


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw time and speed-up over k, one set of figures for each dataset, one panel for each start.

    In the papers' manner: all algorithms of this project, times on logarithmic and on linear axes. The libraries have
    figures of their own, with the algorithms that most of them have.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    measured = cells(rows)
    ours = [base for base in code_bases(measured) if base.implementation == OURS]
    factors = decomposition(ours, counters(rows), ("fasterpam",), BASELINE)
    drawn = {}
    facets = rows[FACET].drop_duplicates()
    for facet in facets.sort_values(FACET).to_dict("records"):
        members = [cell for cell in measured if all(cell.problem[key] == facet[key] for key in FACET)]
        # The dataset alone names the file unless it was measured in several sizes or dtypes.
        plain = (facets["dataset"] == facet["dataset"]).sum() == 1
        name = facet["dataset"] if plain else "_".join(str(facet[key]) for key in FACET)
        where = f"{facet['dataset']} (n = {facet['n']:,}, {facet['metric']}, {facet['dtype']})"
        lines = pd.DataFrame([line for cell in members for line in cell.times.values()])
        gains = speedups(members, BASELINE)
        here = factors[(factors[FACET] == pd.Series(facet)).all(axis=1)]
        drawn |= {
            f"time_{name}": _time_figure(_ours(lines), where, OURS),
            f"time_linear_{name}": _time_figure(_ours(lines), where, OURS, linear=True),
            f"speedup_{name}": _speedup_figure(_ours(gains), where, OURS),
            f"decomposition_{name}": _decomposition_figure(here, where),
        }
        if set(lines.get("implementation", ())) - {OURS}:
            drawn |= {
                f"libraries_time_{name}": _time_figure(_headline(lines), where, "all implementations"),
                f"libraries_speedup_{name}": _speedup_figure(
                    _headline(gains), where, "the same implementation and memory order"
                ),
            }
    return {name: figure for name, figure in drawn.items() if figure is not None}


def _ours(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[lines["implementation"] == OURS] if len(lines) else lines


def _headline(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[lines["algorithm"].isin(HEADLINE)] if len(lines) else lines


def _time_figure(lines: pd.DataFrame, where: str, whose: str, linear: bool = False) -> Figure | None:
    if lines.empty:
        return None
    lines = lines[lines["faster_order"].astype(bool) & ((lines["blocks"] > 0) | (lines["status"] == "timeout"))]
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
    axes = "linear" if linear else "logarithmic"
    return Figure(
        panels_over_k(panels, "time of the swap phase", linear_seconds_axis if linear else seconds_axis),
        f"Time of the swap phase over k on {where}, {whose}, each library at its faster memory order. Both axes are "
        f"{axes}. An arrow stands at the limit at which a run was cut.",
        f"Curves of the swap phase's time over k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of times.",
    )


def _speedup_figure(lines: pd.DataFrame, where: str, whose: str) -> Figure | None:
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
        f"Speed-up of the swap phase over PAM of {whose} on {where}. Bars are 95 % intervals, mostly smaller than the "
        "markers. An arrow is a lower bound: there PAM was cut.",
        f"Curves of the speed-up over PAM by k on {where}, one panel for each start: {', '.join(panels)}. "
        "The values are in the table of speed-ups.",
    )


def _decomposition_figure(factors: pd.DataFrame, where: str) -> Figure | None:
    """Draw where the speed-up of FasterPAM comes from."""
    panels = {start_title(str(start)): group for start, group in factors.groupby("start")}
    if not panels:
        return None
    return Figure(
        factors_over_k(panels, FACTORS, "FasterPAM over PAM"),
        f"The speed-up of FasterPAM over PAM on {where} is the product of two factors: a candidate costs less, and "
        "fewer candidates are evaluated. Bars are 95 % intervals.",
        f"Curves over k of the speed-up and its two factors on {where}, one panel for each start: "
        f"{', '.join(panels)}. The values are in the table of the decomposition.",
    )


def _curves(group: pd.DataFrame):
    for key, curve in in_reading_order(group).groupby(["algorithm", "implementation"], sort=False):
        yield key, curve.sort_values("k")


def _stopped(curve: pd.DataFrame) -> pd.Series:
    return (curve["blocks"] == 0) & curve["limit_seconds"].notna()
