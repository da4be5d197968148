"""How many swaps and passes it takes: counters over k, by start and algorithm."""

import pandas as pd

from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.keys import OURS, PLACE

# FastPAM1 stands for PAM: the same swaps.
ALGORITHMS = ("fastpam1", "fastpam2", "fasterpam")
TOLERANCES = (0.0, 0.5, 1.0)  # of FastPAM2; the last is its default
COUNTS = ("n_swaps", "n_passes", "n_evaluations")


def runs(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one line for each block and algorithm, at default parameters.

    Only ours: libraries count otherwise, or not at all, and where their result is ours so would be the counters.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `quality.results`.
    """
    found = _own(rows)
    return found[found["setting"] == ""]


def _own(rows: pd.DataFrame) -> pd.DataFrame:
    ours = (rows["implementation"] == OURS) & (rows["phase"] == "swap") & (rows["tier"] == "plain")
    found = results(rows[ours & rows["algorithm"].isin(ALGORITHMS)])
    return found.assign(setting=found["setting"].fillna("")).astype(dict.fromkeys(COUNTS, "float64"))


def side_by_side(found: pd.DataFrame, counter: str) -> pd.DataFrame:
    """Put a counter of all algorithms from the same start medoids on one line: `PLACE`, ``start``, ``block``."""
    index = [*PLACE, "start", "block"]
    wide = found.pivot_table(index=index, columns="algorithm", values=counter, aggfunc="first")
    return wide.reset_index()


def tolerances(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare FastPAM2 at its tolerances, block by block.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``block``, ``tolerance`` (all but the first), ``loss_change`` (loss over that with tolerance
        0, less 1), ``iterations`` (passes over those with the next lower tolerance).
    """
    found = _own(rows)
    found = found[found["algorithm"] == "fastpam2"]
    settings = {f"tolerance={value}" if value != TOLERANCES[-1] else "": value for value in TOLERANCES}
    found = found.assign(tolerance=found["setting"].map(settings)).dropna(subset=["tolerance"])
    index = [*PLACE, "start", "block"]
    wide = found.pivot_table(index=index, columns="tolerance", values=["loss", "n_passes"], aggfunc="first")
    wide = wide.reindex(columns=pd.MultiIndex.from_product([["loss", "n_passes"], TOLERANCES]))
    frames = [
        pd.DataFrame(
            {
                "tolerance": value,
                "loss_change": wide["loss", value] / wide["loss", TOLERANCES[0]] - 1,
                "iterations": wide["n_passes", value] / wide["n_passes", lower],
            }
        )
        for lower, value in zip(TOLERANCES, TOLERANCES[1:], strict=False)
    ]
    return pd.concat(frames).dropna().reset_index()


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Mean counters over the starts, with their intervals.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``algorithm``, ``starts``; mean, ``_low`` and ``_high`` of `COUNTS`; ``per_k`` (passes over
        k), ``per_n`` (candidates evaluated over n).
    """
    keys = [*PLACE, "start", "algorithm"]
    lines = []
    for key, group in runs(rows).groupby(keys):
        line = dict(zip(keys, key, strict=True)) | {"starts": len(group)}
        seeded = group["seed"].notna().any()
        for name in COUNTS:
            # A start that takes no seed has one result, which does not vary.
            found = Measure.mean_of(group[name]) if seeded else Measure.exact(group[name].mean(), len(group), "")
            line |= {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
        lines.append(line)
    numbers = [f"{name}{end}" for name in COUNTS for end in ("", "_low", "_high")]
    frame = pd.DataFrame(lines, columns=[*keys, "starts", *numbers])
    frame = frame.astype(dict.fromkeys(numbers, "float64"))
    return frame.assign(
        per_k=frame["n_passes"] / frame["k"].astype("float64"),
        per_n=frame["n_evaluations"] / frame["n"].astype("float64"),
    )


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
