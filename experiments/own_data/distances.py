"""Whether a square file holds distances, and whether they are such that they can be clustered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.problem import is_symmetric, square_matrix
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data.columns import Columns

ROUNDING = 1e-6  # of the largest distance: what rounding leaves on the diagonal, and between d(i, j) and d(j, i)
DIRECTED = "directed"
ASYMMETRIC = {
    "mean": "the mean of d(i, j) and d(j, i)",
    "max": "the larger of d(i, j) and d(j, i)",
    "min": "the smaller of d(i, j) and d(j, i)",
    DIRECTED: "from the object (row) to the medoid (column)",
}
POINTS = "if the rows are points, say --points"


@dataclass(frozen=True)
class Distances:
    """A matrix with a diagonal of zeros; symmetric, unless it is directed."""

    matrix: np.ndarray
    directed: bool
    said: tuple[str, ...]


def look(path: Path, columns: Columns, form: str | None, asymmetric: str | None) -> Distances | None:
    """Return the distances that a file holds, or None if its rows are points.

    Without a `form` they are distances if they are square, and symmetric or with zeros on the diagonal. Distances have
    to be both, and without negative or missing values: if they are not, they are refused, and not taken for points.
    """
    frame = columns.frame
    n, m = frame.shape
    asked = form == "distances" or asymmetric is not None
    if not asked and (n != m or n < 3 or not all(map(pd.api.types.is_numeric_dtype, frame.dtypes))):
        return None
    if n != m:
        raise Trouble(
            f"{path} has {n:,} rows and {m:,} columns: distances are square",
            f"{POINTS}; a column of names is left out with --labels or --drop-columns",
        )
    values = _numbers(path, frame)
    # Rows of points are square now and then; a diagonal of zeros, or symmetry, they have never.
    if asked or not np.diagonal(values).any() or asymmetry(values)[0] <= ROUNDING * np.abs(values).max():
        return checked(path, values, columns.labels, list(frame), asymmetric)
    return None


def _numbers(path: Path, frame: pd.DataFrame) -> np.ndarray:
    try:
        values = frame.to_numpy() if len(set(frame.dtypes)) == 1 else frame.to_numpy(np.float64)
        fits = values.dtype.kind in "iu" or values.dtype in (np.float32, np.float64)
        return np.ascontiguousarray(values if fits else values.astype(np.float64))
    except (TypeError, ValueError):
        wrong = frame.apply(pd.to_numeric, errors="coerce").isna().to_numpy() & frame.notna().to_numpy()
        row, column = np.argwhere(wrong)[0].tolist() if wrong.any() else (0, 0)
        value = frame.iat[row, column]
        raise Trouble(f"{path}: row {row}, column {column} is {value!r}, not a distance", POINTS) from None


def checked(
    path: Path, matrix: np.ndarray, labels: Sequence[str] | None, header: Sequence[object], asymmetric: str | None
) -> Distances:
    """Return distances that can be clustered.

    Raises
    ------
    Trouble
        If an entry is missing, infinite or negative, the diagonal is not zero, the matrix is not symmetric and nobody
        says what that means, or the rows stand in another order than the columns.
    """
    if labels is not None and sorted(map(str, header)) == sorted(labels) and list(map(str, header)) != list(labels):
        at = next(i for i, pair in enumerate(zip(header, labels, strict=True)) if str(pair[0]) != pair[1])
        raise Trouble(
            f"{path}: row {at} is {labels[at]!r} and column {at} is {str(header[at])!r}",
            "rows and columns must be the same objects in the same order",
        )
    wrong = ~np.isfinite(matrix) | (matrix < 0)
    if wrong.any():
        i, j = np.argwhere(wrong)[0].tolist()
        value = matrix[i, j]
        missing = "fill it, or leave the object out: every distance is needed"
        negative = f"distances are not negative (are these similarities? 1 - s, for instance, is a distance); {POINTS}"
        raise Trouble(
            f"{path}: d({i}, {j}) is {'missing' if np.isnan(value) else value} ({wrong.sum():,} such entries)",
            negative if value < 0 else missing,
        )
    largest = float(matrix.max())
    diagonal = np.diagonal(matrix)
    if diagonal.max() > ROUNDING * largest:
        i = int(np.flatnonzero(diagonal > ROUNDING * largest)[0])
        raise Trouble(
            f"{path}: d({i}, {i}) is {matrix[i, i]}, the distance of an object to itself must be 0",
            f"are these similarities? 1 - s, for instance, is a distance; {POINTS}",
        )
    if diagonal.any():
        matrix = matrix.copy()
        np.fill_diagonal(matrix, 0)
    difference, (i, j) = asymmetry(matrix)
    if difference <= ROUNDING * largest:
        said = (
            () if difference == 0 else (f"d(i, j) and d(j, i) differ by {difference:.1g} at most: their mean is taken",)
        )
        return Distances(matrix if difference == 0 else _symmetric(matrix, "mean"), False, said)
    if asymmetric is None:
        raise Trouble(
            f"{path}: d({i}, {j}) is {matrix[i, j]:.6g} and d({j}, {i}) is {matrix[j, i]:.6g}: not symmetric",
            "--asymmetric mean, max or min takes that of the two; --asymmetric directed takes that from the row to the "
            f"medoid; {POINTS}",
        )
    directed = asymmetric == DIRECTED
    return Distances(
        matrix if directed else _symmetric(matrix, asymmetric), directed, (f"distances are {ASYMMETRIC[asymmetric]}",)
    )


def asymmetry(matrix: np.ndarray) -> tuple[float, tuple[int, int]]:
    """Return the largest difference between d(i, j) and d(j, i), and the place of the first that is as large."""
    if is_symmetric(matrix):
        return 0.0, (0, 0)
    largest, place = 0.0, (0, 0)
    for i, row in enumerate(matrix):
        differences = np.abs(row.astype(np.float64) - matrix[:, i])
        j = int(differences.argmax())
        if not differences[j] <= largest:  # NaN counts
            largest, place = float(differences[j]), (i, j)
    return largest, place


def _symmetric(matrix: np.ndarray, how: str) -> np.ndarray:
    if how == "mean":
        numbers = matrix if matrix.dtype.kind == "f" else matrix.astype(np.float64)  # a sum of small integers overflows
        return (numbers + numbers.T) / numbers.dtype.type(2)
    return np.maximum(matrix, matrix.T) if how == "max" else np.minimum(matrix, matrix.T)


def square(path: Path, vector: np.ndarray) -> np.ndarray:
    """Return the matrix of a vector of distances as scipy's `pdist` writes it."""
    matrix = square_matrix(vector.astype(np.float64, copy=False))
    if matrix.ndim != 2:
        raise Trouble(
            f"{path} holds a vector of {len(vector):,} numbers",
            "save points as an array with a row for each, and distances as a square, or as scipy's pdist does",
        )
    return matrix
