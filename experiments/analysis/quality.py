"""How good results are: the loss over the best that is known, in the same block or from the literature."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.outcomes import CONTENDER, COUNTERS, PROBLEM


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
    place = ["dataset", "n", "metric", "dtype", "k"]
    best = found.groupby(place)["loss"].transform("min")
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
