"""How far do the sampling algorithms reach without a matrix? Seconds, peak memory and loss of one run.

    python experiments/tests/tools/large_samples.py                       # a million points, FasterCLARA
    python experiments/tests/tools/large_samples.py -n 20000 --algorithm fastclarans

The points are a Gaussian mixture of k components, the same for the same arguments. The first call, which compiles,
takes a small part of the points and is reported apart. A quick look only: there are no interleaved repetitions and no
isolation as in the harness, so no ratio may be computed from it.
"""

import resource
import sys
import time

import click
import numpy as np

from kmedoids_bench.algorithms import Points
from kmedoids_bench.algorithms.core.registry import algorithms, names


@click.command()
@click.option("--algorithm", type=click.Choice(names("sampling")), default="fasterclara", show_default=True)
@click.option("-n", type=click.IntRange(min=1), default=1_000_000, show_default=True, help="Number of points.")
@click.option("--dimensions", type=click.IntRange(min=1), default=16, show_default=True)
@click.option("-k", type=click.IntRange(min=1), default=50, show_default=True, help="Number of medoids.")
@click.option("--dtype", type=click.Choice(["float32", "float64"]), default="float32", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
def main(algorithm: str, n: int, dimensions: int, k: int, dtype: str, seed: int) -> None:
    """Cluster points of a Gaussian mixture with a sampling algorithm, without a matrix."""
    if k > n:
        raise click.BadParameter(f"{k} medoids of {n} points", param_hint="-k")
    call = algorithms()[algorithm].call
    coordinates, mixture_loss = gaussian_mixture(n, dimensions, k, dtype, seed)
    began = time.perf_counter()
    call(Points(coordinates[:200]), min(2, n), seed=seed)
    compiled = time.perf_counter()
    result = call(Points(coordinates), k, seed=seed)
    seconds = time.perf_counter() - compiled
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    click.echo(f"{algorithm}, n = {n}, {dimensions} dimensions, k = {k}, {dtype}, euclidean, seed {seed}")
    click.echo(f"seconds         {seconds:.2f}  (first call, on 200 points: {compiled - began:.2f})")
    click.echo(f"peak memory     {peak / 2**20:.0f} MB  (coordinates: {coordinates.nbytes / 2**20:.0f} MB)")
    click.echo(f"loss            {result.loss:.6g}  (about the true centres: {mixture_loss:.6g})")
    click.echo(f"dissimilarities {result.n_lookups}  ({result.n_lookups / n:.0f} per point)")


def gaussian_mixture(n: int, dimensions: int, k: int, dtype: str, seed: int) -> tuple[np.ndarray, float]:
    """Draw n points around k centres; return them and the sum of their distances to their own centres."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(scale=4, size=(k, dimensions)).astype(dtype)
    offsets = rng.standard_normal((n, dimensions), dtype=np.dtype(dtype).type)
    loss = float(np.sqrt(np.einsum("ij,ij->i", offsets, offsets)).sum(dtype=np.float64))
    offsets += centres[rng.integers(0, k, n)]
    return offsets, loss


if __name__ == "__main__":
    main()
