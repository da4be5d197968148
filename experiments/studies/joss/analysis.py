"""The table of the companion paper: time over n², losses and passes of every implementation, and what follows."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import of_pairs
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import Contest, by, contests, evidence, times_longer, where
from kmedoids_bench.experiments.analysis.ratios import pair_up
from kmedoids_bench.experiments.analysis.speedups import Cell, cells, mark_faster_order
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import COMPARABLE, PLACE, PROBLEM

WHO = ["implementation", "algorithm"]
# Of the calls that an implementation can make, the first of these is shown: swaps alone if they can be timed apart.
CALLS = ("swap", "total", "total own")
JAVA, RUST = "elki", "kmedoids_055"


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Decide what the companion paper claims.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    measured = cells(rows)
    return {
        "matrix_share": matrix_shares(rows),
        "pam_over_alternating": pam_over_alternating(measured),
        "alternating_over_fasterpam": times_longer(
            shown_calls(
                one
                for one in contests(measured, _plain("alternating"), _plain("fasterpam"), at_best=True)
                if one.line["start"] == "random"
            )
        ),
        "java_over_rust": java_over_rust(measured),
    }


def _plain(algorithm: str) -> dict:
    return {"algorithm": algorithm, "setting": ""}


def call_of(line) -> str:
    """Which of `CALLS` a line of times is about."""
    return f"{line['phase']} own" if line["own_start"] else str(line["phase"])


def shown_calls(found: Iterable[Contest]) -> list[Contest]:
    """Keep for each place and code base the contests of the first of `CALLS` it has."""
    kept = []
    for group in by(found, (*PLACE, "implementation")).values():
        ranks = [CALLS.index(call_of(one.line)) for one in group if call_of(one.line) in CALLS]
        kept += [one for one in group if ranks and call_of(one.line) == CALLS[min(ranks)]]
    return kept


def pam_over_alternating(measured: Sequence[Cell]) -> list[Measure]:
    """Time of PAM from BUILD over that of Alternating from random starts: of other blocks, so not pair by pair."""
    pam = [one for one in contests(measured, _plain("pam")) if one.line["start"] == "build"]
    alternating = [one for one in contests(measured, _plain("alternating")) if one.line["start"] == "random"]
    keys = (*PLACE, "implementation")
    others = by(shown_calls(alternating), keys)
    lines = []
    for key, group in by(shown_calls(pam), keys).items():
        for slow, fast in zip(group, others.get(key, ()), strict=False):
            value = float(np.exp(np.median(slow.pairs.logs) - np.median(fast.pairs.logs)))
            runs = [len(one.pairs.logs) for one in (slow, fast)]
            logs = slow.pairs.replicates(0) - fast.pairs.replicates(1)
            interval = of_pairs(runs, lambda logs=logs: logs)
            lines.append(Measure(value, interval, sum(runs), where([slow]), str(key[-1]), evidence([slow, fast])))
    return lines


def java_over_rust(measured: Sequence[Cell]) -> list[Measure]:
    """Time of the Java implementation's FasterPAM over that of the Rust implementation's, each at its best."""
    found = []
    for cell in measured:
        best = {
            line["implementation"]: line
            for line in cell.times.values()
            if line["faster_order"] and (line["algorithm"], line["phase"], line["setting"]) == ("fasterpam", "swap", "")
        }
        if JAVA in best and RUST in best:
            pairs = pair_up(cell.seconds, best[RUST]["contender"], best[JAVA]["contender"])
            if pairs is not None:
                line = best[JAVA] | {"implementation": f"{JAVA}/{RUST}"}
                found.append(Contest(line, pairs, best[RUST]["contender"], tuple(cell.seconds.index.unique("block"))))
    return times_longer(found)


def matrix_shares(rows: pd.DataFrame) -> list[Measure]:
    """Time of the matrix over that of the matrix, a random start and FasterPAM together.

    The matrix is ours for all, and was computed once: the interval is about the calls alone.
    """
    called = rows[
        (rows["algorithm"] == "fasterpam")
        & (rows["start"] == "random")
        & (rows["setting"].fillna("") == "")
        & (rows["status"] == "ok")
        & rows["seconds"].notna()
        & rows["matrix_seconds"].notna()
    ]
    # A start at random takes no time beside the swaps: swaps alone stand for who cannot choose it in the same call.
    own = called["own_start"].fillna("") == "random"
    called = called.assign(rank=np.where(own, 0, np.where(called["phase"] == "swap", 1, 2)))
    keys = [*PLACE, "implementation"]
    called = called[called["rank"] == called.groupby(keys, dropna=False)["rank"].transform("min")]
    per_block = (
        called.groupby([*keys, "contender", "block"], dropna=False)[["seconds", "matrix_seconds"]]
        .median()
        .reset_index()
    )
    fastest = per_block.groupby([*keys, "contender"], dropna=False)["seconds"].median().reset_index()
    fastest = fastest.sort_values("seconds", kind="stable").drop_duplicates(keys)[[*keys, "contender"]]
    kept = per_block.merge(fastest, on=[*keys, "contender"])
    kept["share"] = kept["matrix_seconds"] / (kept["matrix_seconds"] + kept["seconds"])
    lines = []
    for key, group in kept.groupby(keys, dropna=False):
        first = group.iloc[0]
        said = place({name: first[name] for name in PLACE}, f"our matrix in {first['matrix_seconds']:.2g} s")
        lines.append(Measure.of_sample(group["share"].tolist(), said, code_base=str(key[-1]), evidence=group))
    return lines


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Put every implementation of every algorithm on one line for each start.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `times` of the first of `CALLS` and of the faster memory order, with ``per_n2`` (seconds over n²), ``mean_loss``
        and ``best_loss`` over the seeds, ``seeds``.
    """
    found = mark_faster_order(times(rows))
    found = found[found["faster_order"].astype(bool) & (found["phase"] != "start")]
    ranks = [CALLS.index(call_of(line)) for line in found[list(COMPARABLE)].to_dict("records")]
    found = found.assign(rank=ranks)
    best = found.groupby([*PLACE, "start", *WHO], dropna=False)["rank"].transform("min")
    found = found[found["rank"] == best].drop(columns=["rank", "faster_order"])
    losses = (
        results(rows)
        .groupby([*PROBLEM, "contender"], dropna=False)["loss"]
        .agg(mean_loss="mean", best_loss="min", seeds="size")
        .reset_index()
    )
    found = found.merge(losses, on=[*PROBLEM, "contender"], how="left")
    return found.assign(per_n2=found["seconds"] / found["n"].astype("float64") ** 2)


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
