"""Calls scikit-clarans. Read by the Python of its own environment.

It is called with random starts, like ours; its default is a variant of k-means++.
"""

import platform

import numpy as np


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    names = ("scikit-clarans", "scikit-learn", "scipy")
    packages = {name: version(name) for name in names}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare(matrix):
    """Check the matrix once with scikit-learn's check, and switch the check off for the calls."""
    return checked(matrix), "precomputed"


def prepare_points(points, metric):
    """Check the points once, likewise."""
    return checked(points), metric


def checked(data):
    """Return the data, which must be finite, as floats: no call has to convert or check them again."""
    import sklearn
    from sklearn.utils import assert_all_finite

    with sklearn.config_context(assume_finite=False):
        assert_all_finite(data)
    sklearn.set_config(assume_finite=True)
    return data if data.dtype.kind == "f" else data.astype(np.float64)


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time."""
    from clarans import CLARANS, FastCLARANS

    data, metric = prepared
    make = {"clarans": CLARANS, "fastclarans": FastCLARANS}[algorithm]
    settings = {"n_clusters": k, "metric": metric, "init": "random", "random_state": seed or 0} | parameters
    return lambda: make(**settings).fit(data)


def read(result):
    """Return what a row keeps of the result. `n_iter_` counts swaps tried, not passes."""
    return {
        "medoids": [int(m) for m in result.medoid_indices_],
        "labels": result.labels_,
        "reported_loss": float(result.inertia_),
        "n_swaps": int(result.n_swaps_),
    }
