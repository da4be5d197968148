"""Calls scikit-learn-extra. Read by the Python of its own environment.

KMedoids takes start medoids as rows of the matrix, looks for equal rows, and takes all that it finds: if a row is
there twice, it would continue with more than k medoids, in `pam` beyond the end of an array. The adapter refuses such a
start. For one medoid, its `pam` returns the start.
"""

import platform

import numpy as np

NO_LIMIT = 10**9
METHODS = {"pam": "pam", "alternating": "alternate"}


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    names = ("scikit-learn-extra", "scikit-learn", "scipy")
    packages = {name: version(name) for name in names}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare(matrix):
    """Check the matrix once with the library's own check, and switch the check off for the calls."""
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
    """Return the call to time; each makes its own estimator, because some change their own settings."""
    from sklearn_extra.cluster import CLARA, KMedoids

    data, metric = prepared
    settings = {"n_clusters": k, "metric": metric, "max_iter": NO_LIMIT, "random_state": seed or 0} | parameters
    if algorithm == "clara":
        return lambda: CLARA(**settings).fit(data)
    settings |= {"method": METHODS[algorithm], "init": rows_of(data, medoids) if start is None else start}
    return lambda: KMedoids(**settings).fit(data)


def rows_of(matrix, medoids):
    """Return the rows of the start medoids; refuse a row that occurs twice."""
    for medoid in medoids:
        for other in np.flatnonzero(matrix[:, medoid] == matrix[medoid, medoid]):
            if other != medoid and np.array_equal(matrix[other], matrix[medoid]):
                raise ValueError(
                    f"start medoids are passed as rows of the matrix, and the rows of objects {medoid} and {other} are "
                    "equal: the library would take both"
                )
    return matrix[medoids]


def read(result):
    """Return what a row keeps of the result. KMedoids' `n_iter_` counts passes from 0, CLARA's counts samples."""
    passes = getattr(result, "n_iter_", None) if hasattr(result, "method") else None
    return {
        "medoids": [int(m) for m in result.medoid_indices_],
        "labels": result.labels_,
        "reported_loss": float(result.inertia_),
        "n_passes": None if passes is None else passes + 1,
    }
