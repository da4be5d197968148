"""Runs of ours that were checked swap by swap, and results on data in which every point occurs twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import gathered, groups
from kmedoids_bench.experiments.analysis.losses import eager_results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place, titles_of
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
    optima: pd.DataFrame  # on `DUPLICATES`: ``results`` and how many are ``optimal``, by dataset, n and contender
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> ExactnessResult:
    """Gather what was checked swap by swap, and the results on data with duplicates."""
    runs = checked(rows)
    falls, replayed, off = runs["strictly_decreasing"].astype(bool), runs["surplus"].notna(), runs["surplus"].abs()
    sums = {"swaps": ("n_swaps", "sum"), "falls": ("falls", "sum"), "replayed": ("replayed", "sum")}
    largest = {name: (name, "max") for name in ("loss_error", "decomposition_error", "off")}
    by_algorithm = runs.assign(falls=falls, replayed=replayed, off=off).groupby([*FACET, "algorithm"])
    duplicates = eager_results(rows[rows["dataset"] == DUPLICATES])
    optimal = duplicates.assign(optimal=duplicates["local_optimum"].astype(bool))
    optima = optimal.groupby(["dataset", "n", "contender", "implementation", "algorithm"])
    return ExactnessResult(
        runs,
        by_algorithm.agg(runs=("block", "size"), **sums, **largest).reset_index(),
        optima.agg(results=("block", "size"), optimal=("optimal", "sum")).reset_index(),
        gathered((*_of_swaps(runs), *_of_duplicates(duplicates))),
    )


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
    surplus = runs["evaluations_after_last_swap"].astype("float64") - others
    return runs.assign(surplus=surplus).astype({"loss_error": "float64", "decomposition_error": "float64"})


def _of_swaps(runs: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Measure what is about every swap; only our runs can show it."""
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
        where = place(here, titles_of(group["algorithm"]), k_range(group["k"]))
        share = group["local_optimum"].astype(bool).mean()
        more = {"code_base": here["implementation"], "evidence": group[[*EVIDENCE, "local_optimum"]]}
        yield "local_optima_of_duplicates", Measure.exact(share, len(group), where, **more)
