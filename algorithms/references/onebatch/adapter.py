"""Calls onebatch. Read by the Python of its own environment."""

import platform

import numpy as np

PASSES = 1000  # a few are needed; for k = 1 it may never stop: it adds 1e7 to sums in float32, which lose their digits


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    packages = {name: version(name) for name in ("onebatch", "scikit-learn")}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare_points(points, metric):
    """Pass the points as they are: scikit-learn computes their distances."""
    return points, metric


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time; `max_iter` counts passes."""
    from onebatch import OneBatchPAM

    points, metric = prepared
    settings = {"n_medoids": k, "distance": metric, "max_iter": PASSES, "random_state": seed or 0}
    return lambda: OneBatchPAM(**settings | parameters).fit(points)


def read(result):
    """Return what a row keeps of the result."""
    return {"medoids": [int(m) for m in result.medoid_indices_]}
