"""A file of the user becomes objects with dissimilarities. Whatever is wrong with it is said before anything runs."""

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kmedoids_bench.datasets import Dataset
from kmedoids_bench.datasets.metrics import check_metric
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data import columns, distances

TEXT = (".csv", ".tsv", ".txt", ".dat", ".data")
KINDS_OF_FILES = (*TEXT, ".npy", ".npz", ".parquet")
DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
SAMPLE_LINES = 50  # that decide whether the first line is a header
MISSING = ("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "n/a", "#N/A")


@dataclass(frozen=True)
class Wishes:
    """What the user says about a file; None: decide by the content."""

    metric: str | None = None
    form: str | None = None  # "distances" or "points"
    header: bool | None = None
    labels: str | None = None  # the column with the names of the rows
    only: tuple[str, ...] = ()  # these columns
    without: tuple[str, ...] = ()  # all columns but these
    asymmetric: str | None = None  # one of `distances.ASYMMETRIC`


@dataclass(frozen=True)
class OwnData:
    """The objects of a file, and how far apart they are.

    `objects` are an array of shape (n, n) if `kind` is "distances", else what a `Dataset` of that kind loads.
    """

    path: Path
    kind: str
    metric: str
    objects: Any
    labels: Sequence[str] | None  # of the rows, if they have any
    directed: bool  # distances that are not symmetric: row = object, column = medoid
    said: tuple[str, ...]  # what was found in the file and decided about it, a sentence each

    @property
    def n(self) -> int:
        """Number of objects."""
        return len(self.objects)

    @property
    def name(self) -> str:
        """The file's name as that of a dataset."""
        return re.sub(r"[^a-z0-9]+", "_", self.path.stem.lower()).strip("_") or "data"

    def dataset(self, name: str) -> Dataset:
        """Return the record with which the rest of the suite takes these objects for a dataset."""
        return Dataset(
            name=name,
            title=self.path.name,
            n=self.n,
            kind=self.kind,
            metric=self.metric,
            files=(),
            load=lambda paths: self.objects,
            licence="",
            citation="",
            homepage="",
        )

    def digest(self) -> str:
        """Hash of the objects: 12 hex digits. Other values, or other kinds of columns, have another one."""
        mixed = self.kind == "mixed"
        values = np.ascontiguousarray(self.objects.values if mixed else self.objects)
        about = f"{self.kind} {values.dtype} {values.shape} {list(self.objects.kinds) if mixed else ''}"
        return hashlib.sha256(about.encode() + values.tobytes()).hexdigest()[:12]


def read(path: Path, wishes: Wishes) -> OwnData:
    """Read a file.

    Raises
    ------
    Trouble
        If it cannot be clustered as it is. The message names the file, the place, the value and what would be right.
    """
    of_points, of_distances = wishes.metric or wishes.form == "points", wishes.asymmetric or wishes.form == "distances"
    if of_points and of_distances:
        raise Trouble(
            "--metric and --points speak of points, --asymmetric and --distances of distances", "leave one out"
        )
    frame, said = read_frame(path, wishes.header)
    if frame.empty:
        raise Trouble(f"{path} has {len(frame)} rows and {frame.shape[1]} columns: there is nothing to cluster")
    table = columns.of(path, frame, wishes.labels, wishes.only, wishes.without)
    said = [*said, *table.said]
    if not of_points:
        found = distances.look(path, table, wishes.form, wishes.asymmetric)
        if found is not None:
            shape = f"{len(found.matrix):,} x {len(found.matrix):,} distances"
            shape += "" if of_distances else " (square, symmetric, zeros on the diagonal; --points if they are none)"
            data = OwnData(path, "distances", "precomputed", found.matrix, table.labels, found.directed, ())
            return _saying(data, [f"{path.name}: {shape}", *said, *found.said])
    metric = wishes.metric or "euclidean"
    kind, objects, about = columns.objects_of(path, table, metric)
    data = OwnData(path, kind, metric, objects, table.labels, False, ())
    try:
        check_metric(replace(data, metric="").dataset(data.name), metric)
    except ValueError as error:
        raise Trouble(f"--metric {metric}: {error}") from None
    said += columns.notes_on(kind, objects, metric, list(table.frame))
    return _saying(data, [f"{path.name}: {data.n:,} rows, {about}; metric: {metric}", *said])


def _saying(data: OwnData, said: Sequence[str]) -> OwnData:
    if data.n < 3:
        raise Trouble(f"{data.path} has {data.n} rows: there is nothing to cluster")
    return replace(data, said=tuple(said))


def read_frame(path: Path, header: bool | None) -> tuple[pd.DataFrame, list[str]]:
    """Return the content of a file as a frame, and what was decided about it."""
    ending = path.suffix.lower()
    if ending not in KINDS_OF_FILES:
        raise Trouble(f"{path}: files of this kind are not read", f"save it as one of {', '.join(KINDS_OF_FILES)}")
    if ending in TEXT:
        return _read_text(path, header)
    if ending == ".parquet":
        try:
            return pd.read_parquet(path), []
        except ValueError as error:  # of pyarrow, too
            raise Trouble(f"{path} is not a parquet file: {str(error)[:200]}") from None
    return pd.DataFrame(_read_array(path)), []


def _read_array(path: Path) -> np.ndarray:
    try:
        found = np.load(path, allow_pickle=False)
        if isinstance(found, np.lib.npyio.NpzFile):
            if len(found.files) != 1:
                held = ", ".join(found.files)
                raise Trouble(f"{path} holds {len(found.files)} arrays: {held}", "save the one to cluster as .npy")
            found = found[found.files[0]]
    except (ValueError, EOFError) as error:
        raise Trouble(f"{path} is not an array of numbers: {str(error)[:200]}", "save it with numpy.save") from None
    if found.ndim == 1:
        return distances.square(path, found)
    if found.ndim != 2 or found.dtype.kind not in "biuf":
        raise Trouble(
            f"{path} holds an array of shape {found.shape} and type {found.dtype}", "rows of numbers are needed"
        )
    return found


def _read_text(path: Path, header: bool | None) -> tuple[pd.DataFrame, list[str]]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = [line for line in (file.readline() for _ in range(SAMPLE_LINES + 1)) if line.strip()]
        sample = "".join(lines)
        if not lines:
            raise Trouble(f"{path} is empty")
        delimiter = max(DELIMITERS, key=lines[0].count)
        separator = delimiter if delimiter in lines[0] else r"\s+" if " " in lines[0].strip() else ","
        decimal = "," if separator in (";", "\t") and re.search(r"\d,\d", sample) and "." not in sample else "."
        cells = (
            [line.split() for line in lines] if separator == r"\s+" else list(csv.reader(lines, delimiter=separator))
        )
        first, *rest = [[cell.strip().replace(decimal, ".") for cell in row] for row in cells]
        has_header, why = (header, "") if header is not None else is_header(first, rest)
        options: dict[str, Any] = {"sep": separator, "decimal": decimal, "header": 0 if has_header else None}
        frame = pd.read_csv(
            path, encoding="utf-8-sig", skipinitialspace=True, keep_default_na=False, na_values=list(MISSING), **options
        )
    except UnicodeDecodeError as error:
        place = f"byte {error.start} is not UTF-8"
        raise Trouble(f"{path} cannot be read as text: {place}", "save it as UTF-8") from None
    except (pd.errors.ParserError, csv.Error) as error:
        raise Trouble(
            f"{path} is no table: {' '.join(str(error).split())[:200]}", "every line needs as many columns"
        ) from None
    return frame, [why] if why else []


def is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> tuple[bool, str]:
    """Decide whether the first line holds names of columns; also return what to tell the user, if it is not obvious."""
    counted = list(map(str, range(len(first)))), list(map(str, range(1, len(first) + 1)))
    if len(first) > 1 and first[0] == "" or len(first) > 2 and first in counted:
        counts = first[0] != "" or first[1:] == counted[0][:-1] or first[1:] == counted[1][:-1]
        return (
            True,
            "the first line counts the columns, so it is taken for a header (--no-header if not)" if counts else "",
        )
    full = [row for row in rest if len(row) == len(first)]
    numeric = [j for j in range(len(first)) if full and all(_is_number(row[j]) or row[j] in MISSING for row in full)]
    if numeric:
        return not all(_is_number(first[j]) or first[j] in MISSING for j in numeric), ""
    return True, "the first line is taken for a header (--no-header if not)"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
        return True
    except ValueError:
        return False
