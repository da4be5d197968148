"""The steps before a measurement: the matrices of a dataset, the environment of a library.

A step that cannot do its work for a reason outside the project, such as no network, records the reason and succeeds:
the report shows it, and the rest of the run goes on.
"""

import time
from pathlib import Path

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import DatasetUnavailable, datasets, write_matrix, write_points, write_points_alone
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.planning.profile import Profile
from kmedoids_bench.experiments.report.context import Unavailable
from kmedoids_bench.experiments.workflow.records import Installed, Prepared, PreparedMatrix


def prepare_dataset(profile: Profile, name: str, folder: Path) -> Prepared:
    """Download a dataset and compute all matrices that a profile needs of it."""
    began = time.perf_counter()
    dataset = datasets()[name]
    matrices, unavailable = [], None
    try:
        for request in profile.matrices(name):
            write = write_points_alone if request.points_alone else write_matrix
            matrix = write(dataset, folder, n=request.n, metric=request.metric, dtype=request.dtype)
            anew = not (matrix.reused or request.points_alone)
            matrices.append(PreparedMatrix(request, matrix, write_points(dataset, folder, n=matrix.n, anew=anew)))
    except ValueError as error:
        raise Trouble(str(error), "change this in the profile") from error
    except DatasetUnavailable as error:
        matrices, unavailable = [], Unavailable(f"dataset {name}", "; ".join(error.reasons), error.advice)
    seconds = {"fetching data and computing matrices": time.perf_counter() - began}
    return Prepared(dataset=name, matrices=matrices, unavailable=unavailable, seconds=seconds)


def prepare_library(name: str) -> Installed:
    """Build the environment of a library, or find out why it cannot run here."""
    began, unavailable = time.perf_counter(), None
    try:
        runtimes.command(references()[name])
    except runtimes.Unavailable as error:
        unavailable = Unavailable(f"library {name}", error.reason, error.advice)
    seconds = {"installing libraries": time.perf_counter() - began}
    return Installed(library=name, unavailable=unavailable, seconds=seconds)
