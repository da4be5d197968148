"""Calls Biopython. Read by the Python of its own environment.

The matrix is turned into float64 before the timed calls; one in F order the library copies in every call.
"""

import platform

import numpy as np


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "biopython": version("biopython")}


def prepare(matrix):
    """Return the matrix in float64, in the order that it has."""
    return matrix.astype(np.float64, order="K", copy=False)


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    """Return the call to time: from the clustering that the start medoids give."""
    from Bio import Cluster

    nearest = matrix[medoids].argmin(axis=0).astype(np.int32)
    nearest[medoids] = np.arange(k)  # where two medoids are equal, neither loses its cluster
    return lambda: Cluster.kmedoids(matrix, nclusters=k, initialid=nearest.copy())


def read(result):
    """Return what a row keeps of the result: the library names a cluster by its medoid."""
    assigned, loss, _ = result
    medoids, labels = np.unique(assigned, return_inverse=True)
    return {"medoids": medoids.tolist(), "labels": labels, "reported_loss": float(loss)}
