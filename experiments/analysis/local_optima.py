"""Results that promise to be single-swap local optima, and whether they are."""

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import OURS

EAGER = ("fastpam2", "fasterpam")  # promise a local optimum, though not PAM's


def promising_optima(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of algorithms that promise a single-swap local optimum, ours and those of the libraries."""
    promised = {(OURS, name) for name, record in algorithms().items() if record.local_optimum} | {
        (reference.name, name)
        for reference in references().values()
        for name, promise in reference.algorithms.items()
        if promise.local_optimum
    }
    return rows[pd.MultiIndex.from_frame(rows[["implementation", "algorithm"]]).isin(promised)]


def eager_results(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one checked result per block and contender of `EAGER`, at default parameters, where an optimum is promised.

    Returns
    -------
    DataFrame
        Rows in which ``local_optimum`` is known.
    """
    plain = (rows["status"] == "ok") & (rows["setting"].fillna("") == "") & rows["local_optimum"].notna()
    return promising_optima(rows[plain & rows["algorithm"].isin(EAGER)]).drop_duplicates(["block", "contender"])
