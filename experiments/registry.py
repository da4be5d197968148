"""All that is registered, found by looking into the folders. No list of it is kept anywhere."""

from functools import cache

from kmedoids_bench.algorithms.references.reference import Reference, references
from kmedoids_bench.algorithms.registry import algorithms, discover
from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments import studies as package
from kmedoids_bench.experiments.studies.study import Study

__all__ = ["Reference", "algorithms", "datasets", "references", "studies"]


@cache
def studies() -> dict[str, Study]:
    """Return all studies by name."""
    return {study.name: study for study in discover(package, "STUDY")}
