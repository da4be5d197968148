"""Rows from the store into a table: reading, checking the schema, keeping only what is current."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

SCHEMA = 2

# Columns by what they hold; integers and flags may be missing.
INTEGERS = ("schema", "round", "position", "n", "k", "seed", "threads", "loops", "n_swaps", "n_passes")
INTEGERS += ("n_evaluations", "n_lookups", "peak_memory", "cores", "ram_bytes")
FLOATS = (
    "seconds",
    "first_seconds",
    "processor_seconds",
    "overhead_seconds",
    "limit_seconds",
    "matrix_seconds",
    "loss",
    "reported_loss",
    "load",
)
FLAGS = ("local_optimum", "dirty")
IDENTITY = ("contender", "implementation", "algorithm", "order", "dataset", "start", "block", "run")
TEXTS = (
    *IDENTITY,
    "id",
    "time",
    "dtype",
    "metric",
    "matrix_sha256",
    "tier",
    "phase",
    "own_start",
    "setting",
    "status",
    "reason",
    "advice",
)
TEXTS += ("swaps_digest", "source", "machine", "cpu", "governor", "commit")
NESTED = ("start_medoids", "parameters", "medoids", "versions", "facts")  # lists and dicts stay Python objects
COLUMNS = (*INTEGERS, *FLOATS, *FLAGS, *TEXTS, *NESTED)
REQUIRED = {
    *IDENTITY,
    "phase",
    "own_start",
    "setting",
    "schema",
    "id",
    "round",
    "n",
    "k",
    "status",
    "source",
    "machine",
}


class UnreadableRows(ValueError):
    """A stored row cannot be used; the message names file and line and says what to do."""


def read_rows(paths: Iterable[Path]) -> pd.DataFrame:
    """Read row files written by the harness.

    A last line without its newline is a run that was killed while writing: it is ignored. The same row
    in two files counts once.

    Parameters
    ----------
    paths : iterable of Path
        Files of JSON lines, in any order.

    Returns
    -------
    DataFrame
        One row per run of one contender, every column of `COLUMNS`.

    Raises
    ------
    UnreadableRows
        When a complete line is not a row of schema `SCHEMA`, or one id stands for two different rows.
    """
    seen: dict[str, dict] = {}
    for path in sorted(paths):
        for line, record in _records(path):
            known = seen.setdefault(record["id"], record)
            if known != record:
                raise UnreadableRows(
                    f"{path}, line {line}: id {record['id']} also belongs to a different row; "
                    "one of the two files was edited: restore it, or move it away and measure again"
                )
    return rows_frame(seen.values())


def rows_frame(records: Iterable[Mapping]) -> pd.DataFrame:
    """Give records the columns and dtypes the analysis relies on.

    Parameters
    ----------
    records : iterable of mappings
        Rows as the harness writes them; absent fields are missing values.

    Returns
    -------
    DataFrame
        Nullable integers and booleans, float64, strings, and objects for lists and dicts.
    """
    rows = pd.DataFrame.from_records(list(records))
    absent = [name for name in COLUMNS if name not in rows]
    rows = rows.reindex(columns=[*rows.columns, *absent])
    kinds = dict.fromkeys(INTEGERS, "Int64") | dict.fromkeys(FLOATS, "float64")
    kinds |= dict.fromkeys(FLAGS, "boolean") | dict.fromkeys(TEXTS, "str") | dict.fromkeys(NESTED, "object")
    rows = rows.astype(kinds)
    return rows


@dataclass(frozen=True)
class CurrentRows:
    """Rows that may share a table, and how many were set aside because they may not.

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
        As `read_rows` returns them.
    sources : mapping
        Contender to the hash of its current code; None for one that cannot run here, whose rows carry
        no hash. Rows of a contender that is not named are stale: its code is gone.
    machine : str
        Identity of the machine the report is about.

    Returns
    -------
    CurrentRows
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


def _records(path: Path) -> Iterator[tuple[int, dict]]:
    *lines, _torn = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        yield number, _record(path, number, line)


def _record(path: Path, number: int, line: bytes) -> dict:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableRows(
            f"{path}, line {number}: not a JSON object ({error}); remove this line and run again, "
            "its cell is then measured anew"
        ) from error
    missing = REQUIRED - record.keys() if isinstance(record, dict) else REQUIRED
    if missing:
        raise UnreadableRows(f"{path}, line {number}: not a row, it lacks {', '.join(sorted(missing))}")
    if record["schema"] != SCHEMA:
        raise UnreadableRows(
            f"{path}, line {number}: schema {record['schema']}, but this version reads schema {SCHEMA}; "
            "move the file away and measure again, or report with the version that wrote it"
        )
    return record
