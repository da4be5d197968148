"""The dissimilarity matrix of a dataset on disk: checked, and written whole or not at all."""

import errno
import logging
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from kmedoids_bench.datasets import metrics, reuse
from kmedoids_bench.datasets.atomic import whole_file
from kmedoids_bench.datasets.dataset import Dataset
from kmedoids_bench.datasets.fetch import fetch
from kmedoids_bench.datasets.reuse import Matrix

DTYPES = ("float32", "float64", "int32", "int64")
BLOCK_BYTES = 1 << 26
"""Of one block of rows in float64: large enough for BLAS, small beside any matrix that needs blocks."""
PROGRESS_AFTER = 1.0
"""Seconds: a bar for less is only flicker."""
ON_THE_DIAGONAL = 1e-6
"""Rounding leaves this much, absolute or relative to the largest value; more means that d(i, i) is not 0."""

log = logging.getLogger(__name__)


class NotEnoughSpace(OSError):
    """The disk has no room for the matrix; the message says how much is needed and where."""


def write_matrix(
    dataset: Dataset,
    folder: str | Path,
    *,
    n: int | None = None,
    metric: str | None = None,
    dtype: str = "float32",
    progress: bool | None = None,
) -> Matrix:
    """Dissimilarities of the first ``n`` objects as ``folder/<dataset>-n<n>-<metric>-<dtype>.npy``.

    The matrix is C-ordered, exactly symmetric, finite, non-negative, with an exactly zero diagonal; computed
    in float64 and rounded once. A matrix that is there already is reused if its inputs are the same and its
    bytes are the recorded ones: size and time stamp are compared, and the whole digest if the time stamp
    differs.

    Parameters
    ----------
    dataset : Dataset
    folder : path
        Created if it is not there.
    n : int, optional
        Default: all objects. Shortest paths use the whole graph, whatever n.
    metric : str, optional
        Default: the dataset's natural one. ``metrics.py`` lists those of each kind of objects; for points and
        series of the same length also any name that scipy or scikit-learn knows.
    dtype : str
        float32 or float64; int32 or int64 if all dissimilarities are whole numbers.
    progress : bool, optional
        Show progress bars; by default only when stderr is a terminal.

    Raises
    ------
    DatasetUnavailable
        If a file is needed and cannot be had.
    NotEnoughSpace
        If the matrix does not fit on the disk.
    ValueError
        If an argument is wrong, or an entry is not a dissimilarity or does not fit the dtype.
    """
    n = dataset.n if n is None else n
    metric = dataset.metric if metric is None else metric
    check_matrix(dataset, n, metric, dtype)
    path = Path(folder) / f"{dataset.name}-n{n}-{metric}-{dtype}.npy"
    inputs = reuse.inputs_of(dataset, n, metric, dtype)
    if (found := reuse.find(path, dataset, inputs)) is not None:
        return found
    if path.exists():
        log.warning("%s is damaged, or was made of other data or code: it is made again", path)

    paths = fetch(dataset, progress=progress)
    objects = _objects(dataset, paths, n)
    started = time.perf_counter()
    block = metrics.block_function(objects, metric)
    try:
        with whole_file(path) as file:
            _reserve(file, n, dtype)
            _fill(Path(file.name), dataset.name, block, n, dtype, progress)
        return reuse.record(path, inputs, paths, time.perf_counter() - started)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _not_enough_space(path, n, dtype) from error


def write_points(dataset: Dataset, folder: str | Path, *, n: int | None = None, anew: bool = False) -> Path | None:
    """Coordinates of the first ``n`` objects as ``folder/<dataset>-n<n>-points.npy``, float64, for whoever wants them.

    Parameters
    ----------
    dataset : Dataset
    folder : path
        Created if it is not there.
    n : int, optional
        Default: all objects.
    anew : bool
        Write it even if it is there: it is of another edition of the data.

    Returns
    -------
    Path or None
        None for objects without coordinates.

    Raises
    ------
    DatasetUnavailable
        If a file is needed and cannot be had.
    """
    if dataset.kind != "points":
        return None
    n = dataset.n if n is None else n
    path = Path(folder) / f"{dataset.name}-n{n}-points.npy"
    if anew or not _has_rows(path, n):
        points = np.ascontiguousarray(_objects(dataset, fetch(dataset), n), np.float64)
        with whole_file(path) as file:
            np.save(file, points)
    return path


def _has_rows(path: Path, n: int) -> bool:
    try:
        return len(np.load(path, mmap_mode="r")) == n
    except (OSError, ValueError, TypeError, EOFError):  # not there, truncated, or not a file of numpy
        return False


def check_matrix(dataset: Dataset, n: int, metric: str, dtype: str) -> None:
    """Raise ValueError if a dataset cannot have such a matrix, naming what is wrong; nothing is read for it."""
    if not 1 <= n <= dataset.n:
        raise ValueError(f"n={n}: {dataset.name} has {dataset.n} objects, choose 1 to {dataset.n}")
    if dtype not in DTYPES:
        raise ValueError(f"dtype={dtype!r}: choose one of {', '.join(DTYPES)}")
    metrics.check_metric(dataset, metric)
    if np.dtype(dtype).kind == "i" and metric in metrics.FRACTIONS:
        raise ValueError(f"dtype={dtype!r}: {metric} gives no whole numbers, choose float32 or float64")


def _objects(dataset: Dataset, paths: tuple[Path, ...], n: int) -> Any:
    objects = dataset.load(paths)
    length = objects.shape[0] if hasattr(objects, "shape") else len(objects)
    if length != dataset.n:
        raise ValueError(f"dataset {dataset.name!r}: the loader gives {length} objects, the record says {dataset.n}")
    if dataset.kind == "graph":
        import scipy.sparse

        weights = scipy.sparse.coo_array(objects)
        wrong = np.flatnonzero(~((weights.data >= 0) & np.isfinite(weights.data)))
        if wrong.size:
            i, j = (int(axis[wrong[0]]) for axis in weights.coords)
            raise ValueError(f"dataset {dataset.name!r}: the edge ({i}, {j}) has the weight {weights.data[wrong[0]]}")
        return objects
    if dataset.kind in ("points", "series"):
        wrong = np.argwhere(~np.isfinite(objects))
        if wrong.size:
            i, j = wrong[0].tolist()
            raise ValueError(f"dataset {dataset.name!r}: object {i}, coordinate {j} is {objects[i, j]}")
    return objects[:n]


def _bytes(n: int, dtype: str) -> int:
    return n * n * np.dtype(dtype).itemsize


def _reserve(file: BinaryIO, n: int, dtype: str) -> None:
    """Take the space now: a full disk found while writing to a memory map kills the process (SIGBUS)."""
    if shutil.disk_usage(Path(file.name).parent).free < _bytes(n, dtype):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    np.lib.format.write_array_header_1_0(  # type: ignore[arg-type]
        file, {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": (n, n)}
    )
    file.flush()
    os.posix_fallocate(file.fileno(), 0, file.tell() + _bytes(n, dtype))


def _fill(path: Path, dataset: str, block: metrics.Block, n: int, dtype: str, progress: bool | None) -> None:
    """Blocks of rows from the diagonal to the right, each mirrored below it: symmetric, and half the work.

    At least 16 blocks: what a block computes on the other side of the diagonal is a small part then.
    """
    from tqdm import tqdm

    step = max(1, min(-(-n // 16), 1024, BLOCK_BYTES // (8 * n)))
    shown = sys.stderr.isatty() if progress is None else progress
    bar = tqdm(desc=f"distances of {dataset}", total=n, disable=not shown, delay=PROGRESS_AFTER, unit="row")
    largest = 0.0
    for first in range(0, n, step):
        end = min(first + step, n)
        values = block(slice(first, end), slice(first, n))
        largest = max(largest, values.max())
        _check_values(values, largest, dataset, first, dtype)
        rounded = values.astype(dtype)
        square = np.triu(rounded[:, : end - first], 1)
        rounded[:, : end - first] = square + square.T  # the diagonal is 0 now
        # Opened for each block: the pages written so far do not stay in this process's memory.
        matrix = np.lib.format.open_memmap(path, mode="r+")
        matrix[first:end, first:] = rounded
        matrix[end:, first:end] = rounded[:, end - first :].T
        bar.update(end - first)
    bar.close()


def _check_values(values: np.ndarray, largest: float, dataset: str, first: int, dtype: str) -> None:
    def refuse(wrong: np.ndarray, why: str) -> None:
        if wrong.any():
            i, j = np.argwhere(wrong)[0].tolist()
            raise ValueError(f"dataset {dataset!r}: d({first + i}, {first + j}) = {values[i, j]}, {why}")

    kind = np.dtype(dtype)
    limit = np.iinfo(kind).max if kind.kind == "i" else np.finfo(kind).max
    refuse(~((values >= 0) & (values < limit)), f"not a dissimilarity that {dtype} can hold")
    if kind.kind == "i":
        refuse(values != np.rint(values), "not a whole number: choose float32 or float64")
    from_itself = np.diag(np.diagonal(values) > ON_THE_DIAGONAL * max(1.0, largest))
    refuse(from_itself, "but an object has the dissimilarity 0 to itself: choose another metric")


def _not_enough_space(path: Path, n: int, dtype: str) -> NotEnoughSpace:
    free = shutil.disk_usage(path.parent).free
    return NotEnoughSpace(
        errno.ENOSPC,
        f"the matrix {path.name} needs {_bytes(n, dtype) / 1e6:,.4g} MB and {path.parent} has "
        f"{free / 1e6:,.4g} MB free: make room there, choose another folder, a smaller n, or float32",
    )
