"""Objects with mixed columns: numbers, ranks, categories and presences, with missing values.

The kinds of the columns are one letter each:

==  ==============================================================================================
n   number
o   ordered: the numbers only give an order, ranks 0, 1, 2, ... among those that occur take their place
c   category, equal or not
p   presence of something: 1, or 0; that both objects lack it says nothing about them
-   left out
==  ==============================================================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

NUMBER, ORDERED, CATEGORY, PRESENCE, LEFT_OUT = "nocp-"
MISSING = "?"


@dataclass(frozen=True)
class Table:
    """Objects with mixed columns; a slice of it is a table again, with the ranges of all objects.

    Attributes
    ----------
    values : array (n, columns) of float64
        Numbers, ranks, codes of categories; nan where the value is missing.
    kinds : str
        One letter per column.
    ranges : array (columns,) of float64
        Largest minus smallest number or rank of a column; 1 if they are equal, and for the other kinds.
    """

    values: np.ndarray
    kinds: str
    ranges: np.ndarray

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, part: slice) -> "Table":
        return Table(self.values[part], self.kinds, self.ranges)


def make_table(columns: Sequence[np.ndarray], kinds: str) -> Table:
    """Make a table of columns of numbers, nan where a value is missing; categories are any numbers, too."""
    values = np.stack(columns, axis=1).astype(np.float64)
    ranges = np.ones(len(kinds))
    for j, (column, kind) in enumerate(zip(values.T, kinds, strict=True)):
        known = ~np.isnan(column)
        if kind == ORDERED:
            _, column[known] = np.unique(column[known], return_inverse=True)
        if kind in (NUMBER, ORDERED):
            ranges[j] = np.ptp(column[known]) or 1.0
    return Table(values, kinds, ranges)


def read_table(path: Path, kinds: str, delimiter: str | None = ",") -> Table:
    """Read a text file, one object per line, ``?`` where a value is missing.

    Parameters
    ----------
    path : Path
    kinds : str
        One letter per column of the file.
    delimiter : str or None
        Between the columns; None: blanks.

    Raises
    ------
    ValueError
        If a line has another number of columns.
    """
    lines = [line for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    rows = [[cell.strip() for cell in line.split(delimiter)] for line in lines]
    for number, row in enumerate(rows):
        if len(row) != len(kinds):
            raise ValueError(f"{path}: object {number} has {len(row)} columns, not {len(kinds)}")
    columns = [
        _numbers(cells, kind) for cells, kind in zip(zip(*rows, strict=True), kinds, strict=True) if kind != LEFT_OUT
    ]
    return make_table(columns, kinds.replace(LEFT_OUT, ""))


def _numbers(cells: Sequence[str], kind: str) -> np.ndarray:
    if kind != CATEGORY:
        return np.array([np.nan if cell == MISSING else float(cell) for cell in cells])
    _, codes = np.unique(cells, return_inverse=True)
    return np.where(np.array(cells) == MISSING, np.nan, codes)
