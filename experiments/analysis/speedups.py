"""Rows split into problems, and speed-ups over a baseline algorithm of the same code base and memory order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.ratios import RATIO, Pairs, pair_up, wide_seconds
from kmedoids_bench.experiments.analysis.times import status_words, times
from kmedoids_bench.experiments.rows.keys import CODE_BASE, COMPARABLE, CONTENDER, PROBLEM

SPEEDUP_COLUMNS = (*PROBLEM, *CONTENDER, "baseline", *RATIO, "bound", "note", "faster_order")


@dataclass(frozen=True)
class Problem:
    """One problem (dataset, n, metric, dtype, start, k; seeds are pooled) and what every contender did on it."""

    key: dict  # values of `PROBLEM`
    seconds: pd.DataFrame  # `wide_seconds`
    times: dict[str, dict]  # contender to its line of `times`, with ``faster_order``


def problems_of(rows: pd.DataFrame) -> list[Problem]:
    """Split rows into problems, whose runs can be paired."""
    lines: dict[tuple, dict[str, dict]] = {}
    for line in mark_faster_order(times(rows)).to_dict("records"):
        lines.setdefault(tuple(line[name] for name in PROBLEM), {})[line["contender"]] = line
    return [
        Problem(dict(zip(PROBLEM, key, strict=True)), wide_seconds(group), lines.get(key, {}))
        for key, group in rows.groupby(PROBLEM)
    ]


def mark_faster_order(table: pd.DataFrame) -> pd.DataFrame:
    """Add to a table of `times` whether each line is in the memory order in which its implementation is faster.

    ``faster_order`` (bool) marks the order with the lower median time for that problem; where none was timed, the first
    by name.
    """
    keys = [*PROBLEM, "implementation", "algorithm", "tier", "setting", *COMPARABLE]
    ranked = table.sort_values([*keys, "seconds", "order"], na_position="last", kind="stable")
    first = ~ranked.duplicated(keys)
    return table.assign(faster_order=first.reindex(table.index))


def counterpart(problem: Problem, fields: Mapping) -> str | None:
    """Return the first contender of a problem whose line of `times` has these values, if there is one."""
    matches = (name for name, line in problem.times.items() if all(line[key] == value for key, value in fields.items()))
    return next(matches, None)


def speedups(problems: Sequence[Problem], baseline: str) -> pd.DataFrame:
    """Compute the speed-up of every contender over the baseline algorithm in its own code base and memory order.

    The frame has `SPEEDUP_COLUMNS`, one line per problem and contender that has such a baseline. ``bound``: the
    baseline was stopped at a known limit, so the speed-up is more than this. ``note``: why there is no ratio.
    """
    lines = []
    for problem in problems:
        for contender, line in problem.times.items():
            same = {name: line[name] for name in CODE_BASE}
            name = counterpart(problem, {"algorithm": baseline, "setting": "", **same})
            if name is None or name == contender:
                continue
            slow = problem.times[name]
            pairs = pair_up(problem.seconds, contender, name)
            stopped = pairs is None and slow["status"] == "timeout" and pd.notna(slow["limit_seconds"])
            bound = slow["limit_seconds"] / line["seconds"] if stopped and line["blocks"] else None
            fields = {name: line[name] for name in (*PROBLEM, *CONTENDER, "faster_order")}
            lines.append(fields | {"baseline": name, "bound": bound} | ratio_columns(pairs, line, slow, bound=bound))
    return pd.DataFrame(lines, columns=list(SPEEDUP_COLUMNS))


def ratio_columns(pairs: Pairs | None, *sides: Mapping, bound: float | None = None) -> dict:
    """Return `RATIO` by name and a ``note``: the bound, or what stopped one of the sides, where there is no ratio.

    `sides` are the lines of `times` of the two contenders, `bound` is a lower bound of the ratio.
    """
    if pairs:
        return pairs.ratio.columns() | {"note": ""}
    if bound is not None:
        note = f"> {bound:,.3g}" if bound < 1000 else f"> {bound:,.0f}"
    else:
        failed = [one for one in sides if one["status"] != "ok"]
        note = "; ".join(f"{one['algorithm']} {status_words(one['status'], one['limit_seconds'])}" for one in failed)
    return {"n_pairs": 0, "n_runs": 0, "note": note or "never in one round"}
