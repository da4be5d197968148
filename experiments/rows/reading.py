"""Rows from the store into a table: reading, checking, keeping only what is current."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.rows.row import columns, rows_of

NESTED = [one.name for one in columns() if one.dtype == "object"]  # lists and dicts


def read_rows(paths: Iterable[Path]) -> pd.DataFrame:
    """Read row files written by the harness, in any order: one line per row, with every column of the declaration.

    A last line without its newline comes from a run that was killed while writing and is ignored. So is, with a
    warning, a line that is not a row of this schema, and a second row of the same id.
    """
    return rows_frame(rows_of(sorted(paths)))


def rows_frame(records: Iterable[Mapping]) -> pd.DataFrame:
    """Give records the columns and types of the declaration; absent fields are missing values."""
    rows = pd.DataFrame.from_records(list(records))
    declared = {one.name: one.dtype for one in columns()}
    absent = [name for name in declared if name not in rows]
    # Rows of earlier versions come from one series.
    return rows.reindex(columns=[*rows.columns, *absent]).astype(declared).fillna({"series": 0})


@dataclass(frozen=True)
class CurrentRows:
    """Rows that may share a table, and how many were set aside."""

    rows: pd.DataFrame
    stale: int  # rows measured with other code than the contender's current code
    foreign: int  # rows measured on another machine


def current_rows(rows: pd.DataFrame, sources: Mapping[str, str | None], machine: str) -> CurrentRows:
    """Keep the rows of one machine and of the code as it is now.

    `sources` maps a contender to the hash of its current code, or to None if it cannot run here: its rows have no hash.
    Rows of a contender that is not named are stale.
    """
    here = rows["machine"] == machine
    expected = rows["contender"].map({name: source or "" for name, source in sources.items()})
    fresh = (rows["source"].fillna("") == expected).fillna(False)
    return CurrentRows(
        rows=rows[here & fresh].reset_index(drop=True), stale=int((here & ~fresh).sum()), foreign=int((~here).sum())
    )


def by_deciding_clock(rows: pd.DataFrame) -> pd.DataFrame:
    """Let ``seconds`` be the time that comparisons are made of: processor time where a call has one thread.

    Another program on the same core makes a call longer by the wall clock, but hardly by processor time: `make trust`
    and the study self_check show both. The processor time of several threads is that of all together, so there the wall
    clock decides, as it does for calls that wait for a card. It remains in ``wall_seconds``.
    """
    alone = (rows["threads"].fillna(1) == 1) & (rows["tier"].fillna("") != "gpu")
    one = alone & rows["seconds"].notna() & (rows["processor_seconds"] > 0).fillna(False)
    seconds = rows["seconds"].mask(one, rows["processor_seconds"])
    return rows.assign(wall_seconds=rows["seconds"], seconds=seconds)


def with_medoid_sets(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the runs with a result, and add ``medoid_set``: a text that is equal for equal sets of medoids."""
    done = rows[(rows["status"] == "ok") & rows["medoids"].notna()]
    return done.assign(medoid_set=[" ".join(map(str, sorted(medoids))) for medoids in done["medoids"]])


def threads_as_settings(rows: pd.DataFrame) -> pd.DataFrame:
    """Let every number of threads but 1 be a setting, so that it is a contender of its own: "2 threads"."""
    threads = rows["threads"].fillna(1)
    setting = rows["setting"].fillna("").mask(threads != 1, threads.astype("str") + " threads")
    return rows.assign(setting=setting)


def at_defaults(rows: pd.DataFrame) -> pd.Series:
    """Return which rows were measured with default parameters."""
    return rows["setting"].fillna("") == ""


def from_given_medoids(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of calls that did not choose a start of their own."""
    return rows["own_start"].fillna("") == ""
