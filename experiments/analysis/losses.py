"""How good results are: the loss over the best that is known, here or in the literature, and local optimality.

Every function takes rows of any status.
"""

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.experiments.rows.keys import CONTENDER, COUNTERS, EAGER, OURS, PLACE, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

NONE = 2e-9  # proofs of optimality leave out losses that are lower by less than 1e-9


def results(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the result of each contender in each block. Repeated runs of a block give the same one.

    The columns are `PROBLEM`, ``seed``, ``block``, ``matrix_sha256``, `CONTENDER`, ``loss``, ``local_optimum``, the
    counters, and those of `above_the_optimum`.
    """
    finished = rows[(rows["status"] == "ok") & rows["loss"].notna()]
    columns = [*PROBLEM, "seed", "block", "matrix_sha256", *CONTENDER, "loss", "local_optimum", *COUNTERS]
    once = finished.drop_duplicates(["block", "contender"])
    return pd.concat([once[columns], above_the_optimum(once)], axis=1).reset_index(drop=True)


def above_the_optimum(rows: pd.DataFrame) -> pd.DataFrame:
    """Say how far each loss is above the optimum: ``gap``, at most, and ``least_gap``, at least, as shares of it.

    The optimum is between the bound and the loss of the best medoids known (`datasets.optima`); missing where nothing
    is known about the matrix and k. A gap of less than `NONE` is none.
    """
    known = [best_known().get(key) for key in zip(rows["matrix_sha256"], rows["k"], strict=True)]
    ends = [(one.bound, one.loss) if one else (np.nan, np.nan) for one in known]
    optimum = pd.DataFrame(ends, rows.index, ["gap", "least_gap"], "float64")
    shares = optimum.where(optimum > 0).rdiv(rows["loss"], axis=0).astype("float64") - 1
    return shares.mask(shares <= NONE, 0.0)


def excess_over_best(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare every result with the best one for the same matrix and k, whoever found it from whatever start.

    The frame has one line per problem and contender: `PROBLEM`, `CONTENDER`, ``excess`` (mean of loss over best loss,
    minus 1), ``worst`` (the largest), ``gap`` (mean of what the results are above the optimum at most), ``optima``
    (results that are single-swap local optima), ``results``, and the counters' means.
    """
    table = results(rows).astype(dict.fromkeys(COUNTERS, "float64"))
    best = table.groupby(PLACE)["loss"].transform("min")
    table["excess"] = np.where(best > 0, table["loss"] / best.where(best > 0, 1.0) - 1, table["loss"] - best)
    how = {"excess": "mean", "worst": "max", "gap": "mean", "local_optimum": "sum", "block": "nunique"}
    of_contender = table.assign(worst=table["excess"]).groupby([*PROBLEM, *CONTENDER], dropna=False)
    summary = of_contender.agg(how | dict.fromkeys(COUNTERS, "mean")).reset_index()
    return summary.rename(columns={"local_optimum": "optima", "block": "results"})


def alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the `results` of start algorithms by themselves, each once, under the name of the start.

    The same start may have been made in many blocks: in its own, and beside swaps from other start medoids. ``start``
    is the algorithm and ``seed`` its seed, 0 for a start that takes none.
    """
    table = results(rows[(rows["phase"] == "start") & at_defaults(rows)])
    seeded = {name for name, record in algorithms().items() if record.seeded}
    seed = table["seed"].where(table["algorithm"].isin(seeded)).fillna(0)
    table = table.assign(start=table["algorithm"], seed=seed)
    return table.drop_duplicates([*PLACE, "contender", "seed"]).reset_index(drop=True)


def from_given_start(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the `results` from the start medoids of the block, one of each implementation, block and algorithm.

    Of several memory orders, which promise the same result, it is the first by name.
    """
    table = results(rows[at_defaults(rows) & from_given_medoids(rows) & (rows["phase"] != "start")])
    table = table.sort_values(["block", "contender"])
    return table.drop_duplicates(["block", "implementation", "algorithm"]).reset_index(drop=True)


def loss_ratios(rows: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Compare every result with that of a baseline algorithm of the same code base from the same start medoids.

    The frame is `results` without the baseline's own, with ``baseline_loss``, ``baseline_gap`` and ``ratio``. A block
    in which the baseline's loss is 0 has no ratio and is left out.
    """
    table = from_given_start(rows)
    lower = table[(table["algorithm"] == baseline) & (table["loss"] > 0)]
    lower = lower[["block", "implementation", "loss", "gap"]]
    lower = lower.rename(columns={"loss": "baseline_loss", "gap": "baseline_gap"})
    both = table[table["algorithm"] != baseline].merge(lower, on=["block", "implementation"])
    return both.assign(ratio=both["loss"] / both["baseline_loss"])


def random_sets(rows: pd.DataFrame, sets: int) -> pd.Series:
    """Return the mean loss of the random sets of medoids with the lowest seeds, by (dataset, k).

    Problems with fewer sets are left out.
    """
    table = alone(rows[(rows["algorithm"] == "random") & (rows["implementation"] == OURS)])
    first = table.sort_values("seed").groupby(["dataset", "k"]).head(sets)
    means = first.groupby(["dataset", "k"])["loss"].agg(["mean", "size"])
    return means.loc[means["size"] == sets, "mean"].rename("random_loss")


def promising_optima(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of algorithms that promise a single-swap local optimum, ours and those of the libraries."""
    offered = {OURS: algorithms()} | {name: library.algorithms for name, library in references().items()}
    promised = {(who, name) for who, some in offered.items() for name, one in some.items() if one.local_optimum}
    return rows[pd.MultiIndex.from_frame(rows[["implementation", "algorithm"]]).isin(promised)]


def eager_results(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one result per block and contender of `EAGER` that promises a local optimum and was checked for it.

    Only those at default parameters.
    """
    checked = (rows["status"] == "ok") & at_defaults(rows) & rows["local_optimum"].notna()
    return promising_optima(rows[checked & rows["algorithm"].isin(EAGER)]).drop_duplicates(["block", "contender"])
