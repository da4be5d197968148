"""Exact, swap by swap: the arithmetic, the fall of the loss, the end of FasterPAM, and duplicates."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.rows.keys import FACET
from kmedoids_bench.experiments.studies.agreement.exhibits import promising_optima

ALGORITHMS = tuple(name for name, record in algorithms().items() if record.kind == "swap" and record.single_swaps)
EAGER = ("fastpam2", "fasterpam")
DUPLICATES = "digits_twice"  # every point is there twice
CHECKS = ("strictly_decreasing", "loss_error", "decomposition_error", "evaluations_after_last_swap")
EVIDENCE = ["block", *FACET, "start", "seed", "k", "contender"]


def checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the runs that were checked swap by swap.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        One line per block and contender with a column for each of `CHECKS`; ``surplus`` is the number of candidates
        after the last swap less those that are no medoids.
    """
    has_facts = [isinstance(facts, dict) and bool(facts) for facts in rows["facts"]]
    done = rows[(rows["status"] == "ok") & pd.Series(has_facts, index=rows.index, dtype="bool")]
    done = done.drop_duplicates(["block", "contender"])
    facts = pd.DataFrame(list(done["facts"]), index=done.index, columns=list(CHECKS))
    found = pd.concat([done, facts], axis=1)
    left = found["evaluations_after_last_swap"].astype("float64")
    others = found["n"].astype("float64") - found["k"].astype("float64")
    return found.assign(
        surplus=left - others,
        loss_error=found["loss_error"].astype("float64"),
        decomposition_error=found["decomposition_error"].astype("float64"),
    )


def of_duplicates(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the results of eager algorithms on data where every point is there twice, those that promise an optimum."""
    twice = rows[(rows["dataset"] == DUPLICATES) & rows["algorithm"].isin(EAGER) & (rows["status"] == "ok")]
    twice = promising_optima(twice[twice["setting"].fillna("") == ""])
    return twice[twice["local_optimum"].notna()].drop_duplicates(["block", "contender"])


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by. The first three are about every swap, so only ours can show them.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    found: dict[str, list[Measure]] = {}
    for name, measure in (*_of_swaps(checked(rows)), *_of_duplicates(rows)):
        found.setdefault(name, []).append(measure)
    return found


def _of_swaps(lines: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    for key, group in lines.groupby(list(FACET)):
        where = place(dict(zip(FACET, key, strict=True)), k_range(group["k"]))
        evidence = group[[*EVIDENCE, *CHECKS]]
        worst = group["decomposition_error"].max()
        yield "decomposition_error", Measure.exact(worst, len(group), where, evidence=evidence)
        share = group["strictly_decreasing"].astype(bool).mean()
        yield "strictly_decreasing", Measure.exact(share, len(group), where, evidence=evidence)
        eager = group[group["algorithm"] == "fasterpam"]
        if len(eager):
            # A run that the replay does not reproduce is no evidence, and must not pass for one.
            off = eager["surplus"].fillna(float("inf"))
            furthest = float(off.iloc[int(off.abs().to_numpy().argmax())])
            yield (
                "evaluations_after_last_swap",
                Measure.exact(furthest, len(eager), where, evidence=eager[[*EVIDENCE, *CHECKS, "surplus"]]),
            )


def _of_duplicates(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    twice = of_duplicates(rows)
    for key, group in twice.groupby([*FACET, "implementation"]):
        said = ", ".join(algorithm_title(name) for name in sorted(set(group["algorithm"])))
        where = place(dict(zip(FACET, key, strict=False)), said, k_range(group["k"]))
        share = group["local_optimum"].astype(bool).mean()
        lines = group[[*EVIDENCE, "local_optimum"]]
        more = {"code_base": key[-1], "evidence": lines}
        yield "local_optima_of_duplicates", Measure.exact(share, len(group), where, **more)


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    lines = checked(rows)
    lines = lines.assign(
        falls=lines["strictly_decreasing"].astype(bool), replayed=lines["surplus"].notna(), off=lines["surplus"].abs()
    )
    summary = (
        lines.groupby(["dataset", "n", "metric", "dtype", "algorithm"])
        .agg(
            runs=("block", "size"),
            swaps=("n_swaps", "sum"),
            falls=("falls", "sum"),
            loss_error=("loss_error", "max"),
            decomposition_error=("decomposition_error", "max"),
            replayed=("replayed", "sum"),
            off=("off", "max"),
        )
        .reset_index()
    )
    twice = of_duplicates(rows)
    optima = (
        twice.assign(optimal=twice["local_optimum"].astype(bool))
        .groupby(["dataset", "n", "contender", "implementation", "algorithm"])
        .agg(results=("block", "size"), optimal=("optimal", "sum"))
        .reset_index()
    )
    return {
        "swaps": Table(
            in_reading_order(summary),
            "Runs of this project checked swap by swap, against sums made in numpy from the definitions: runs in "
            "which the loss falls with every swap; largest error of the logged losses and of the decomposition of a "
            "change of the loss, over the loss; runs of FasterPAM that a replay from the definition reproduces, and "
            "the most that the number of candidates after the last swap differs from n - k.",
            (
                Column("data", "dataset"),
                Column("n", "n", "integer"),
                Column("dtype", "dtype"),
                Column("algorithm", "algorithm_title"),
                Column("runs", "runs", "integer"),
                Column("swaps", "swaps", "integer"),
                Column("loss always falls", "falls", "integer"),
                Column("error of logged losses", "loss_error", "scientific"),
                Column("error of decomposition", "decomposition_error", "scientific"),
                Column("replayed", "replayed", "integer"),
                Column("off n - k", "off", "integer"),
            ),
            "No run was checked swap by swap.",
        ),
        "duplicates": Table(
            in_reading_order(optima),
            "Results of eager algorithms where every point is there twice, and how many are single-swap local optima.",
            (
                Column("data", "dataset"),
                Column("n", "n", "integer"),
                Column("contender", "contender"),
                Column("results", "results", "integer"),
                Column("local optima", "optimal", "integer"),
            ),
            "Data with duplicates were not asked for.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw nothing: what holds always is a number.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    dict
        Empty.
    """
    return {}


def findings(rows: pd.DataFrame) -> list[str]:
    """Say whether the arithmetic is exact and the end is right.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    lines, twice, said = checked(rows), of_duplicates(rows), []
    if len(lines):
        falls, swaps = int(lines["strictly_decreasing"].astype(bool).sum()), int(lines["n_swaps"].sum())
        said.append(
            f"The loss fell with every swap in {falls:,} of {len(lines):,} runs ({swaps:,} swaps); "
            f"the decomposition of its change was off by at most {lines['decomposition_error'].max():.1e} of the loss."
        )
    eager = lines[lines["algorithm"] == "fasterpam"]
    if len(eager):
        exact = int((eager["surplus"] == 0).sum())
        said.append(
            f"In {exact:,} of {len(eager):,} runs FasterPAM evaluated exactly the n - k objects that are no medoids "
            "after its last swap, as a replay from the definition does."
        )
    for key, group in twice.groupby(["implementation", "algorithm"]):
        implementation, algorithm = map(str, key)
        optimal = int(group["local_optimum"].astype(bool).sum())
        said.append(
            f"Where every point is there twice, {optimal:,} of {len(group):,} results of {algorithm_title(algorithm)} "
            f"of {implementation} are single-swap local optima."
        )
    return said
