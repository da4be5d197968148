"""Calls rustpam. Read by the Python of its own environment."""

import platform

import numpy as np

LEAST_SWAPS, SWAPS_A_MEDOID = 1000, 20  # a search needs a few for each medoid; for k = 1 it never stops by itself


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    packages = {name: version(name) for name in ("rustpam", "scikit-learn")}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare_points(points, metric):
    """Pass the points in the type that the library computes in: scikit-learn computes their distances."""
    return np.asarray(points, np.float32), metric


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time; `max_iter` counts swaps."""
    from rustpam import OneBatchPAM

    points, metric = prepared
    limit = max(LEAST_SWAPS, SWAPS_A_MEDOID * k)
    settings = {"n_medoids": k, "distance": metric, "max_iter": limit, "n_threads": 1, "random_state": seed or 0}
    return lambda: OneBatchPAM(**settings | parameters).fit(points)


def read(result):
    """Return what a row keeps of the result."""
    return {
        "medoids": [int(m) for m in result.medoid_indices_],
        "labels": result.labels_,
        "reported_loss": float(result.inertia_),
        "n_swaps": int(result.n_iter_),
    }
