"""Rows split into problems, and speed-ups over a baseline algorithm of the same code base and memory order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

    @property
    def blocks(self) -> pd.Index:
        """Blocks in which anything was timed."""
        return self.seconds.index.unique("block")


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


def counterpart(problem: Problem, fields: Mapping) -> dict | None:
    """Return the first line of a problem's `times` that has these values, if there is one."""
    return next((line for line in problem.times.values() if has(line, fields)), None)


def fastest(problem: Problem, fields: Mapping) -> dict | None:
    """Return the line of a problem's `times` with these values whose time is the shortest, if any was timed."""
    lines = [line for line in problem.times.values() if has(line, fields) and pd.notna(line["seconds"])]
    return min(lines, key=lambda line: line["seconds"], default=None)


def has(line: Mapping, fields: Mapping) -> bool:
    """Whether a line has these values."""
    return all(line[name] == value for name, value in fields.items())


def matched(
    problems: Iterable[Problem], opponent: Callable[[dict], Mapping | None]
) -> Iterator[tuple[Problem, dict, dict]]:
    """Match the contenders of every problem with their opponents: yield the problem and the two lines of its `times`.

    `opponent` is given a contender's line and returns the values that identify its opponent, or None for one that is
    not to be matched. Where no other contender has them there is no match.
    """
    for problem in problems:
        for line in problem.times.values():
            fields = opponent(line)
            other = None if fields is None else counterpart(problem, fields)
            if other is not None and other is not line:
                yield problem, line, other


def speedups(problems: Sequence[Problem], baseline: str) -> pd.DataFrame:
    """Compute the speed-up of every contender over the baseline algorithm in its own code base and memory order.

    The frame has `SPEEDUP_COLUMNS`, one line per problem and contender that has such a baseline. ``bound``: the
    baseline was stopped at a known limit, so the speed-up is more than this. ``note``: why there is no ratio.
    """
    unset = {"algorithm": baseline, "setting": ""}
    lines = []
    for problem, line, slow in matched(problems, lambda line: unset | {name: line[name] for name in CODE_BASE}):
        pairs = pair_up(problem.seconds, line["contender"], slow["contender"])
        stopped = pairs is None and slow["status"] == "timeout" and pd.notna(slow["limit_seconds"])
        bound = slow["limit_seconds"] / line["seconds"] if stopped and line["blocks"] else None
        lines.append(line | {"baseline": slow["contender"], "bound": bound} | ratio_columns(pairs, line, slow, bound))
    return pd.DataFrame(lines, columns=list(SPEEDUP_COLUMNS))


def ratio_columns(pairs: Pairs | None, line: Mapping, other: Mapping, bound: float | None = None) -> dict:
    """Return `RATIO` by name and a ``note``: the bound, or what stopped one of the sides, where there is no ratio.

    `line` and `other` are of the two contenders, `bound` is a lower bound of the ratio.
    """
    if pairs:
        return pairs.ratio.columns() | {"note": ""}
    if bound is not None:
        note = f"> {bound:,.3g}" if bound < 1000 else f"> {bound:,.0f}"
    else:
        failed = [one for one in (line, other) if one["status"] != "ok"]
        note = "; ".join(f"{one['algorithm']} {status_words(one['status'], one['limit_seconds'])}" for one in failed)
    return {"n_pairs": 0, "n_runs": 0, "note": note or "never in one round"}
