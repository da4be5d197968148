"""Which columns of a file name its rows, and what objects the others make."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kmedoids_bench.datasets.mixed import CATEGORY, NUMBER, make_table
from kmedoids_bench.datasets.trouble import Trouble

ROW_NAMES = ("", "id", "index", "name", "label", "rownames")  # of columns that say which row it is
CATEGORIES, SERIES = ("hamming", "jaccard"), ("dtw", "dtw_band")
UNNAMED = "Unnamed: "  # what pandas calls a column without a name
SPREAD = 100.0  # times: a column that spreads so much more than another decides all distances alone


@dataclass(frozen=True)
class Columns:
    """The columns that describe the rows, and the names of the rows."""

    frame: pd.DataFrame
    labels: Sequence[str] | None
    said: tuple[str, ...]


def of(path: Path, frame: pd.DataFrame, labels: str | None, only: Sequence[str], without: Sequence[str]) -> Columns:
    """Choose columns, by name or by number from 0; find those that name the rows."""
    said: tuple[str, ...] = ()
    named = None if isinstance(frame.index, pd.RangeIndex) else frame.index.astype(str).tolist()
    column = _find(path, frame, labels, "--labels") if labels is not None else None
    if column is None and labels is None and named is None and not only:
        column = _first_names_rows(frame)
        called = "the first column" if str(column).startswith(UNNAMED) else f"the column {column!r}"
        said = (f"{called} names the rows (--columns chooses others)",) if column is not None else ()
    if column is not None:
        named = frame[column].astype(str).tolist()
    chosen = [_find(path, frame, name, "--columns") for name in only] or [one for one in frame if one != column]
    dropped = [_find(path, frame, name, "--drop-columns") for name in without]
    kept = [one for one in chosen if one not in dropped]
    dates = {one: _days(frame[one]) for one in kept if pd.api.types.is_datetime64_any_dtype(frame[one])}
    frame = frame.assign(**{str(one): days for one, days in dates.items()})
    if not kept:
        raise Trouble(f"{path}: no column is left", f"its columns are {_listed(frame)}")
    return Columns(frame[kept].reset_index(drop=True), named, said)


def _days(dates: pd.Series) -> pd.Series:
    """Return dates as days since the first of them."""
    return (dates - dates.min()) / pd.Timedelta(days=1)


def _find(path: Path, frame: pd.DataFrame, name: str, option: str) -> Any:
    by_name = {str(column): column for column in frame}
    if name in by_name:
        return by_name[name]
    if name.isdigit() and int(name) < frame.shape[1]:
        return frame.columns[int(name)]
    raise Trouble(
        f"{option} {name}: {path} has no such column", f"its columns are {_listed(frame)}, by number from 0 on"
    )


def _listed(frame: pd.DataFrame) -> str:
    names = [str(column) for column in frame]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def _first_names_rows(frame: pd.DataFrame) -> Any:
    """Return the first column if it can only be names or numbers of the rows."""
    name = frame.columns[0]
    first = frame[name]
    if frame.shape[1] < 2 or not isinstance(name, str) or not first.is_unique or first.isna().any():
        return None
    counts = first.dtype.kind in "iu" and np.array_equal(np.diff(first), np.ones(len(first) - 1))
    called = name.strip().lower() in ROW_NAMES or name.startswith(UNNAMED)
    return name if called or counts or not _is_numeric(first) else None


def _is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def objects_of(path: Path, columns: Columns, metric: str) -> tuple[str, Any, str]:
    """Return kind and objects, as a `Dataset` loads them, and a few words about them.

    Raises
    ------
    Trouble
        If the metric cannot be computed from these columns.
    """
    frame = columns.frame
    text = [column for column in frame if not _is_numeric(frame[column])]
    numbers = frame.shape[1] - len(text)
    if metric == "gower":
        kinds = "".join(CATEGORY if column in text else NUMBER for column in frame)
        values = [_codes(frame[column]) if column in text else _numbers(frame[column]) for column in frame]
        table = make_table(values, kinds)
        return "mixed", table, f"{numbers} columns of numbers and {len(text)} of categories"
    _refuse_missing(path, frame)
    if metric == "levenshtein":
        if frame.shape[1] != 1:
            raise Trouble(
                f"--metric levenshtein compares one text for each row, {path} has {frame.shape[1]} columns",
                f"choose one with --columns: {_listed(frame)}",
            )
        return "strings", frame.iloc[:, 0].astype(str).tolist(), "a text each"
    if metric in CATEGORIES and text:
        return "categories", frame.astype(str).to_numpy(np.str_), f"{frame.shape[1]} columns of categories"
    if text:
        _refuse_text(path, frame, text)
    points = frame.to_numpy(np.float64)
    if not np.isfinite(points).all():
        row, column = np.argwhere(~np.isfinite(points))[0].tolist()
        raise Trouble(
            f"{path}: {_place(frame, row, column)} is {points[row, column]}", "only finite numbers can be compared"
        )
    return "series" if metric in SERIES else "points", points, f"{numbers} columns of numbers"


def _codes(column: pd.Series) -> np.ndarray:
    """Return a number for each category of a column, and nan where it is missing."""
    codes = pd.factorize(column)[0].astype(np.float64)
    codes[codes < 0] = np.nan
    return codes


def _numbers(column: pd.Series) -> np.ndarray:
    """Return the numbers of a column as float64; missing values are nan."""
    return column.to_numpy(np.float64, na_value=np.nan)


def _place(frame: pd.DataFrame, row: int, column: int) -> str:
    return f"row {row} (counted from 0), column {frame.columns[column]!r}"


def _refuse_missing(path: Path, frame: pd.DataFrame) -> None:
    missing = frame.isna().to_numpy()
    if missing.any():
        row, column = np.argwhere(missing)[0].tolist()
        raise Trouble(
            f"{path}: {missing.sum():,} of {missing.size:,} values are missing, first in {_place(frame, row, column)}",
            "--metric gower compares what both rows have; --drop-columns leaves columns out; or delete these rows",
        )


def _refuse_text(path: Path, frame: pd.DataFrame, text: Sequence[Any]) -> None:
    column = text[0]
    numbers = pd.to_numeric(frame[column], errors="coerce")
    row = int(np.flatnonzero(numbers.isna())[0]) if numbers.isna().any() else 0
    value = f"{path}: {_place(frame, row, list(frame).index(column))} is {frame[column].iloc[row]!r}, not a number"
    if numbers.notna().mean() > 0.5:
        raise Trouble(value, f"most values of this column are numbers: correct the {numbers.isna().sum()} that are not")
    names = ",".join(str(one) for one in text)
    advice = [f"--metric gower compares numbers and categories; --drop-columns {names} leaves text out"]
    if frame[column].is_unique:
        advice.append(f"--labels {column} takes it for the names of the rows")
    raise Trouble(value, "; ".join(advice))


def notes_on(kind: str, objects: Any, metric: str, names: Sequence[Any]) -> list[str]:
    """Say what a user would want to know before he trusts the distances: one column may decide them alone."""
    if kind != "points" or metric not in (
        "euclidean",
        "sqeuclidean",
        "cityblock",
        "manhattan",
        "chebyshev",
        "minkowski",
    ):
        return []
    spread = objects.std(axis=0)
    varied = np.flatnonzero(spread > 0)
    if len(varied) < 2 or spread.max() <= SPREAD * spread[varied].min():
        return []
    most, least = int(spread.argmax()), int(varied[spread[varied].argmin()])
    return [
        f"column {names[most]!r} spreads {spread[most] / spread[least]:,.0f} times as much as {names[least]!r} and "
        "decides the distances: bring the columns to one scale, or use --metric gower, which does"
    ]
