"""Speed-ups over a baseline algorithm of the same code base, and libraries against this project.

Every comparison pairs runs of one cell (dataset, n, dtype, start, k); seeds are pooled. A ratio across
algorithms always stays within one implementation and one memory order. A ratio across implementations takes
each library at its faster memory order, and the table names it.
"""

import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up, wide_seconds
from kmedoids_bench.experiments.analysis.times import status_words, times
from kmedoids_bench.experiments.rows.keys import CODE_BASE, COMPARABLE, CONTENDER, OURS, PROBLEM

# Times are compared only between calls that do the same: the swap phase with the swap phase, a whole call with a whole
# call that chooses the same start.
RATIO = ("estimate", "low", "high", "n_pairs", "n_runs", "best")
SPEEDUP_COLUMNS = (*PROBLEM, *CONTENDER, "baseline", *RATIO, "bound", "note", "faster_order")
VERSUS_COLUMNS = (*PROBLEM, "algorithm", "implementation", "order", *RATIO, "note", "faster_order")
OVERALL_COLUMNS = ("implementation", "algorithm", "cells", "orders", *RATIO, "lowest", "highest")


@dataclass(frozen=True)
class Cell:
    """One problem with what is known of everyone who tried it.

    Attributes
    ----------
    problem : dict
        Values of `PROBLEM`.
    seconds : DataFrame
        As `wide_seconds` returns it.
    times : dict
        Contender to its line of `times`, with ``faster_order``.
    """

    problem: dict
    seconds: pd.DataFrame
    times: dict[str, dict]


def cells(rows: pd.DataFrame) -> list[Cell]:
    """Split rows into problems, so that tables need not pair them again.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status. Must not be changed afterwards: asked about the same frame again, as tables, figures and
        findings of one study do, the function answers from memory.

    Returns
    -------
    list of Cell
    """
    key = id(rows)
    asked, found = _split.get(key, (None, []))
    if asked is None or asked() is not rows:
        found = _cells(rows)
        _split[key] = weakref.ref(rows, lambda _: _split.pop(key, None)), found
    return found


_split: dict[int, tuple[weakref.ref, list[Cell]]] = {}  # by the id of a frame that is still there


def _cells(rows: pd.DataFrame) -> list[Cell]:
    lines: dict[tuple, dict[str, dict]] = {}
    for line in mark_faster_order(times(rows)).to_dict("records"):
        lines.setdefault(tuple(line[name] for name in PROBLEM), {})[line["contender"]] = line
    return [
        Cell(dict(zip(PROBLEM, key, strict=True)), wide_seconds(group), lines.get(key, {}))
        for key, group in rows.groupby(list(PROBLEM))
    ]


def mark_faster_order(table: pd.DataFrame) -> pd.DataFrame:
    """Say for each line whether it is its implementation's faster memory order.

    Parameters
    ----------
    table : DataFrame
        As `times` returns it.

    Returns
    -------
    DataFrame
        With a column ``faster_order`` (bool): the order with the lower median time in that cell; where none
        was timed, the first by name.
    """
    keys = [*PROBLEM, "implementation", "algorithm", "tier", "setting", *COMPARABLE]
    ranked = table.sort_values([*keys, "seconds", "order"], na_position="last", kind="stable")
    first = ~ranked.duplicated(keys)
    return table.assign(faster_order=first.reindex(table.index))


def counterpart(cell: Cell, wanted: dict) -> str | None:
    """First contender of a cell that agrees in the fields wanted.

    Parameters
    ----------
    cell : Cell
    wanted : dict
        Fields of a line of `times` and their values.

    Returns
    -------
    str or None
    """
    for contender, line in cell.times.items():
        if all(line[name] == value for name, value in wanted.items()):
            return contender
    return None


def speedups(measured: Sequence[Cell], baseline: str) -> pd.DataFrame:
    """Speed-up of every contender over the baseline algorithm in its own code base and memory order.

    Parameters
    ----------
    measured : sequence of Cell
    baseline : str
        Name of the baseline algorithm, e.g. "pam".

    Returns
    -------
    DataFrame
        `SPEEDUP_COLUMNS`, one line per cell and contender that has such a baseline: the fields of `Ratio`,
        ``bound`` (where the baseline was cut at a known limit: the speed-up is more than this), ``note`` (why
        there is no ratio).
    """
    lines = []
    for cell in measured:
        for contender, line in cell.times.items():
            same = {name: line[name] for name in CODE_BASE}
            name = counterpart(cell, {"algorithm": baseline, "setting": "", **same})
            if name is None or name == contender:
                continue
            pairs = pair_up(cell.seconds, contender, name)
            bound = None if pairs else _bound(cell.times[name], line)
            lines.append(
                _taken(line, (*PROBLEM, *CONTENDER, "faster_order"))
                | {"baseline": name, "bound": bound}
                | _fields(pairs, _why(bound, line, cell.times[name]))
            )
    return pd.DataFrame(lines, columns=list(SPEEDUP_COLUMNS))


def overview(measured: Sequence[Cell], gained: pd.DataFrame, baseline: str, leader: str) -> pd.DataFrame:
    """Put what one code base needed for all algorithms of a cell on one line.

    Parameters
    ----------
    measured : sequence of Cell
    gained : DataFrame
        As `speedups` returns it.
    baseline : str
        The algorithm the speed-ups refer to.
    leader : str
        The algorithm whose faster memory order is shown.

    Returns
    -------
    DataFrame
        `PROBLEM`, ``implementation``, ``order``, ``n_pairs`` (smallest of the line's ratios) and for each
        algorithm ``<name>_seconds``, ``_note``, ``_estimate``, ``_low``, ``_high``, ``_gain_note``.
    """
    keys = [*PROBLEM, *CODE_BASE]
    lines = pd.DataFrame(
        [line for cell in measured for line in cell.times.values()],
        columns=[*keys, "algorithm", "seconds", "note", "faster_order"],
    )
    led = lines[(lines["algorithm"] == leader) & lines["faster_order"].astype(bool)][keys]
    shown = lines.merge(led, on=keys)
    gains = gained.rename(columns={"note": "gain_note"})[
        [*keys, "algorithm", "estimate", "low", "high", "gain_note", "n_pairs"]
    ]
    shown = shown.merge(gains, on=[*keys, "algorithm"], how="left")
    table = led.set_index(keys).sort_index()
    table["n_pairs"] = shown[shown["algorithm"] != baseline].groupby(keys)["n_pairs"].min()
    for algorithm, group in shown.groupby("algorithm"):
        fields = group.set_index(keys)[["seconds", "note", "estimate", "low", "high", "gain_note"]]
        table = table.join(fields.add_prefix(f"{algorithm}_"))
    return table.reset_index()


def versus(measured: Sequence[Cell]) -> pd.DataFrame:
    """Time of every library over the time of this project's plain kernel for the same algorithm.

    Parameters
    ----------
    measured : sequence of Cell

    Returns
    -------
    DataFrame
        `VERSUS_COLUMNS`, one line per cell, library contender; above 1 this project is faster.
    """
    lines = []
    for cell, contender, ours in _opponents(measured):
        line = cell.times[contender]
        pairs = pair_up(cell.seconds, ours, contender)
        taken = _taken(line, (*PROBLEM, "algorithm", "implementation", "order", "faster_order"))
        lines.append(taken | _fields(pairs, _why(None, line, cell.times[ours])))
    return pd.DataFrame(lines, columns=list(VERSUS_COLUMNS))


def versus_overall(measured: Sequence[Cell]) -> pd.DataFrame:
    """Summarise `versus` over all cells, each library at its faster memory order.

    Parameters
    ----------
    measured : sequence of Cell

    Returns
    -------
    DataFrame
        `OVERALL_COLUMNS`, one line per library and algorithm: geometric mean over ``cells`` cells with its
        interval, ``orders`` (how often which order was the faster), ``lowest`` and ``highest`` ratio of one.
    """
    found: dict[tuple[str, str], list[tuple[str, Pairs]]] = {}
    for cell, contender, ours in _opponents(measured):
        line = cell.times[contender]
        pairs = pair_up(cell.seconds, ours, contender)
        if pairs and line["faster_order"]:
            found.setdefault((line["implementation"], line["algorithm"]), []).append((line["order"], pairs))
    lines = []
    for (implementation, algorithm), members in sorted(found.items()):
        estimates = [pairs.median for _, pairs in members]
        counts = pd.Series([order for order, _ in members]).value_counts().sort_index()
        overall = geometric_mean([pairs for _, pairs in members])
        lines.append(
            {"implementation": implementation, "algorithm": algorithm, "cells": len(members)}
            | {"orders": ", ".join(f"{order} in {count}" for order, count in counts.items())}
            | ({} if overall is None else overall.columns())
            | {"lowest": min(estimates), "highest": max(estimates)}
        )
    return pd.DataFrame(lines, columns=list(OVERALL_COLUMNS))


def _opponents(measured: Sequence[Cell]) -> Iterator[tuple[Cell, str, str]]:
    """Cell, library contender, this project's plain contender of the same algorithm."""
    for cell in measured:
        for contender, line in cell.times.items():
            if line["implementation"] != OURS:
                ours = {"implementation": OURS, "tier": "plain", "setting": ""}
                same = {name: line[name] for name in ("algorithm", *COMPARABLE)}
                if (own := counterpart(cell, ours | same)) is not None:
                    yield cell, contender, own


def _taken(line: dict, names: Sequence[str]) -> dict:
    return {name: line[name] for name in names}


def _bound(baseline: dict, challenger: dict) -> float | None:
    """Lower bound of the speed-up where the baseline was stopped at a known limit."""
    stopped = baseline["status"] == "timeout" and pd.notna(baseline["limit_seconds"])
    return baseline["limit_seconds"] / challenger["seconds"] if stopped and challenger["blocks"] else None


def _why(bound: float | None, *lines: dict) -> str:
    """Words for the place where the ratio would stand."""
    if bound is not None:
        return f"> {bound:,.3g}" if bound < 1000 else f"> {bound:,.0f}"
    failed = [line for line in lines if line["status"] != "ok"]
    return "; ".join(f"{line['algorithm']} {status_words(line['status'], line['limit_seconds'])}" for line in failed)


def _fields(pairs: Pairs | None, note: str) -> dict:
    if pairs:
        return pairs.ratio.columns() | {"note": ""}
    return {"n_pairs": 0, "n_runs": 0, "note": note or "never in one round"}
