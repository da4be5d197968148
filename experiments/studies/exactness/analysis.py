"""Runs of ours that were checked swap by swap, and results on data in which every point occurs twice."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.frames import by_name, groups
from kmedoids_bench.experiments.analysis.local_optima import eager_results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place
from kmedoids_bench.experiments.rows.keys import FACET

DUPLICATES = "digits_twice"  # every point occurs twice
CHECKS = ["strictly_decreasing", "loss_error", "decomposition_error", "evaluations_after_last_swap"]
EVIDENCE = ["block", *FACET, "start", "seed", "k", "contender"]


@dataclass(frozen=True)
class ExactnessResult:
    """The result of the study."""

    runs: pd.DataFrame  # as `checked` returns them
    # `FACET`, ``algorithm``, ``runs``, ``swaps``, ``falls`` and ``replayed`` (runs), and the largest ``loss_error``,
    # ``decomposition_error`` and ``off`` (from n - k candidates).
    by_algorithm: pd.DataFrame
    duplicates: pd.DataFrame  # rows of eager algorithms on `DUPLICATES`, as `eager_results` returns them
    optima: pd.DataFrame  # their ``results`` and how many are ``optimal``, by dataset, n and contender


def analyse(rows: pd.DataFrame) -> ExactnessResult:
    """Gather what was checked swap by swap, and the results on data with duplicates."""
    runs = checked(rows)
    by_algorithm = (
        runs.assign(
            falls=runs["strictly_decreasing"].astype(bool), replayed=runs["surplus"].notna(), off=runs["surplus"].abs()
        )
        .groupby([*FACET, "algorithm"])
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
    duplicates = eager_results(rows[rows["dataset"] == DUPLICATES])
    optima = (
        duplicates.assign(optimal=duplicates["local_optimum"].astype(bool))
        .groupby(["dataset", "n", "contender", "implementation", "algorithm"])
        .agg(results=("block", "size"), optimal=("optimal", "sum"))
        .reset_index()
    )
    return ExactnessResult(runs, by_algorithm, duplicates, optima)


def checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the runs that were checked swap by swap.

    One line per block and contender with a column for each of `CHECKS`; ``surplus`` is the number of candidates
    after the last swap minus the number of objects that are not medoids.
    """
    has_facts = [isinstance(facts, dict) and bool(facts) for facts in rows["facts"]]
    done = rows[(rows["status"] == "ok") & pd.Series(has_facts, index=rows.index, dtype="bool")]
    done = done.drop_duplicates(["block", "contender"])
    runs = pd.concat([done, pd.DataFrame(list(done["facts"]), index=done.index, columns=CHECKS)], axis=1)
    others = runs["n"].astype("float64") - runs["k"].astype("float64")
    return runs.assign(
        surplus=runs["evaluations_after_last_swap"].astype("float64") - others,
        loss_error=runs["loss_error"].astype("float64"),
        decomposition_error=runs["decomposition_error"].astype("float64"),
    )


def measures(result: ExactnessResult) -> dict[str, list[Measure]]:
    """Compute what claims are decided by. The first three are about every swap, so only our runs can show them."""
    return by_name((*_of_swaps(result.runs), *_of_duplicates(result.duplicates)))


def _of_swaps(runs: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    for here, group in groups(runs, FACET):
        where = place(here, k_range(group["k"]))
        evidence = group[[*EVIDENCE, *CHECKS]]
        worst, share = group["decomposition_error"].max(), group["strictly_decreasing"].astype(bool).mean()
        yield "decomposition_error", Measure.exact(worst, len(group), where, evidence=evidence)
        yield "strictly_decreasing", Measure.exact(share, len(group), where, evidence=evidence)
        eager = group[group["algorithm"] == "fasterpam"]
        if len(eager):
            # A run that the replay does not reproduce is no evidence and must not pass as such.
            off = eager["surplus"].fillna(np.inf)
            furthest = float(off.iloc[int(off.abs().to_numpy().argmax())])
            evidence = eager[[*EVIDENCE, *CHECKS, "surplus"]]
            yield "evaluations_after_last_swap", Measure.exact(furthest, len(eager), where, evidence=evidence)


def _of_duplicates(duplicates: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    for here, group in groups(duplicates, [*FACET, "implementation"]):
        titles = ", ".join(algorithms()[name].title for name in sorted(set(group["algorithm"])))
        where, share = place(here, titles, k_range(group["k"])), group["local_optimum"].astype(bool).mean()
        more = {"code_base": here["implementation"], "evidence": group[[*EVIDENCE, "local_optimum"]]}
        yield "local_optima_of_duplicates", Measure.exact(share, len(group), where, **more)
