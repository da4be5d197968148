"""Same matrix, same start: whether all that promise the same result give it, and it is a local optimum."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.exhibits.plots import share_matrix
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.studies.agreement.analysis import (
    DATA,
    DIFFERENT,
    EQUAL_LOSS,
    IDENTICAL,
    SWAP_BY_SWAP,
    against_pam,
    agreement_pairs,
    continuous,
    local_optima,
    promising_optima,
    summary,
    swap_by_swap,
    unstable,
)

# Whoever promises another's result, here or in a library, and whose result is promised.
PROMISED = {record.same_result_as for record in algorithms().values()} | {
    promise.same_result_as for reference in references().values() for promise in reference.algorithms.values()
}
EAGER = ("fastpam2", "fasterpam")  # promise a local optimum, though not PAM's
ALGORITHMS = tuple(
    name for name, record in algorithms().items() if name in PROMISED or record.same_result_as or name in EAGER
)

GRADES = (
    Column("compared", "compared", "integer"),
    Column("identical", IDENTICAL, "integer"),
    Column("equal loss", EQUAL_LOSS, "integer"),
    Column("different", DIFFERENT, "integer"),
    Column("swaps compared too", "swaps_compared", "integer"),
    Column("largest difference", "worst", "scientific"),
)
BLOCK = (
    Column("data", "dataset"),
    Column("n", "n", "integer"),
    Column("metric", "metric"),
    Column("dtype", "dtype"),
    Column("start", "start_title"),
    Column("seed", "seed", "integer"),
    Column("k", "k", "integer"),
)


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    dict of str to Table
    """
    pairs = _pairs(rows)
    promise = Column("promised result", "result_title")
    sides = (Column("first", "first"), Column("second", "second"))
    return {
        "grades": Table(
            with_titles(summary(pairs)),
            "Pairs that promise the same result, over all blocks (one matrix, one start, one k). "
            "Identical: the same medoid set and, where both logged it, the same sequence of swaps. Equal "
            "loss: relative difference of the losses below 1e-9. The largest difference of the losses is "
            "relative.",
            (promise, *sides, *GRADES),
            "No two contenders that promise the same result finished the same block.",
        ),
        "swap_by_swap": Table(
            with_titles(swap_by_swap(rows)),
            "FastPAM1 and Reynolds' variant against PAM of the same implementation: blocks with the same medoids and, "
            "where both logged it, the same sequence of swaps. Continuous are measured points, each there once: no two "
            "swaps are equally good. Elsewhere (whole numbers, categories, duplicates) some are, PAM does not say "
            "which of them to take, and the claim is not decided there.",
            (
                Column("data", "dataset"),
                Column("n", "n", "integer"),
                Column("metric", "metric"),
                Column("dtype", "dtype"),
                Column("continuous", "continuous"),
                Column("start", "start_title"),
                Column("implementation", "implementation"),
                Column("algorithm", "algorithm_title"),
                *GRADES,
            ),
            "No block has PAM and one of them.",
        ),
        "by_data": Table(
            with_titles(summary(pairs, ("result", "dataset", "n", "metric", "dtype", "start"))),
            "The same pairs by dataset and start.",
            (promise, *(column for column in BLOCK if column.source not in ("seed", "k")), *GRADES),
            "Nothing to compare.",
        ),
        "not_identical": Table(
            with_titles(pairs[pairs["grade"] != IDENTICAL].sort_values(["grade", "block"])),
            "Every pair that is not identical. The difference is the loss of the second minus that of the "
            "first, relative.",
            (
                promise,
                *BLOCK,
                *sides,
                Column("grade", "grade"),
                Column("difference", "difference", "scientific"),
                Column("better", "better"),
            ),
            "Every compared pair is identical.",
        ),
        "local_optima": Table(
            local_optima(promising_optima(rows)),
            "Single-swap local optimality of the results, checked by an independent kernel that evaluates "
            "all k(n - k) swaps.",
            (
                Column("contender", "contender"),
                Column("blocks finished", "blocks", "integer"),
                Column("checked", "checked", "integer"),
                Column("local optimum", "optimal", "integer"),
                Column("not a local optimum", "not_optimal", "integer"),
            ),
            "No run finished.",
        ),
        "unstable": Table(
            with_titles(unstable(rows)),
            "Defects: contenders whose own repeated runs of one block disagree.",
            (
                Column("contender", "contender"),
                *BLOCK,
                Column("runs", "runs", "integer"),
                Column("different medoid sets", "medoid_sets", "integer"),
                Column("different swap sequences", "swap_sequences", "integer"),
                Column("lowest loss", "lowest", "ratio"),
                Column("highest loss", "highest", "ratio"),
            ),
            "Every contender that ran a block more than once gave the same answer each time.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw how many compared pairs are identical, one panel for each promised result.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    dict of str to Figure
    """
    counts = summary(_pairs(rows)).rename(columns={IDENTICAL: "hits", "compared": "total"})
    if counts.empty:
        return {}
    panels = {f"promise the result of {algorithm_title(str(name))}": group for name, group in counts.groupby("result")}
    hits, total = int(counts["hits"].sum()), int(counts["total"].sum())
    return {
        "identical": Figure(
            share_matrix(panels),
            "Identical results out of compared blocks, for every pair of contenders that promises the same result.",
            f"Matrix of contenders: {hits:,} of {total:,} compared pairs are identical. The values are in "
            "the table of grades.",
        )
    }


def findings(rows: pd.DataFrame) -> list[str]:
    """Say what was found.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    list of str
        Plain sentences; empty when no run finished.
    """
    pairs = _pairs(rows)
    said = [_promise(str(result), group) for result, group in pairs.groupby("result")]
    optima = local_optima(promising_optima(rows))
    if not optima.empty:
        said += [_optimality(optima), _stability(rows)]
    return said


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    found: dict[str, list[Measure]] = {}
    for name, measure in (*_identical(rows), *_eager_optima(rows)):
        found.setdefault(name, []).append(measure)
    return found


def _identical(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Share of blocks in which an algorithm makes PAM's swaps, on continuous data."""
    for name, algorithm in SWAP_BY_SWAP.items():
        pairs = against_pam(rows, algorithm)
        for key, group in pairs.groupby([*DATA, "implementation"]):
            here = dict(zip([*DATA, "implementation"], map(str, key), strict=True))
            if not continuous(here["dataset"], here["dtype"]):
                continue
            same = (group["grade"] == IDENTICAL).groupby(group["block"]).all()
            logged = "swaps and medoids" if group["swaps_compared"].all() else "medoids"
            where = place(here, f"start {start_title(here['start'])}", k_range(group["k"]), logged)
            more = {"code_base": here["implementation"], "evidence": group}
            yield name, Measure.exact(same.mean(), len(same), where, **more)


def _eager_optima(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Share of results of eager algorithms that are local optima."""
    plain = (rows["status"] == "ok") & (rows["setting"].fillna("") == "") & rows["local_optimum"].notna()
    eager = promising_optima(rows[plain & rows["algorithm"].isin(EAGER)])
    eager = eager.drop_duplicates(["block", "contender"])
    for key, group in eager.groupby([*DATA, "implementation"]):
        here = dict(zip([*DATA, "implementation"], map(str, key), strict=True))
        said = ", ".join(algorithm_title(name) for name in sorted(set(group["algorithm"])))
        where = place(here, f"start {start_title(here['start'])}", k_range(group["k"]), said)
        lines = group[["block", *DATA, "seed", "k", "contender", "loss", "local_optimum"]]
        share = group["local_optimum"].astype(bool).mean()
        more = {"code_base": here["implementation"], "evidence": lines}
        yield "eager_local_optima", Measure.exact(share, len(group), where, **more)


def _promise(result: str, pairs: pd.DataFrame) -> str:
    counts = pairs["grade"].value_counts()
    identical, total = int(counts.get(IDENTICAL, 0)), len(pairs)
    amount = f"All {total:,}" if identical == total > 1 else f"{identical:,} of {total:,}"
    logged = int(pairs["swaps_compared"].sum())
    swaps = (
        f"and the sequence of swaps, in the {logged:,} where both logged it"
        if logged
        else "the sequence of swaps was not logged by both"
    )
    said = (
        f"{amount} compared pairs that promise the result of {algorithm_title(result)} are identical (the "
        f"same medoid set; {swaps})"
    )
    if identical < total:
        worst = pairs["difference"].abs().max()
        said += (
            f"; {int(counts.get(EQUAL_LOSS, 0)):,} have equal loss and {int(counts.get(DIFFERENT, 0)):,} "
            f"are different, by up to {worst:.1e} of the loss"
        )
    return said + "."


def _optimality(optima: pd.DataFrame) -> str:
    checked, optimal = int(optima["checked"].sum()), int(optima["optimal"].sum())
    if not checked:
        return "No result that promises it was checked for single-swap local optimality."
    if optimal == checked:
        return f"All {checked:,} results that promise it are single-swap local optima."
    failing = optima[optima["not_optimal"] > 0]
    who = ", ".join(f"{line.contender} ({line.not_optimal} of {line.checked})" for line in failing.itertuples())
    return f"{checked - optimal:,} of {checked:,} results that promise it are not single-swap local optima: {who}."


def _stability(rows: pd.DataFrame) -> str:
    defects = unstable(rows)
    if defects.empty:
        return "No contender contradicted itself in repeated runs of one block."
    who = ", ".join(
        f"{name} ({counted(count, 'block')})"
        for name, count in defects["contender"].value_counts().sort_index().items()
    )
    return f"Defect: repeated runs of one block gave different answers for {who}."


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    promised = rows.dropna(subset="result_class").drop_duplicates("contender")
    return agreement_pairs(rows, dict(zip(promised["contender"], promised["result_class"], strict=True)))
