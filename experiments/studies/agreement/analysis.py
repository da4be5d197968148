"""Do contenders that promise the same result give it? Three grades, stability, local optimality.

identical   the same set of medoids and, where both logged it, the same sequence of swaps
equal loss  other medoids or other swaps, but the losses differ by less than `TOLERANCE`, relatively: a tie
different   anything else, with the size of the difference and who is better
"""

from collections.abc import Mapping

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.rows.keys import OURS

IDENTICAL, EQUAL_LOSS, DIFFERENT = GRADES = ("identical", "equal loss", "different")
TOLERANCE = 1e-9
DATA = ["dataset", "n", "metric", "dtype", "start"]
SWAP_BY_SWAP = {"fastpam1_identical": "fastpam1", "reynolds_identical": "reynolds"}  # which make PAM's swaps
CELL = ("dataset", "n", "metric", "k", "dtype", "start", "seed")


def agreement_pairs(rows: pd.DataFrame, classes: Mapping[str, str]) -> pd.DataFrame:
    """Grade every pair of contenders that promise one another's result, block by block.

    A contender takes part with its first finished run in a block; `unstable` finds the others.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.
    classes : mapping
        Contender to the name of its result: contenders with the same name promise the same result from the
        same start.

    Returns
    -------
    DataFrame
        One line per block and pair: the block's identity, ``result``, ``first``, ``second``, ``grade``,
        ``swaps_compared`` (bool), ``difference`` (loss of the second minus loss of the first, relative to
        the smaller), ``better`` (a contender, or missing).
    """
    results = _results(rows)
    results["result"] = results["contender"].map(dict(classes))
    results = results.dropna(subset="result").drop_duplicates(["block", "contender"])
    sides = results[["block", "result", "contender", "medoid_set", "swaps_digest", "loss"]]
    pairs = results[[*CELL, "block", "result", "contender", "medoid_set", "swaps_digest", "loss"]].merge(
        sides, on=["block", "result"], suffixes=("", "_2")
    )
    pairs = pairs[pairs["contender"] < pairs["contender_2"]].reset_index(drop=True)
    return _graded(pairs)


def same_as(rows: pd.DataFrame, challenger: str, baseline: str) -> pd.DataFrame:
    """Grade the results of one algorithm against another's of the same code base, block by block.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.
    challenger, baseline : str
        Algorithms.

    Returns
    -------
    DataFrame
        As `agreement_pairs` returns them, with ``implementation``; runs in several memory orders are several lines.
    """
    plain = (rows["setting"].fillna("") == "") & (rows["own_start"].fillna("") == "")
    both = rows[plain & rows["algorithm"].isin((challenger, baseline)) & (rows["tier"] != "tuned")]
    bases = both["implementation"] + "/" + both["order"]
    pairs = agreement_pairs(both, dict(zip(both["contender"], bases, strict=True)))
    return pairs.assign(implementation=pairs["result"].str.split("/").str[0])


def summary(pairs: pd.DataFrame, by: tuple[str, ...] = ("result", "first", "second")) -> pd.DataFrame:
    """Count the grades.

    Parameters
    ----------
    pairs : DataFrame
        As `agreement_pairs` returns them.
    by : tuple of str
        Columns to count for.

    Returns
    -------
    DataFrame
        Columns `by`, ``compared``, one per grade, ``swaps_compared``, ``worst`` (largest relative difference
        of the losses).
    """
    counted = pairs.assign(worst=pairs["difference"].abs(), compared=1)
    for grade in GRADES:
        counted[grade] = (pairs["grade"] == grade).astype(int)
    groups = counted.groupby(list(by), sort=True, dropna=False)
    sums = groups[["compared", *GRADES, "swaps_compared"]].sum()
    return sums.join(groups["worst"].max()).reset_index()


def continuous(dataset: str, dtype: str) -> bool:
    """Whether ties among swaps are not to be expected: measured numbers, none of them there twice."""
    record = datasets().get(dataset)
    known = record is None or (record.kind in ("points", "series") and "duplicates" not in record.facts)
    return known and dtype.startswith("float")


def against_pam(rows: pd.DataFrame, algorithm: str) -> pd.DataFrame:
    """Grade the results of an algorithm against PAM's of the same code base, as `same_as`."""
    return same_as(rows, algorithm, "pam")


def swap_by_swap(rows: pd.DataFrame) -> pd.DataFrame:
    """Count how often the algorithms that promise PAM's swaps make them, in every code base.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `summary`, by `DATA`, ``implementation`` and ``algorithm``, with ``continuous`` ("yes" or "no").
    """
    keys = [*DATA, "implementation"]
    frames = [summary(against_pam(rows, name), tuple(keys)).assign(algorithm=name) for name in SWAP_BY_SWAP.values()]
    table = pd.concat(frames, ignore_index=True)
    kinds = [
        "yes" if continuous(dataset, dtype) else "no"
        for dataset, dtype in zip(table["dataset"], table["dtype"], strict=True)
    ]
    return table.assign(continuous=pd.Series(kinds, dtype="str"))


def unstable(rows: pd.DataFrame) -> pd.DataFrame:
    """Find contenders whose own repeated runs of one block disagree.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        One line per block and contender with more than one answer: the block's identity, ``contender``,
        ``runs``, ``medoid_sets``, ``swap_sequences`` (numbers of different ones), ``lowest`` and ``highest``
        loss. Empty when every contender always repeats itself.
    """
    groups = _results(rows).groupby(["contender", "block", *CELL], dropna=False, sort=True)
    repeated = groups.agg(
        runs=("medoid_set", "size"),
        medoid_sets=("medoid_set", "nunique"),
        swap_sequences=("swaps_digest", "nunique"),
        lowest=("loss", "min"),
        highest=("loss", "max"),
    ).reset_index()
    return repeated[(repeated["medoid_sets"] > 1) | (repeated["swap_sequences"] > 1)].reset_index(drop=True)


def local_optima(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the blocks in which each contender ended in a single-swap local optimum.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status; ``local_optimum`` is missing where it was not checked.

    Returns
    -------
    DataFrame
        Columns ``contender``, ``blocks`` (with a finished run), ``checked``, ``optimal``, ``not_optimal``. A
        block counts as not optimal when any of its runs ended elsewhere.
    """
    blocks = _results(rows).groupby(["contender", "block"])["local_optimum"].min().reset_index()
    blocks["checked"] = blocks["local_optimum"].notna()
    blocks["optimal"] = blocks["local_optimum"].fillna(False)
    counts = blocks.groupby("contender").agg(
        blocks=("block", "size"), checked=("checked", "sum"), optimal=("optimal", "sum")
    )
    counts["not_optimal"] = counts["checked"] - counts["optimal"]
    return counts.astype("int64").reset_index()


def promising_optima(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of contenders that promise to end in a single-swap local optimum.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
    """
    promised = {(OURS, name) for name, record in algorithms().items() if record.local_optimum} | {
        (reference.name, name)
        for reference in references().values()
        for name, promise in reference.algorithms.items()
        if promise.local_optimum
    }
    return rows[pd.MultiIndex.from_frame(rows[["implementation", "algorithm"]]).isin(promised)]


def _results(rows: pd.DataFrame) -> pd.DataFrame:
    """Finished runs, earliest first, with the medoids as a text that is equal when the sets are equal."""
    done = rows[(rows["status"] == "ok") & rows["medoids"].notna()].sort_values(
        ["block", "contender", "time", "round"], kind="stable"
    )
    return done.assign(medoid_set=[" ".join(map(str, sorted(medoids))) for medoids in done["medoids"]])


def _graded(pairs: pd.DataFrame) -> pd.DataFrame:
    smaller = pairs[["loss", "loss_2"]].min(axis=1)
    gap = pairs["loss_2"] - pairs["loss"]
    difference = (gap / smaller.where(smaller > 0, 1.0)).astype("float64")
    swaps_compared = pairs["swaps_digest"].notna() & pairs["swaps_digest_2"].notna()
    same_swaps = ~swaps_compared | (pairs["swaps_digest"] == pairs["swaps_digest_2"])
    identical = (pairs["medoid_set"] == pairs["medoid_set_2"]) & same_swaps
    tied = difference.abs() < TOLERANCE
    grade = pd.Series(DIFFERENT, index=pairs.index, dtype="str").mask(tied, EQUAL_LOSS).mask(identical, IDENTICAL)
    better = pairs["contender"].where(difference > 0, pairs["contender_2"]).where(grade == DIFFERENT)
    out = pairs[[*CELL, "block", "result"]].copy()
    return out.assign(
        first=pairs["contender"],
        second=pairs["contender_2"],
        grade=grade,
        swaps_compared=swaps_compared,
        difference=difference,
        better=better,
    )


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
