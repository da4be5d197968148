"""How far from the optimum is FasterPAM, and what is the optimum? Bounds and proven optima of some datasets.

    python -m kmedoids_bench.experiments bounds plants_texture -k 2 -k 20 -k 100
    python -m kmedoids_bench.experiments bounds mnist -n 10000 -k 10 --seconds 30 --threads 2
    python -m kmedoids_bench.experiments bounds pmed1 pmed40          # k is known, and so is the optimum

One line for each k: the loss of FasterPAM from a random start, and how far above the optimum it is at most; the bound,
the candidates that it leaves, and the seconds of search and certificate; then what `optimal` finds, and in how long.
Kernels are compiled beforehand. The bound is computed once more by definition. A quick look only: nothing is repeated,
so no ratio of times may be computed from it.
"""

import time
from pathlib import Path

import click
import numpy as np

from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import certify, optimal
from kmedoids_bench.algorithms.bounds.lagrangian import lagrangian
from kmedoids_bench.algorithms.tuned import fasterpam
from kmedoids_bench.datasets import datasets, write_matrix

HEADINGS = (
    "problem",
    "k",
    "loss",
    "above",
    "bound",
    "left",
    "search",
    "certificate",
    "passes",
    "optimal",
    "above",
    "nodes",
    "time",
)
LAYOUT = "{:<20}{:>5}{:>14}{:>10}{:>14}{:>7}{:>8}{:>12}{:>7}{:>14}{:>10}{:>8}{:>8}"


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="DATASET...")
@click.option("-k", "ks", type=click.IntRange(min=1), multiple=True, help="Number of medoids; several may be given.")
@click.option("-n", type=click.IntRange(min=1), help="The first n objects only.")
@click.option(
    "--seconds", type=float, default=30.0, show_default=True, help="At most, for the certificate and the optimum."
)
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--matrices", type=click.Path(file_okay=False, path_type=Path), default=Path(".cache/matrices"))
def main(
    names: tuple[str, ...], ks: tuple[int, ...], n: int | None, seconds: float, threads: int, matrices: Path
) -> None:
    """Say how far from the optimum FasterPAM is on some datasets, and look for proven optima."""
    click.echo(LAYOUT.format(*HEADINGS))
    for name in names:
        if name not in datasets():
            raise click.BadParameter(f"there is no dataset {name!r}", param_hint="DATASET")
        dataset = datasets()[name]
        dtype = "int32" if dataset.kind == "graph" else "float32"
        problem = Problem.of(np.load(write_matrix(dataset, matrices, n=n, dtype=dtype).path, mmap_mode="r"))
        for k in ks or (int(dataset.facts.get("k", 10)),):
            click.echo(line(name, problem, k, seconds, threads))


def line(name: str, problem: Problem, k: int, seconds: float, threads: int) -> str:
    """Look at one problem."""
    fasterpam(problem, k=k, seed=0, threads=threads, max_passes=1)  # compiles
    began = time.perf_counter()
    result = fasterpam(problem, k=k, seed=0, threads=threads)
    searched = time.perf_counter()
    certify(problem, result.medoids, seconds=0.0, threads=threads)  # compiles
    begun = time.perf_counter()
    bound = certify(problem, result.medoids, seconds=seconds, threads=threads)
    certified = time.perf_counter()
    best = optimal(problem, k, seconds=seconds, threads=threads)
    ended = time.perf_counter()
    if lagrangian(problem.distances, k, bound.multipliers) > best.loss:
        raise AssertionError(f"{name}, k = {k}: the bound is above a loss")
    return LAYOUT.format(
        name,
        k,
        f"{bound.loss:.9g}",
        f"{100 * bound.gap:.3f} %",
        f"{bound.bound:.9g}",
        len(bound.candidates),
        f"{searched - began:.2f}",
        f"{certified - begun:.2f}",
        bound.n_passes,
        f"{best.loss:.9g}",
        "proven" if best.proven else f"{100 * best.gap:.3f} %",
        best.n_nodes,
        f"{ended - certified:.2f}",
    )
