"""Every call on the user's data, measured as the studies are: the steps of the workflow, one after the other."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import psutil

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.optima import BestKnown, best_known
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.harness.progress import Progress
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.own_data.clustering import check_memory
from kmedoids_bench.experiments.own_data.reading import OwnData
from kmedoids_bench.experiments.planning.forecast import forecast
from kmedoids_bench.experiments.planning.profile import Profile, profile_of, unknown
from kmedoids_bench.experiments.rows.reading import by_deciding_clock
from kmedoids_bench.experiments.studies.choice.analysis import ChoiceResult, analyse
from kmedoids_bench.experiments.workflow.measure import measure_dataset
from kmedoids_bench.experiments.workflow.prepare import prepare_dataset, prepare_library
from kmedoids_bench.experiments.workflow.records import Installed, Prepared
from kmedoids_bench.experiments.workflow.summary import gather, write_page

SERIES, ROUNDS = 3, 2  # as the profiles of the suite
STARTING_SECONDS = 0.15  # for each run: every series starts processes of its own, which load the kernels
MEMORY_SHARE = 0.8  # of the free memory that a worker may take
ALL, NONE = "all", "none"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Comparison:
    """What came out: the page, and the result of the study `choice`."""

    page: Path
    result: ChoiceResult


def libraries_of(text: str | None) -> list[str]:
    """Return the libraries that a user names, separated by commas: by default those that can run without a build.

    Raises
    ------
    Trouble
        For a name that is none.
    """
    if text is None:
        return [name for name, library in references().items() if runtimes.is_ready(library)]
    if text in (ALL, NONE):
        return list(references()) if text == ALL else []
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in references():
            raise Trouble(f"--libraries: {unknown(name, 'a library', (ALL, NONE, *references()))}")
    return list(dict.fromkeys(names))


def profile_for(data: OwnData, ks: Sequence[int], libraries: Collection[str], seconds: float) -> Profile:
    """Make the objects a dataset of this process, and return the profile that compares all calls on it.

    Raises
    ------
    Trouble
        If the distances are directed, since most libraries take symmetric ones, or do not fit into memory.
    """
    if data.directed:
        raise Trouble(f"{data.path}: most libraries take symmetric distances only", "--asymmetric mean makes them so")
    check_memory(data)
    name = data.name if data.name not in datasets() else f"my_{data.name}"
    datasets()[name] = data.dataset(name)
    raw = {
        "profile": "own_data",
        "title": f"{data.path.name}: which call to make",
        "studies": {"choice": {"grids": [{"datasets": [name], "k": list(ks), "starts": ["build", "random"]}]}},
        "libraries": list(libraries),
        "limits": {
            "call_seconds": float(seconds),
            "memory_gib": max(1.0, MEMORY_SHARE * psutil.virtual_memory().available / 2**30),
        },
        "repetitions": {"series": SERIES, "rounds": ROUNDS, "seconds": min(1.0, float(seconds))},
    }
    return profile_of(raw, str(data.path))


def expected_seconds(profile: Profile) -> float:
    """Return about how long the measurements take, with the start of the workers."""
    return sum(one.seconds + STARTING_SECONDS * one.runs for one in forecast(profile))


def compare(
    data: OwnData,
    profile: Profile,
    folder: Path,
    bound_seconds: float = 5.0,
    progress: Callable[..., Any] = Progress,
    say: Callable[[str], object] = logger.info,
) -> Comparison:
    """Measure what is not measured yet, bound the optimum, and write the page into the folder.

    Rows are kept in the folder: after an interruption the same call continues.

    Raises
    ------
    Trouble
        If the distances cannot be computed.
    """
    (name,) = profile.datasets
    installed = [_installed(library, say) for library in profile.libraries or ()]
    say("computing the distances")
    prepared = prepare_dataset(profile, name, folder / "matrices" / data.digest())
    say("measuring")
    cells = folder / "cells"
    measured = measure_dataset(profile, prepared, cells / f"{name}.jsonl", folder / "logs", progress)
    say("how far from the optimum?")
    bound(prepared, sorted({k for _, grid in profile.grids() for k in grid.k or ()}), bound_seconds)
    say("writing the page")
    rows, context = gather(profile, cells, [prepared, *installed, measured])
    # What `bound` found is known in this process only.
    with joblib.parallel_config(backend="sequential"):
        page = write_page(rows, context, folder)
    return Comparison(page, analyse(by_deciding_clock(rows)))


def _installed(library: str, say: Callable[[str], object]) -> Installed:
    if not runtimes.is_ready(references()[library]):
        say(f"installing {references()[library].title} (once)")
    done = prepare_library(library)
    if done.unavailable:
        say(f"{references()[library].title} does not take part: {done.unavailable.reason} ({done.unavailable.advice})")
    return done


def bound(prepared: Prepared, ks: Sequence[int], seconds: float) -> None:
    """Add to the best known of this process what FasterPAM finds here, and how far from the optimum it is at most."""
    if seconds <= 0:
        return
    from kmedoids_bench.algorithms import Problem
    from kmedoids_bench.algorithms.bounds import certify
    from kmedoids_bench.experiments.own_data.clustering import search

    (matrix,) = (one.matrix for one in prepared.matrices)
    problem = Problem.of(np.load(matrix.path, mmap_mode="r"))
    for k in ks:
        best = search(problem, k, restarts=SERIES).result
        found = certify(problem, best.medoids, seconds=seconds)
        best_known()[matrix.sha256, k] = BestKnown(
            **{name: getattr(matrix, name) for name in ("dataset", "n", "metric", "dtype")},
            k=k,
            matrix_sha256=matrix.sha256,
            loss=best.loss,
            bound=found.bound,
            proven=False,
            search_seconds=0.0,
            certificate_seconds=0.0,
            candidates=len(found.candidates),
            optimal_seconds=0.0,
            limit_seconds=seconds,
            medoids=tuple(sorted(best.medoids.tolist())),
        )
