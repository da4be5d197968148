"""Tables for programs (csv, full precision) and for readers (Markdown, LaTeX, and the entries of the page)."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from tabulate import tabulate

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import bracketed, significant, with_interval


def entries(table: Table, limit: int | None = None, *, reasons: bool = True) -> list[list[str]]:
    """Write the entries of the first `limit` lines of a table, or of all: a list for each line of the frame.

    The entry of a column of numbers begins with its number, by which the page sorts, or has none.

    Without `reasons` a value that has no interval stands alone.
    """
    lines = table.frame.head(len(table.frame) if limit is None else limit).to_dict("records")
    return [[_entry(line, column, reasons) for column in table.columns] for line in lines]


def csv_text(table: Table) -> str:
    """Write the whole frame with all its digits."""
    return table.frame.to_csv(index=False, lineterminator="\n")


def markdown_text(table: Table) -> str:
    """Write the table for reading as Markdown, caption first."""
    if table.frame.empty:
        return f"{table.caption}\n\n{table.empty}\n"
    return f"{table.caption}\n\n{_tabulated(table, 'pipe', lambda text: text.replace('|', chr(92) + '|'))}\n"


def latex_text(table: Table) -> str:
    r"""Write the table for reading as a LaTeX tabular to ``\input``; it needs the package booktabs."""
    caption = "".join(f"% {line}\n" for line in table.caption.splitlines())
    if table.frame.empty:
        return f"{caption}% {table.empty}\n"
    return f"{caption}{_tabulated(table, 'latex_booktabs', lambda text: text)}\n"


def _tabulated(table: Table, form: str, escape: Callable[[str], str]) -> str:
    return tabulate(
        [[escape(entry) for entry in line] for line in entries(table)],
        headers=[escape(column.heading) for column in table.columns],
        tablefmt=form,
        disable_numparse=True,
        colalign=["right" if column.is_number else "left" for column in table.columns],
    )


def _entry(line: Mapping[Any, Any], column: Column, reasons: bool) -> str:
    value = line[column.source]
    if pd.isna(value):
        return str(line[column.instead] or "") if column.instead else ""
    if not column.is_number:
        return str(value)
    value = float(value)
    match column.kind, column.interval:
        case "integer", _:
            return f"{value:,.0f}"
        case "milliseconds", _:
            return significant(1000 * value)
        case "scientific", _:
            return "0" if value == 0 else f"{value:.1e}"
        case _, None:
            return significant(value)
        case _, ends:
            low, high = (float("nan") if pd.isna(line[name]) else float(line[name]) for name in ends)
            why = str(line.get(column.why_none) or "")
            return with_interval(value, low, high, why) if reasons else bracketed(value, low, high)
