"""Time and loss of every call, and the one to recommend."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import excess_over_best, results
from kmedoids_bench.experiments.analysis.speedups import mark_faster_order
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import FACET, PLACE, PROBLEM

GOOD_PERCENT = 0.5  # a loss that is so little above the lowest is as good
UNNOTICED = 0.1  # seconds: of calls that take less, the loss decides
CALL = ["implementation", "algorithm", "start"]
NUMBERS = ["seconds", "relative", "excess", "usual", "gap"]


@dataclass(frozen=True)
class ChoiceResult:
    """The result of the study."""

    # A line for each problem and call: those of `times`, ``loss`` (mean over the seeds), ``excess`` (loss over the best
    # measured, minus 1), ``gap`` (how far above the optimum at most).
    calls: pd.DataFrame
    # A line for each matrix and call, the recommended one first: `FACET`, `CALL`, ``finished`` of ``tried`` k,
    # ``seconds`` (geometric mean over the k), ``relative`` (to the recommended call at the same k, geometric mean),
    # ``excess`` and ``gap`` (means), ``usual`` (mean of ``excess`` of all who run this algorithm from this start),
    # ``good`` (finished most, with a loss as good as the lowest), ``recommended``, ``could_not``.
    ranking: pd.DataFrame


def analyse(rows: pd.DataFrame) -> ChoiceResult:
    """Bring time and loss of every call together."""
    table = mark_faster_order(times(rows))
    table = table[table["faster_order"].astype(bool)].drop(columns="faster_order")
    by_call = [*PROBLEM, "contender"]
    loss = results(rows).groupby(by_call)["loss"].mean().reset_index()
    for more in (loss, excess_over_best(rows)[[*by_call, "excess", "gap"]]):
        table = table.merge(more, on=by_call, how="left")
    calls = table.sort_values([*PLACE, "seconds", "contender"], kind="stable").reset_index(drop=True)
    lines = [line for _, of_matrix in groups(calls, FACET) for line in _ranked(of_matrix)]
    return ChoiceResult(
        calls, frame_of(lines, [*FACET, *CALL, "finished", "tried", "good", "recommended", "could_not"], NUMBERS)
    )


def _ranked(calls: pd.DataFrame) -> Iterator[dict]:
    """Summarise the calls on one matrix over all k, the recommended one first, then by loss and time."""
    lines = []
    for call, group in groups(calls, [*FACET, *CALL]):
        finished, failed = (group[group["seconds"].notna() == done] for done in (True, False))
        why = failed["note"].value_counts().sort_index()
        line = call | {"finished": len(finished), "tried": len(group), "excess": finished["excess"].mean()}
        line |= {"gap": finished["gap"].mean(), "seconds": _geometric_mean(finished["seconds"])}
        lines.append(line | {"could_not": ", ".join(f"{note}: {n}" for note, n in why.items())})
    most = max(line["finished"] for line in lines)
    # Implementations draw other random starts, and none deserves the luck of a few of them: what counts is what the
    # algorithm reaches from this start on average, whoever runs it.
    # Only those count that finished for as many k as any: over fewer, easier ones the mean is lower.
    usual = pd.DataFrame(line for line in lines if line["finished"] == most).groupby(["algorithm", "start"])["excess"]
    means = usual.mean()
    for line in lines:
        line["usual"] = means.get((line["algorithm"], line["start"]), line["excess"])
    lowest = min(line["usual"] for line in lines if line["finished"] == most)  # NaN if nothing finished
    for line in lines:
        line["good"] = line["finished"] == most and max(line["usual"], line["excess"]) <= lowest + GOOD_PERCENT / 100
    good = (line for line in lines if line["good"])
    best = min(good, key=lambda line: (max(line["seconds"], UNNOTICED), line["usual"], line["seconds"]), default=None)
    for line in lines:
        line |= {"recommended": line is best, "relative": _relative(calls, line, best)}
    yield from sorted(
        lines,
        key=lambda line: (
            not line["recommended"],
            not line["good"],
            -line["finished"],
            line["seconds"] if line["finished"] else np.inf,
        ),
    )


def _relative(calls: pd.DataFrame, line: dict, best: dict | None) -> float:
    """Return the time of a call over that of the recommended one, at the k that both finished."""
    if best is None:
        return np.nan
    own, unit = (
        calls[(calls[CALL] == pd.Series(one)[CALL]).all(axis=1)].groupby("k")["seconds"].min() for one in (line, best)
    )
    return _geometric_mean((own / unit).dropna())


def _geometric_mean(values: pd.Series) -> float:
    return float(np.exp(np.log(values).mean())) if len(values) else np.nan
