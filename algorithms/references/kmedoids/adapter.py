"""Calls kmedoids, either version. Read by the Python of its own environment.

`n_cpu=1, random_state=None` is the serial FasterPAM in the order of the data: an integer seed would shuffle, and so
does every call with more threads. The default `max_iter=100` would stop PAM and FastPAM1 early, which need about k
passes from a random start. The searches of the medoid silhouette shuffle nothing: a seed only draws start medoids.
"""

import os
import platform

import numpy as np

NO_LIMIT = 10**9
SILHOUETTES = ("pammedsil", "fastmsc", "fastermsc", "dynmsc")


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "kmedoids": version("kmedoids")}


def prepare(matrix):
    """Pass the matrix as it is: the library takes float32, float64 and integers in either order."""
    return matrix


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    """Return the call to time. The library overwrites the start medoids, so each call gets a copy."""
    import kmedoids

    if algorithm == "build":
        return lambda: kmedoids.pam_build(matrix, k)
    run = getattr(kmedoids, algorithm)
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
    if algorithm in SILHOUETTES:
        return lambda: without_loss(run(matrix, given.copy(), **settings))
    return lambda: run(matrix, given.copy(), **settings)


def without_loss(result):
    """Forget the loss, which is not a sum of dissimilarities here."""
    result.loss = None
    return result


def random_medoids(n, k, seed):
    """Choose as the wrapper does for init="random", which given a seed would also shuffle FasterPAM."""
    return np.random.RandomState(seed).choice(n, k, replace=False).astype(np.uint64)


def read(result):
    """Return what a row keeps of the result. `n_iter` counts passes, including the last one without a swap."""
    loss = None if result.loss is None else float(result.loss)
    row = {"medoids": [int(m) for m in result.medoids], "labels": result.labels, "reported_loss": loss}
    for name, attribute in (("n_swaps", "n_swap"), ("n_passes", "n_iter")):
        count = getattr(result, attribute, None)
        row[name] = None if count is None else int(count)
    return row
