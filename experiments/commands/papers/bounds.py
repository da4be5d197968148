"""How far from the optimum is FasterPAM, and what is the optimum? Bounds and proven optima of some datasets.

    kmedoids-bench bounds plants_texture -k 2 -k 20 -k 100
    kmedoids-bench bounds mnist -n 10000 -k 10 --seconds 30 --threads 2
    kmedoids-bench bounds pmed1 pmed40          # k is known, and so is the optimum
    kmedoids-bench bounds --profile experiments/profiles/paper.yaml --keep datasets/optima.csv

A line for each k has the loss of FasterPAM from a random start, how far above the optimum it is at most, and what
`optimal` finds. Kernels are compiled beforehand. The bound is computed once more by definition. Nothing is repeated, so
no ratio of times may be computed from it.

Where a profile has points and no matrix, the matrix is made for the bound, as float32 and of at most 30 000 objects.
The bound is lowered by what the rounding may have raised it.

With ``--keep`` the results join those of the file; what is proven there, or was looked for as long, is left out. The
report compares losses with the bounds of ``datasets/optima.csv``.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import rich_click as click

from kmedoids_bench.datasets import Matrix, check_matrix, datasets, write_matrix, write_points_alone
from kmedoids_bench.datasets.optima import BestKnown, best_known, joined, write_best_known
from kmedoids_bench.experiments.commands.options import EXISTING_FILE, FILE, FOLDER, examples
from kmedoids_bench.experiments.planning.profile import MatrixRequest, Profile, read_profile, unknown

if TYPE_CHECKING:
    from kmedoids_bench.algorithms import Problem

MOST_OBJECTS = 30_000  # of which a matrix is made where the profile has none: 3.6 GB
ROUNDING = 2.0**-23  # float32 moves no dissimilarity, and so no sum of them, by a larger share

Requests = Iterator[tuple[str, MatrixRequest, Iterable[int]]]  # dataset, matrix, and the k


@click.command(
    epilog=examples(
        "kmedoids-bench bounds plants_texture -k 2 -k 20 -k 100",
        "kmedoids-bench bounds mnist -n 10000 -k 10 --seconds 30 --threads 2",
        "kmedoids-bench bounds --profile experiments/profiles/paper.yaml --keep datasets/optima.csv",
    )
)
@click.argument("names", nargs=-1, metavar="DATASET...")
@click.option("-k", "ks", type=click.IntRange(min=1), multiple=True, help="Number of medoids; several may be given.")
@click.option("-n", type=click.IntRange(min=1), help="The first n objects only.")
@click.option("--profile", type=EXISTING_FILE, help="All matrices and k of a profile.")
@click.option(
    "--seconds", type=float, default=30.0, show_default=True, help="Time limit for each of certificate and optimum."
)
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True, help="Cores to use.")
@click.option("--matrices", type=FOLDER, default=Path(".cache/matrices"), help="Where matrices are kept.")
@click.option("--keep", type=FILE, help="Add what is found to this file of results.")
def bounds(
    names: tuple[str, ...],
    ks: tuple[int, ...],
    n: int | None,
    profile: Path | None,
    seconds: float,
    threads: int,
    matrices: Path,
    keep: Path | None,
) -> None:
    """Say how far from the optimum FasterPAM is on some datasets, and look for proven optima."""
    from kmedoids_bench.algorithms import Problem
    from kmedoids_bench.algorithms.core.problem import checked_number
    from kmedoids_bench.algorithms.tuned.threads import checked_threads

    if bool(names) == bool(profile):
        raise click.UsageError("name either datasets or a profile")
    try:
        checked_number("--seconds", seconds, 0.0, 1e9)
        checked_threads(threads)
        for name in names:
            if name not in datasets():
                raise ValueError(unknown(name, "a dataset", datasets()))
            n_objects = datasets()[name].n if n is None else n
            check_matrix(datasets()[name], n_objects, datasets()[name].metric, "float32")
            for k in ks:
                checked_number("-k", k, 1, n_objects - 1)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    kept = best_known(keep) if keep and keep.exists() else {}
    for name, request, numbers in of_profile(read_profile(profile)) if profile else of_names(names, ks, n):
        dataset, which = datasets()[name], {"n": request.n, "metric": request.metric, "dtype": request.dtype}
        if request.points_alone and (request.n or dataset.n) > MOST_OBJECTS:
            click.echo(f"{name} (n = {request.n or dataset.n:,}): no bound, its matrix would be too large")
            continue
        made = write_matrix(dataset, matrices, **which)
        sha256 = write_points_alone(dataset, matrices, **which).sha256 if request.points_alone else made.sha256
        problem = None
        for k in (k for k in numbers if k < made.n and not is_settled(kept.get((sha256, k)), seconds)):
            problem = problem or Problem.of(np.load(made.path, mmap_mode="r"))
            found, text = look_at(made, problem, k, seconds, threads)
            click.echo(text)
            found = of_points(found, sha256) if request.points_alone else found
            kept[sha256, k] = joined(kept.get((sha256, k), found), found)
            if keep:
                _write(kept, keep)


def _write(kept: dict[tuple[str, int], BestKnown], file: Path) -> None:
    """Write what is known, and what another call has added to the file meanwhile."""
    for key, result in (best_known.__wrapped__(file) if file.exists() else {}).items():
        kept[key] = joined(kept.get(key, result), result)
    write_best_known(kept.values(), file)


def of_names(names: Iterable[str], ks: tuple[int, ...], n: int | None) -> Requests:
    """Yield the natural matrix of each dataset."""
    for name in names:
        dataset = datasets()[name]
        dtype = "int32" if dataset.kind == "graph" else "float32"
        yield name, MatrixRequest(n, None, dtype), ks or (int(dataset.facts.get("k", 10)),)


def of_profile(profile: Profile) -> Requests:
    """Yield every matrix of a profile with all k at which any study needs it."""
    for name in profile.datasets:
        for request in profile.matrices(name):
            grids = [grid for _, grid in profile.grids(name) if request in grid.matrices]
            known = datasets()[name].facts.get("k", 1)
            yield name, request, sorted({k for grid in grids for k in grid.k or (int(known),)})


def of_points(found: BestKnown, sha256: str) -> BestKnown:
    """Return what is known of the points, as they are, from what is known of their matrix in float32."""
    loss, bound = found.loss * (1 + ROUNDING), found.bound * (1 - ROUNDING)
    return replace(found, matrix_sha256=sha256, loss=loss, bound=bound, proven=False)


def is_settled(known: BestKnown | None, seconds: float) -> bool:
    """Whether nothing better can be expected than what is known."""
    return known is not None and (known.proven or known.limit_seconds >= seconds)


def look_at(matrix: Matrix, problem: "Problem", k: int, seconds: float, threads: int) -> tuple[BestKnown, str]:
    """Look at one problem; return what is known then, and a line for the reader."""
    from kmedoids_bench.algorithms.bounds import certify, optimal
    from kmedoids_bench.algorithms.bounds.lagrangian import lagrangian
    from kmedoids_bench.algorithms.tuned import fasterpam

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
        raise AssertionError(f"{matrix.dataset}, k = {k}: the bound is above a loss")
    found = BestKnown(
        **{name: getattr(matrix, name) for name in ("dataset", "n", "metric", "dtype")},
        k=k,
        matrix_sha256=matrix.sha256,
        loss=best.loss,
        bound=max(bound.bound, best.bound),
        proven=best.proven,
        search_seconds=round(searched - began, 4),
        certificate_seconds=round(certified - begun, 4),
        candidates=len(bound.candidates),
        optimal_seconds=round(ended - certified, 4),
        limit_seconds=seconds,
        medoids=tuple(best.medoids.tolist()),
    )
    end = "proven optimal" if found.proven else f"at most {100 * found.gap:.3f} % above it"
    return found, (
        f"{found.dataset} (n = {found.n:,}), k = {k}: the loss of FasterPAM, {bound.loss:.9g} in "
        f"{found.search_seconds:.2f} s, is at most {100 * bound.gap:.3f} % above the optimum (certificate: "
        f"{found.certificate_seconds:.2f} s); best known: {found.loss:.9g}, {end} ({found.optimal_seconds:.2f} s)"
    )
