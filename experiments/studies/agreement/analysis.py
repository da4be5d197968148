"""Do contenders that promise the same result give it? Three grades, stability, local optimality.

identical   the same set of medoids and, where both logged it, the same sequence of swaps
equal loss  other medoids or other swaps, but the relative difference of the losses is below `TOLERANCE`: a tie
different   anything else, with the size of the difference and which of the two is better
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.frames import gathered, groups
from kmedoids_bench.experiments.analysis.losses import eager_results, promising_optima
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place, title_of, titles_of
from kmedoids_bench.experiments.rows.keys import CELL, LINE
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids, with_medoid_sets

IDENTICAL, EQUAL_LOSS, DIFFERENT = GRADES = ("identical", "equal loss", "different")
TOLERANCE = 1e-9
SWAP_BY_SWAP = {"fastpam1_identical": "fastpam1", "reynolds_identical": "reynolds"}  # measure to who makes PAM's swaps
CODE_BASE = [*LINE, "implementation"]
COUNTS = ["n_swaps", "n_passes"]


@dataclass(frozen=True)
class AgreementResult:
    """The result of the study."""

    pairs: pd.DataFrame  # as `agreement_pairs` returns them, of all contenders that promise the same result
    grades: pd.DataFrame  # as `count_grades` counts them, by pair of contenders
    by_data: pd.DataFrame  # as `count_grades` counts them, by dataset and start
    swap_by_swap: pd.DataFrame  # grades of `SWAP_BY_SWAP` by `CODE_BASE`, ``algorithm``, ``continuous`` ("yes", "no")
    optima: pd.DataFrame  # as `local_optima` returns them
    unstable: pd.DataFrame  # as `unstable` returns it
    measures: Mapping[str, list[Measure]]  # shares of identical results on continuous data, and of local optima


def analyse(rows: pd.DataFrame) -> AgreementResult:
    """Compare all results that promise to be the same, block by block."""
    promised = rows.dropna(subset="result_class").drop_duplicates("contender")
    pairs = agreement_pairs(rows, dict(zip(promised["contender"], promised["result_class"], strict=True)))
    against_pam = {algorithm: same_as(rows, algorithm, "pam") for algorithm in SWAP_BY_SWAP.values()}
    identical = ((name, one) for name, algorithm in SWAP_BY_SWAP.items() for one in _identical(against_pam[algorithm]))
    optimal = (("eager_local_optima", one) for one in _optimal(eager_results(rows)))
    return AgreementResult(
        pairs,
        count_grades(pairs, ["result", "first", "second"]),
        count_grades(pairs, ["result", *LINE]),
        swap_by_swap(against_pam),
        local_optima(promising_optima(rows)),
        unstable(rows),
        gathered([*identical, *optimal]),
    )


def _identical(pairs: pd.DataFrame) -> Iterator[Measure]:
    for line, group in groups(pairs, CODE_BASE):
        if continuous(line["dataset"], line["dtype"]):
            same = (group["grade"] == IDENTICAL).groupby(group["block"]).all()
            compared = "swaps and medoids" if group["swaps_compared"].all() else "medoids"
            where = place(line, f"start {title_of(line['start'])}", k_range(group["k"]), compared)
            yield Measure.exact(same.mean(), len(same), where, code_base=line["implementation"], evidence=group)


def _optimal(eager: pd.DataFrame) -> Iterator[Measure]:
    for line, group in groups(eager, CODE_BASE):
        where = place(line, f"start {title_of(line['start'])}", k_range(group["k"]), titles_of(group["algorithm"]))
        evidence = group[["block", *LINE, "seed", "k", "contender", "loss", "local_optimum"]]
        share = group["local_optimum"].astype(bool).mean()
        yield Measure.exact(share, len(group), where, code_base=line["implementation"], evidence=evidence)


def agreement_pairs(rows: pd.DataFrame, classes: Mapping[str, str]) -> pd.DataFrame:
    """Grade every pair of contenders that promise each other's result, block by block.

    A contender takes part with its first finished run in a block; `unstable` finds those whose runs differ. `classes`
    maps it to the name of its result: contenders with the same name promise the same result from the same start.

    One line per block and pair: the block's `CELL`, ``result``, ``first``, ``second``, ``grade``, ``swaps_compared``
    (bool), ``difference`` (loss of the second minus loss of the first, over the smaller), ``better`` (a contender, or
    missing), ``same_n_swaps`` and ``same_n_passes`` (1.0 or 0.0; NaN where one of the two does not count them).
    """
    results = _results(rows)
    results["result"] = results["contender"].map(dict(classes))
    results = results.dropna(subset="result").drop_duplicates(["block", "contender"])
    compared = ["contender", "medoid_set", "swaps_digest", "loss", *COUNTS]
    second = results[["block", "result", *compared]]
    pairs = results[[*CELL, "block", "result", *compared]].merge(second, on=["block", "result"], suffixes=("", "_2"))
    return _graded(pairs[pairs["contender"] < pairs["contender_2"]].reset_index(drop=True))


def same_as(rows: pd.DataFrame, challenger: str, baseline: str) -> pd.DataFrame:
    """Grade an algorithm against another of the same implementation and memory order, block by block.

    The lines are as `agreement_pairs` returns them, with ``implementation``.
    """
    comparable = at_defaults(rows) & from_given_medoids(rows) & (rows["tier"] != "tuned")
    both = rows[comparable & rows["algorithm"].isin((challenger, baseline))]
    code_base = both["implementation"] + "/" + both["order"]
    pairs = agreement_pairs(both, dict(zip(both["contender"], code_base, strict=True)))
    return pairs.assign(implementation=pairs["result"].str.split("/").str[0])


def count_grades(pairs: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Count the pairs, in all and of each grade; ``worst`` is the largest relative difference of their losses."""
    graded = {grade: (pairs["grade"] == grade).astype(int) for grade in GRADES}
    grouped = pairs.assign(worst=pairs["difference"].abs(), compared=1, **graded).groupby(by, dropna=False)
    return grouped[["compared", *GRADES, "swaps_compared"]].sum().join(grouped["worst"].max()).reset_index()


def continuous(dataset: str, dtype: str) -> bool:
    """Whether ties among swaps are not expected: measured numbers, and no object occurs twice."""
    record = datasets().get(dataset)
    measured = record is None or (record.kind in ("points", "series") and "duplicates" not in record.facts)
    return measured and dtype.startswith("float")


def swap_by_swap(against_pam: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count how often the algorithms that promise PAM's swaps make them, in every code base."""
    table = pd.concat(
        [count_grades(pairs, CODE_BASE).assign(algorithm=algorithm) for algorithm, pairs in against_pam.items()],
        ignore_index=True,
    )
    kinds = ["yes" if continuous(*names) else "no" for names in zip(table["dataset"], table["dtype"], strict=True)]
    return table.assign(continuous=pd.Series(kinds, dtype="str"))


def unstable(rows: pd.DataFrame) -> pd.DataFrame:
    """Find contenders whose repeated runs of one block disagree.

    One line per block and such contender: the block's `CELL`, ``contender``, ``runs``, ``medoid_sets`` and
    ``swap_sequences`` (numbers of different ones), ``lowest`` and ``highest`` loss.
    """
    different = {"medoid_sets": ("medoid_set", "nunique"), "swap_sequences": ("swaps_digest", "nunique")}
    losses = {"lowest": ("loss", "min"), "highest": ("loss", "max")}
    blocks = _results(rows).groupby(["contender", "block", *CELL], dropna=False)
    repeated = blocks.agg(runs=("medoid_set", "size"), **different, **losses).reset_index()
    return repeated[(repeated[[*different]] > 1).any(axis=1)].reset_index(drop=True)


def local_optima(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the blocks in which each contender ended in a single-swap local optimum.

    The columns are ``contender``, ``blocks`` (with a finished run), ``checked``, ``optimal``, ``not_optimal``. A
    block counts as not optimal if any of its runs is not.
    """
    blocks = _results(rows).groupby(["contender", "block"])["local_optimum"].min().reset_index()
    blocks["checked"] = blocks["local_optimum"].notna()
    blocks["optimal"] = blocks["local_optimum"].fillna(False)
    sums = {"checked": ("checked", "sum"), "optimal": ("optimal", "sum")}
    counts = blocks.groupby("contender").agg(blocks=("block", "size"), **sums)
    counts["not_optimal"] = counts["checked"] - counts["optimal"]
    return counts.astype("int64").reset_index()


def _results(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the finished runs, the earliest of a contender and block first."""
    return with_medoid_sets(rows).sort_values(["block", "contender", "time", "round"], kind="stable")


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
    named = pairs[[*CELL, "block", "result"]].assign(first=pairs["contender"], second=pairs["contender_2"])
    counts = {f"same_{name}": _equal(pairs[name], pairs[f"{name}_2"]) for name in COUNTS}
    return named.assign(grade=grade, swaps_compared=swaps_compared, difference=difference, better=better, **counts)


def _equal(first: pd.Series, second: pd.Series) -> pd.Series:
    return (first == second).astype("float64").where(first.notna() & second.notna())
