"""Rows from the store into a table: reading, checking, keeping only what is current."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.rows.lines import records_of
from kmedoids_bench.experiments.rows.row import columns

NESTED = [one.name for one in columns() if one.dtype == "object"]  # lists and dicts


def read_rows(paths: Iterable[Path]) -> pd.DataFrame:
    """Read row files written by the harness, in any order.

    A last line without its newline comes from a run that was killed while writing and is ignored. The same row in two
    files counts once.

    Returns
    -------
    DataFrame
        One line per row, every column of the declaration.

    Raises
    ------
    Trouble
        If a complete line is not a row of this schema, or one id stands for two different rows.
    """
    seen: dict[str, dict] = {}
    for path in sorted(paths):
        for line, record in records_of(path):
            first = seen.setdefault(record["id"], record)
            if first != record:
                raise Trouble(
                    f"{path}, line {line}: id {record['id']} also belongs to a different row",
                    "one of the two files was edited: restore it, or move it away and measure again",
                )
    return rows_frame(seen.values())


def rows_frame(records: Iterable[Mapping]) -> pd.DataFrame:
    """Give records the columns and types of the declaration; absent fields are missing values."""
    rows = pd.DataFrame.from_records(list(records))
    declared = {one.name: one.dtype for one in columns()}
    absent = [name for name in declared if name not in rows]
    # Rows of earlier versions come from one series.
    return rows.reindex(columns=[*rows.columns, *absent]).astype(declared).fillna({"series": 0})


@dataclass(frozen=True)
class CurrentRows:
    """Rows that may share a table, and how many were set aside.

    Attributes
    ----------
    rows : DataFrame
    stale : int
        Rows measured with other code than the contender's current code.
    foreign : int
        Rows measured on another machine.
    """

    rows: pd.DataFrame
    stale: int
    foreign: int


def current_rows(rows: pd.DataFrame, sources: Mapping[str, str | None], machine: str) -> CurrentRows:
    """Keep the rows of one machine and of the code as it is now.

    Parameters
    ----------
    rows : DataFrame
    sources : mapping
        Contender to the hash of its current code; None for one that cannot run here, whose rows have no hash. Rows of a
        contender that is not named are stale.
    machine : str
        Identity of the machine that the report is about.
    """
    here = rows["machine"] == machine
    expected = rows["contender"].map({name: source or "" for name, source in sources.items()})
    fresh = (rows["source"].fillna("") == expected).fillna(False)
    return CurrentRows(
        rows=rows[here & fresh].reset_index(drop=True), stale=int((here & ~fresh).sum()), foreign=int((~here).sum())
    )


def at_defaults(rows: pd.DataFrame) -> pd.Series:
    """Return which rows were measured with default parameters."""
    return rows["setting"].fillna("") == ""


def from_given_medoids(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of calls that did not choose a start of their own."""
    return rows["own_start"].fillna("") == ""
