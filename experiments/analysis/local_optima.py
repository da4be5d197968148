"""Results that promise to be single-swap local optima, and whether they are."""

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import EAGER, OURS
from kmedoids_bench.experiments.rows.reading import at_defaults


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
    """Keep one result per block and contender of `EAGER` that promises a local optimum and was checked for it.

    Only those at default parameters.
    """
    checked = (rows["status"] == "ok") & at_defaults(rows) & rows["local_optimum"].notna()
    return promising_optima(rows[checked & rows["algorithm"].isin(EAGER)]).drop_duplicates(["block", "contender"])
