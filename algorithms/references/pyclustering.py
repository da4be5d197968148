"""pyclustering: its `kmedoids` in C++, not maintained any more.

Its documentation calls it PAM. It looks for PAM's best swap in every pass, but makes it before it asks whether the
loss falls, and does not take the last one back. Objects that lie on a medoid are no candidates. So it has a name of
its own here, and promises the local optimum that the name PAM does. It adds float64 numbers; the matrix is copied in
every call, fastest from lists, which it asks for.

Its `clarans` knows squared Euclidean distances only and cannot be seeded: it is not offered.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it imports
only what both have.
"""

import platform

import numpy as np

REFERENCE = {
    "name": "pyclustering",
    "title": "pyclustering 0.10.1.2",
    "language": "C++",
    "licence": "BSD-3-Clause",
    "homepage": "https://github.com/annoviko/pyclustering",
    "environment": "pyclustering",
    "orders": ("C",),
    "dtypes": ("float32", "float64", "int32"),
    "algorithms": {
        "kmedoids_pyclustering": {"title": "kmedoids of pyclustering", "phase": "total", "local_optimum": True}
    },
}

NO_LIMIT = 10**9


def versions():
    """Versions of all that decides how fast it is: without its compiled core it runs in Python."""
    from importlib.metadata import version

    from pyclustering.core.wrapper import ccore_library  # type: ignore[import-not-found]

    core = "compiled" if ccore_library.workable() else "Python"
    library = f"{version('pyclustering')} ({core} core)"
    return {"python": platform.python_version(), "numpy": np.__version__, "pyclustering": library}


def prepare(matrix):
    """Return the matrix as lists of floats."""
    return matrix.astype(np.float64, copy=False).tolist()


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    """Return the call that is timed; it continues as long as a swap lowers the loss at all."""
    from pyclustering.cluster.kmedoids import kmedoids  # type: ignore[import-not-found]

    given = medoids.tolist()
    settings = {"data_type": "distance_matrix", "tolerance": 0.0, "itermax": NO_LIMIT} | parameters
    return lambda: kmedoids(matrix, given, **settings).process()


def read(result):
    """Return what a row needs of the result: it tells no loss. Clusters without objects are gone, medoids too."""
    clusters = result.get_clusters()
    labels = np.empty(sum(map(len, clusters)), np.int64)
    for label, objects in enumerate(clusters):
        labels[objects] = label
    return {"medoids": [int(m) for m in result.get_medoids()], "labels": labels}
