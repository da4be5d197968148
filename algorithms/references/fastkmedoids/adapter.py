"""Calls fastkmedoids. Read by the Python of its own environment.

A sample has a tenth of the objects, as is the library's default, and at least as many as one of CLARA. Start medoids
within it are random; by default they are the most central objects.
"""

import platform

import numpy as np

NO_LIMIT = 10**9
SHARE = 0.1
METRICS = {"euclidean": {"d1": "euclidean"}, "manhattan": {"d1": "minkowski", "q": 1}}


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    packages = {name: version(name) for name in ("fastkmedoids", "pydistances", "scikit-learn-extra", "scikit-learn")}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare_points(points, metric):
    """Pass the points as floats of 64 bits, and the distance of columns of numbers."""
    if metric not in METRICS:
        raise ValueError(f"metric={metric!r}: of those of the suite the library knows {', '.join(METRICS)}")
    return np.asarray(points, np.float64), METRICS[metric]


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time; all columns are numbers (`p1`)."""
    from FastKmedoids.models import FastKmedoidsGGower

    points, metric = prepared
    share = min(1.0, max(SHARE, (40 + 2 * k) / len(points)))
    settings = {"n_clusters": k, "init": "random", "max_iter": NO_LIMIT, "random_state": seed or 0} | metric
    settings |= {"frac_sample_size": share, "p1": points.shape[1], "p2": 0, "p3": 0}

    def fit():
        estimator = FastKmedoidsGGower(**settings | parameters)
        estimator.fit(points)
        return estimator

    return fit


def read(result):
    """Return what a row keeps of the result; medoids are places in the sample."""
    return {"medoids": [int(result.sample_index[m]) for m in result.kmedoids.medoid_indices_], "labels": result.labels_}
