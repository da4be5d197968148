"""kmedoids: the papers' authors' library in Rust, with a Python wrapper, in two versions.

0.5.5 reads columns, so it is several times faster on a matrix in F order; 0.4.3, before that change, is its mirror
image. Both orders take part for both. `n_cpu=1, random_state=None` is the serial FasterPAM in the order of the
data: an integer seed would shuffle, and so does every call with more threads. Its `max_iter=100` would cut PAM and
FastPAM1 short, which need about k passes from a random start.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it
imports only what both have.
"""

import os
import platform

import numpy as np

REFERENCE = tuple(
    {
        "name": f"kmedoids_{version.replace('.', '')}",
        "title": f"kmedoids {version}",
        "language": "Rust",
        "licence": "GPL-3.0",
        "homepage": "https://github.com/kno10/python-kmedoids",
        "environment": f"kmedoids_{version.replace('.', '')}",
        "adapter": "kmedoids_rust.py",
        "orders": ("C", "F"),
        "algorithms": {
            "build": {"phase": "start", "takes_start": False, "same_result_as": "build"},
            "pam": {"same_result_as": "pam", "local_optimum": True, "makes_start": ("build",)},
            "fastpam1": {"same_result_as": "pam", "local_optimum": True, "makes_start": ("build", "random")},
            "fasterpam": {
                "same_result_as": "fasterpam",
                "local_optimum": True,
                "makes_start": ("build", "random"),
                "threads": (1, 2),
            },
            "alternating": {"same_result_as": "alternating", "makes_start": ("build", "random")},
        },
    }
    for version in ("0.5.5", "0.4.3")
)

NO_LIMIT = 10**9


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "kmedoids": version("kmedoids")}


def prepare(matrix):
    """Hand the matrix over as it is: the library takes float32, float64 and integers in either order."""
    return matrix


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    """Return the call that is timed. The library overwrites the start medoids, so each call gets its own."""
    import kmedoids  # type: ignore[import-not-found]  # lives in its own environment

    if algorithm == "build":
        return lambda: kmedoids.pam_build(matrix, k)
    run = {
        "pam": kmedoids.pam,
        "fastpam1": kmedoids.fastpam1,
        "fasterpam": kmedoids.fasterpam,
        "alternating": kmedoids.alternating,
    }[algorithm]
    settings = {"max_iter": NO_LIMIT}
    if algorithm == "fasterpam":
        threads = int(os.environ.get("RAYON_NUM_THREADS", "1"))
        # With more threads it always shuffles; a seed makes that repeatable.
        settings |= {"n_cpu": threads, "random_state": None if threads == 1 else seed or 0}
    if start == "build":
        return lambda: run(matrix, k, init="build", **settings)
    if start == "random":
        return lambda: run(matrix, random_medoids(len(matrix), k, seed), **settings)
    given = medoids.astype(np.uint64)
    return lambda: run(matrix, given.copy(), **settings)


def random_medoids(n, k, seed):
    """Choose as its wrapper does for init="random", which with a seed would also shuffle FasterPAM."""
    return np.random.RandomState(seed).choice(n, k, replace=False).astype(np.uint64)


def read(result):
    """Return what a row needs of the result. `n_iter` counts passes, the last unsuccessful one included."""
    found = {"medoids": [int(m) for m in result.medoids], "labels": result.labels, "reported_loss": float(result.loss)}
    for name, attribute in (("n_swaps", "n_swap"), ("n_passes", "n_iter")):
        count = getattr(result, attribute, None)
        found[name] = None if count is None else int(count)
    return found
