"""What `import kmedoids_bench` gives: all algorithms by name, their vocabulary, and a scikit-learn estimator.

    import kmedoids_bench

    kmedoids_bench.fasterpam(distances, k=10, seed=0)
    kmedoids_bench.KMedoids(n_clusters=10, metric="manhattan").fit(points).labels_

The names are those of `kmedoids_bench.algorithms`, and `KMedoids` of `kmedoids_bench.estimator`.
"""

from importlib import import_module, metadata
from typing import TYPE_CHECKING

from kmedoids_bench import algorithms

if TYPE_CHECKING:  # for editors and type checkers; see __getattr__
    from kmedoids_bench.algorithms import (
        Clustering,
        Points,
        Problem,
        alternate_refinement,
        alternating,
        build,
        build_gains,
        clara,
        clarans,
        dynmsc,
        eagerpam,
        fastclara,
        fastclara2,
        fastclarans,
        fasterclara,
        fasterclarans,
        fastermsc,
        fasterpam,
        fastmsc,
        fastpam1,
        fastpam1a,
        fastpam2,
        greedy_g,
        kmeanspp,
        lab,
        onebatchpam,
        pam,
        pammedsil,
        park_jun,
        random_start,
        resende_werneck,
        reynolds,
    )
    from kmedoids_bench.estimator import KMedoids

    __version__: str

__all__ = [
    "Clustering",
    "KMedoids",
    "Points",
    "Problem",
    "__version__",
    "alternate_refinement",
    "alternating",
    "build",
    "build_gains",
    "clara",
    "clarans",
    "dynmsc",
    "eagerpam",
    "fastclara",
    "fastclara2",
    "fastclarans",
    "fasterclara",
    "fasterclarans",
    "fastermsc",
    "fasterpam",
    "fastmsc",
    "fastpam1",
    "fastpam1a",
    "fastpam2",
    "greedy_g",
    "kmeanspp",
    "lab",
    "onebatchpam",
    "pam",
    "pammedsil",
    "park_jun",
    "random_start",
    "resende_werneck",
    "reynolds",
]


def __getattr__(name: str):
    """Import what a name stands for when it is first used: numba and scikit-learn take a second each."""
    if name == "__version__":
        return metadata.version("kmedoids-bench")
    if name == "KMedoids":
        return import_module(f"{__name__}.estimator").KMedoids
    if name in algorithms.__all__:
        return getattr(algorithms, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
