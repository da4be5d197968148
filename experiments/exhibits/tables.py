"""Tables for programs (csv, full precision) and for readers (Markdown, LaTeX, and the cells of the page)."""

import math
from dataclasses import dataclass

import pandas as pd
from tabulate import tabulate

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table


@dataclass(frozen=True)
class Entry:
    """One cell of a table made for reading.

    Attributes
    ----------
    text : str
    value : float or None
        The number behind the text, to sort by; None for words.
    """

    text: str
    value: float | None


def entries(table: Table) -> list[list[Entry]]:
    """Write out the cells of a table, line by line.

    Parameters
    ----------
    table : Table

    Returns
    -------
    list of list of Entry
        One list per line of the frame, one entry per element of ``table.columns``.
    """
    lines = table.frame.to_dict("records")
    return [[_entry(line, column) for column in table.columns] for line in lines]


def csv_text(table: Table) -> str:
    """Write the whole frame with all its digits.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
    """
    return table.frame.to_csv(index=False, lineterminator="\n")


def markdown_text(table: Table) -> str:
    """Write the table for reading, as Markdown, caption first.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
    """
    if table.frame.empty:
        return f"{table.caption}\n\n{table.empty}\n"
    return f"{table.caption}\n\n{_tabulated(table, 'pipe', lambda text: text.replace('|', chr(92) + '|'))}\n"


def latex_text(table: Table) -> str:
    r"""Write the table for reading, as a LaTeX tabular to ``\input``; needs the package booktabs.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
    """
    caption = "".join(f"% {line}\n" for line in table.caption.splitlines())
    if table.frame.empty:
        return f"{caption}% {table.empty}\n"
    return f"{caption}{_tabulated(table, 'latex_booktabs', lambda text: text)}\n"


def significant(value: float, like: float | None = None) -> str:
    """Write a number with three significant digits, or as many decimals as another one gets.

    Parameters
    ----------
    value : float
    like : float, optional
        Number that decides how many decimals there are.

    Returns
    -------
    str
        E.g. "0.00123", "1.23", "12.3", "1,230".
    """
    size = abs(value if like is None else like)
    if not math.isfinite(size) or size == 0:
        return f"{value:.3g}"
    decimals = max(0, 2 - math.floor(math.log10(size)))
    return f"{value:,.{min(decimals, 9)}f}"


def counted(number: int, noun: str) -> str:
    """Write "1 pair", "2 pairs", "1,000 pairs"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def is_number(column: Column) -> bool:
    """Whether a column is aligned and sorted as numbers."""
    return column.kind != "text"


def _tabulated(table: Table, form: str, escape) -> str:
    cells = [[escape(entry.text) for entry in line] for line in entries(table)]
    return tabulate(
        cells,
        headers=[escape(column.heading) for column in table.columns],
        tablefmt=form,
        disable_numparse=True,
        colalign=["right" if is_number(column) else "left" for column in table.columns],
    )


def _entry(line: dict, column: Column) -> Entry:
    value = line[column.source]
    if pd.isna(value):
        return Entry(str(line[column.instead] or "") if column.instead else "", None)
    if not is_number(column):
        return Entry(str(value), None)
    return Entry(_number(line, column, float(value)), float(value))


def _number(line: dict, column: Column, value: float) -> str:
    match column.kind:
        case "integer":
            return f"{value:,.0f}"
        case "milliseconds":
            return significant(1000 * value)
        case "scientific":
            return "0" if value == 0 else f"{value:.1e}"
        case _:
            return significant(value) + _interval(line, column, value)


def _interval(line: dict, column: Column, value: float) -> str:
    if column.interval is None:
        return ""
    low, high = (line[name] for name in column.interval)
    if pd.isna(low) or pd.isna(high):
        return " [n < 5]"
    if low == high == value:
        return ""  # exact
    return f" [{significant(low, value)}, {significant(high, value)}]"
