"""Medoids of the user's objects, found with the tuned kernels where there are any."""

import io
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import psutil

from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.datasets import write_matrix
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data.reading import OwnData
from kmedoids_bench.experiments.rows.keys import EAGER

if TYPE_CHECKING:
    from kmedoids_bench.algorithms import Clustering, Points, Problem

ENTRY_BYTES = 4  # distances are computed as float32
FREE_SHARE = 0.8  # of the free memory that a matrix may take
WITHOUT_MATRIX = "fasterclara"
OF_POINTS = {"cityblock": "manhattan"}  # scipy's names of metrics, and those of our points


@dataclass(frozen=True)
class Found:
    """The best clustering of several searches with one k."""

    result: "Clustering"
    silhouette: float | None  # mean medoid silhouette; None for one medoid

    @property
    def k(self) -> int:
        """Number of medoids."""
        return self.result.k


def problem_of(data: OwnData, algorithm: str) -> "Problem | Points":
    """Return the distances, or the points if a sampling algorithm can do without distances.

    Raises
    ------
    Trouble
        If the distances do not fit into memory.
    """
    from kmedoids_bench.algorithms import Points, Problem

    if data.kind == "distances":
        return Problem.of(data.objects.T if data.directed else data.objects)
    if algorithm in names("sampling") and data.kind == "points":
        try:
            return Points(data.objects, metric=OF_POINTS.get(data.metric, data.metric))
        except ValueError:
            pass  # a metric that only a matrix can have
    check_memory(data)
    with tempfile.TemporaryDirectory(prefix="kmedoids-bench-") as folder:
        try:
            matrix = write_matrix(data.dataset(data.name), folder)
        except ValueError as error:
            nothing = "these two rows have no value in common: leave out rows or columns that lack many"
            advice = nothing if data.kind == "mixed" else ""
            raise Trouble(str(error).replace(f"dataset {data.name!r}", str(data.path)), advice) from None
        return Problem.of(np.load(matrix.path, mmap_mode="r"))  # which outlives its file


def check_k(ks: Sequence[int], data: OwnData) -> None:
    """Raise Trouble unless every cluster can have more than its medoid."""
    if max(ks) >= data.n:
        raise Trouble(f"--k {max(ks)}: {data.path} has {data.n:,} rows", f"choose at most {data.n - 1:,} clusters")


def check_memory(data: OwnData) -> None:
    """Raise Trouble if the distances of all rows do not fit into memory."""
    free = FREE_SHARE * psutil.virtual_memory().available
    if data.kind == "distances" or data.n**2 * ENTRY_BYTES <= free:
        return
    raise Trouble(
        f"{data.path} has {data.n:,} rows: all their distances take {data.n**2 * ENTRY_BYTES / 1e9:,.1f} GB, and "
        f"{free / 1e9:,.1f} GB are free",
        f"distances of {int((free / ENTRY_BYTES) ** 0.5):,} rows fit; --algorithm {WITHOUT_MATRIX} clusters rows "
        "of numbers without a matrix",
    )


def search(
    data: "Problem | Points",
    k: int,
    algorithm: str = "fasterpam",
    start: str | None = None,
    seed: int = 0,
    restarts: int = 1,
    advance: Callable[[], object] = lambda: None,
) -> Found:
    """Return the best of some searches; `advance` is called after each of them.

    The start is random for the eager algorithms, which are quick, else BUILD. Searches without a random choice are
    made once.
    """
    record = algorithms("tuned").get(algorithm, algorithms()[algorithm])
    options = {"start": start or ("random" if algorithm in EAGER else "build")} if record.kind == "swap" else {}
    chance = record.kind == "sampling" or algorithms()[options["start"]].seeded
    results = []
    for number in range(restarts if chance else 1):
        results.append(record.call(data, k=k, seed=seed + number, **options))
        advance()
    best = min(results, key=lambda one: one.loss)
    return Found(best, best.medoid_silhouette(data) if k > 1 else None)


def gap(data: "Problem | Points", found: Found, seconds: float) -> float | None:
    """Return how far above the optimum the loss is at most, as a share of it; None where that cannot be told."""
    from kmedoids_bench.algorithms import Problem
    from kmedoids_bench.algorithms.bounds import certify

    if seconds <= 0 or not isinstance(data, Problem):
        return None
    began = time.perf_counter()
    share = certify(data, found.result.medoids, seconds=seconds).gap
    if time.perf_counter() - began > 1.5 * seconds:  # it spent them on compiling
        share = certify(data, found.result.medoids, seconds=seconds).gap
    return share if np.isfinite(share) else None


@dataclass(frozen=True)
class Clusters:
    """A clustering as its user reads it: the largest cluster first."""

    medoids: np.ndarray  # int64, shape (k,): numbers of rows
    labels: np.ndarray  # int64, shape (n,): number of the cluster
    distances: np.ndarray  # float64, shape (n,): to the own medoid

    @property
    def sizes(self) -> np.ndarray:
        """Number of rows of each cluster."""
        return np.bincount(self.labels, minlength=len(self.medoids))


def by_size(data: "Problem | Points", result: "Clustering") -> Clusters:
    """Return the clusters by falling size, and how far each row is from its medoid."""
    order = np.argsort(-np.bincount(result.labels, minlength=result.k), kind="stable")
    labels, distances = np.argsort(order)[result.labels], np.empty(len(result.labels))
    for cluster, medoid in enumerate(result.medoids[order]):
        members = labels == cluster
        distances[members] = np.asarray(data.distances[medoid])[members]
    return Clusters(result.medoids[order], labels, distances)


def write_labels(path: Path, names_of_rows: Sequence[str] | None, clusters: Clusters) -> None:
    """Write a line for each row: its number, its name, its cluster, the medoid, the distance to it.

    If the file ends in .npy it is only the array of the numbers of clusters, in .tsv or .parquet such a table.
    """
    if path.suffix == ".npy":
        content = io.BytesIO()
        np.save(content, clusters.labels)
        return write_whole(path, content.getvalue())
    table = pd.DataFrame({"row": np.arange(len(clusters.labels)), "cluster": clusters.labels})
    table = table.assign(medoid=clusters.medoids[clusters.labels], distance=clusters.distances)
    if names_of_rows is not None:
        table.insert(1, "name", list(names_of_rows))
    if path.suffix == ".parquet":
        return write_whole(path, table.to_parquet(index=False))
    return write_whole(path, table.to_csv(index=False, sep="\t" if path.suffix == ".tsv" else ","))
