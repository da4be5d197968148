"""The points of a dataset on disk without their matrix: for numbers of objects at which it would be too large."""

import time
from pathlib import Path

from kmedoids_bench.datasets import reuse
from kmedoids_bench.datasets.dataset import Dataset
from kmedoids_bench.datasets.distances import check_matrix, write_points
from kmedoids_bench.datasets.fetch import fetch
from kmedoids_bench.datasets.reuse import Matrix


def write_points_alone(
    dataset: Dataset, folder: str | Path, *, n: int | None = None, metric: str | None = None, dtype: str = "float32"
) -> Matrix:
    """Write what `write_points` does, and return its record in place of that of a matrix.

    Parameters
    ----------
    dataset : Dataset
    folder : path
        Created if it is not there.
    n : int, optional
        Default: all objects.
    metric : str, optional
        Default: the dataset's natural one.
    dtype : str
        The type to which a library may round the coordinates.

    Returns
    -------
    Matrix
        `path`, `sha256` and `seconds` are those of the file of points.

    Raises
    ------
    DatasetUnavailable
        If a file is needed and cannot be had.
    ValueError
        If an argument is wrong, or the objects have no coordinates.
    """
    n = dataset.n if n is None else n
    metric = dataset.metric if metric is None else metric
    check_matrix(dataset, n, metric, dtype)
    inputs = reuse.inputs_of(dataset, n, metric, dtype)
    path = Path(folder) / f"{dataset.name}-n{n}-points.npy"
    if (found := reuse.find(path, dataset, inputs)) is not None:
        return found
    began = time.perf_counter()
    if write_points(dataset, folder, n=n, anew=True) is None:
        raise ValueError(f"{dataset.name} has no coordinates: without a matrix nothing can be computed")
    return reuse.record(path, inputs, fetch(dataset), time.perf_counter() - began)
