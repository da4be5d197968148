"""How good results are: the loss over the best that is known, in the same block or from the literature."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.rows.keys import CONTENDER, COUNTERS, OURS, PLACE, PROBLEM


def results(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one line per block and contender: its result. Repeated runs of a block give the same one.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PROBLEM`, ``seed``, ``block``, `CONTENDER`, ``loss``, ``local_optimum`` and the counters.
    """
    finished = rows[(rows["status"] == "ok") & rows["loss"].notna()]
    columns = [*PROBLEM, "seed", "block", *CONTENDER, "loss", "local_optimum", *COUNTERS]
    return finished.drop_duplicates(["block", "contender"])[columns].reset_index(drop=True)


def excess_over_best(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare every result with the best one of its problem, whoever found it from whatever start.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        One line per problem (seeds pooled) and contender: `PROBLEM`, `CONTENDER`, ``excess`` (mean of loss over
        best loss, minus 1), ``worst`` (the largest), ``optima`` (results that are single-swap local optima),
        ``results``, and the counters' means.
    """
    found = results(rows)
    # The same objects and the same k, but any start: the best is the best.
    best = found.groupby(PLACE)["loss"].transform("min")
    found["excess"] = np.where(best > 0, found["loss"] / best.where(best > 0, 1.0) - 1, found["loss"] - best)
    found = found.astype(dict.fromkeys(COUNTERS, "float64"))
    return (
        found.groupby([*PROBLEM, *CONTENDER], dropna=False)
        .agg(
            excess=("excess", "mean"),
            worst=("excess", "max"),
            optima=("local_optimum", "sum"),
            results=("block", "nunique"),
            **{name: (name, "mean") for name in COUNTERS},
        )
        .reset_index()
    )


def error_over_optimum(rows: pd.DataFrame, optima: Mapping[str, float]) -> pd.DataFrame:
    """Compare every result with the known optimum of its instance.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.
    optima : mapping
        Dataset to the optimal loss for the k it is known for; rows of other datasets are left out.

    Returns
    -------
    DataFrame
        `results` with ``optimum`` and ``error`` (loss over optimum, minus 1).
    """
    found = results(rows)
    found = found[found["dataset"].isin(list(optima))].reset_index(drop=True)
    found["optimum"] = found["dataset"].map(optima).astype("float64")
    found["error"] = found["loss"] / found["optimum"] - 1
    return found


def alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the results of start algorithms by themselves, each once, under the name of the start.

    The same start may have been made in many blocks: in its own, and beside swaps from other start medoids.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `results`, with ``start`` (the algorithm) and ``seed`` (0 for a start that takes none).
    """
    found = results(rows[(rows["phase"] == "start") & (rows["setting"].fillna("") == "")])
    seeded = {name for name, record in algorithms().items() if record.seeded}
    found["start"] = found["algorithm"]
    found["seed"] = found["seed"].where(found["algorithm"].isin(seeded)).fillna(0)
    return found.drop_duplicates([*PLACE, "contender", "seed"]).reset_index(drop=True)


def from_given_start(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the results from the start medoids of the cell, one of each implementation, block and algorithm.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `results`; of several memory orders, which promise the same result, the first by name.
    """
    plain = (rows["setting"].fillna("") == "") & (rows["own_start"].fillna("") == "")
    found = results(rows[plain & (rows["phase"] != "start")]).sort_values(["block", "contender"])
    return found.drop_duplicates(["block", "implementation", "algorithm"]).reset_index(drop=True)


def loss_ratios(rows: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Compare every result with that of a baseline algorithm of the same code base from the same start medoids.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.
    baseline : str
        Name of an algorithm.

    Returns
    -------
    DataFrame
        As `results` without the baseline's own, with ``baseline_loss`` and ``ratio``. A block in which the baseline's
        loss is 0 has no ratio and is left out.
    """
    found = from_given_start(rows)
    lower = found[(found["algorithm"] == baseline) & (found["loss"] > 0)]
    lower = lower[["block", "implementation", "loss"]].rename(columns={"loss": "baseline_loss"})
    both = found[found["algorithm"] != baseline].merge(lower, on=["block", "implementation"])
    return both.assign(ratio=both["loss"] / both["baseline_loss"])


def on_scale(loss: pd.Series, optimum: pd.Series, random: pd.Series) -> pd.Series:
    """Put losses on the scale on which the optimum is 0 and the mean of random sets of medoids is 100."""
    return 100 * (loss - optimum) / (random - optimum)


def random_sets(rows: pd.DataFrame, sets: int) -> pd.Series:
    """Mean loss of random sets of medoids.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with those of the start "random" alone.
    sets : int
        How many sets the mean is to be of: those with the lowest seeds.

    Returns
    -------
    Series of float64
        By (dataset, k); problems with fewer sets are left out.
    """
    found = alone(rows[(rows["algorithm"] == "random") & (rows["implementation"] == OURS)])
    first = found.sort_values("seed").groupby(["dataset", "k"]).head(sets)
    counted = first.groupby(["dataset", "k"])["loss"].agg(["mean", "size"])
    return counted.loc[counted["size"] == sets, "mean"].rename("random_loss")
