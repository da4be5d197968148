"""Calls pyclustering. Read by the Python of its own environment.

Every call copies the matrix, which is fastest from lists of floats, the form that the library asks for.
"""

import platform

import numpy as np

NO_LIMIT = 10**9


def versions():
    """Versions of everything that affects speed and results: without its compiled core the library runs in Python."""
    from importlib.metadata import version

    from pyclustering.core.wrapper import ccore_library

    core = "compiled" if ccore_library.workable() else "Python"
    library = f"{version('pyclustering')} ({core} core)"
    return {"python": platform.python_version(), "numpy": np.__version__, "pyclustering": library}


def prepare(matrix):
    """Return the matrix as lists of floats."""
    return matrix.astype(np.float64, copy=False).tolist()


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    """Return the call to time; without a tolerance it continues as long as a swap lowers the loss."""
    from pyclustering.cluster.kmedoids import kmedoids

    given = medoids.tolist()
    settings = {"data_type": "distance_matrix", "tolerance": 0.0, "itermax": NO_LIMIT} | parameters
    return lambda: kmedoids(matrix, given, **settings).process()


def read(result):
    """Return what a row keeps of the result: the library reports no loss, and drops empty clusters."""
    clusters = result.get_clusters()
    labels = np.empty(sum(map(len, clusters)), np.int64)
    for label, objects in enumerate(clusters):
        labels[objects] = label
    return {"medoids": [int(m) for m in result.get_medoids()], "labels": labels}
