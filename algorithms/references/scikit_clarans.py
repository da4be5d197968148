"""scikit-clarans: CLARANS and FastCLARANS as scikit-learn estimators, from a matrix or from points.

Like ours they make two searches from random starts and are called so here, where its default is a start of its own
kind of k-means++. CLARANS gives up after 1.25 % of the k(n-k) swaps have failed, but not before 250; FastCLARANS
after 2.5 % of the n-k candidates, but not before 250 / k.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it imports
only what both have.
"""

import platform

import numpy as np

OFFER = {
    "phase": "total",
    "takes_start": False,  # it could, as ours cannot
    "makes_start": ("random",),
    "takes_seed": True,
    "samples": "num_local",
}

REFERENCE = {
    "name": "scikit_clarans",
    "title": "scikit-clarans 0.3.4",
    "language": "Cython",
    "licence": "MIT",
    "homepage": "https://github.com/ThienNguyen3001/scikit-clarans",
    "environment": "scikit_clarans",
    "orders": ("C", "points"),
    "dtypes": ("float32", "float64", "int32"),  # it computes in float64 if not in float32
    "algorithms": {"clarans": OFFER, "fastclarans": OFFER},
}


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    packages = ("scikit-clarans", "scikit-learn", "scipy")
    found = {"python": platform.python_version(), "numpy": np.__version__}
    return found | {name: version(name) for name in packages}


def prepare(matrix):
    """Check the matrix once with scikit-learn's check, and switch that off in the calls."""
    return checked(matrix), "precomputed"


def prepare_points(points, metric):
    """Check the points likewise."""
    return checked(points), metric


def checked(data):
    """Return finite data as it computes with them, so that no call has to convert or check them again."""
    import sklearn
    from sklearn.utils import assert_all_finite

    with sklearn.config_context(assume_finite=False):
        assert_all_finite(data)
    sklearn.set_config(assume_finite=True)
    return data if data.dtype.kind == "f" else data.astype(np.float64)


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call that is timed."""
    from clarans import CLARANS, FastCLARANS  # type: ignore[import-not-found]

    data, metric = prepared
    make = {"clarans": CLARANS, "fastclarans": FastCLARANS}[algorithm]
    settings = {"n_clusters": k, "metric": metric, "init": "random", "random_state": seed or 0} | parameters
    return lambda: make(**settings).fit(data)


def read(result):
    """Return what a row needs of the result. `n_iter_` counts swaps tried, which are no passes."""
    return {
        "medoids": [int(m) for m in result.medoid_indices_],
        "labels": result.labels_,
        "reported_loss": float(result.inertia_),
        "n_swaps": int(result.n_swaps_),
    }
