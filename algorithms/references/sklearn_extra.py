"""scikit-learn-extra: k-medoids as scikit-learn estimators; two records, as CLARA takes points and KMedoids a matrix.

KMedoids takes start medoids as rows of the matrix, looks for equal rows, and takes all that it finds: with a row that
is there twice it would go on with more than k medoids, in `pam` beyond the end of an array. Such a start is refused
here. For one medoid its `pam` returns the start. Its own k-means++ is the greedy one with several trials, and its
`heuristic` does not divide as Park & Jun do: neither is a start of ours.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it imports
only what both have.
"""

import platform

import numpy as np

COMMON = {
    "title": "scikit-learn-extra 0.3.0",
    "language": "Cython",
    "licence": "BSD-3-Clause",
    "homepage": "https://github.com/scikit-learn-contrib/scikit-learn-extra",
    "environment": "sklearn_extra",
    "adapter": "sklearn_extra.py",
    "dtypes": ("float32", "float64", "int32"),  # it computes in float64 if not in float32
}

REFERENCE = (
    COMMON
    | {
        "name": "sklearn_extra",
        "orders": ("C", "F"),
        "algorithms": {
            "pam": {
                "phase": "total",
                "same_result_as": "pam",
                "local_optimum": True,
                "makes_start": ("build", "random"),
            },
            "alternating": {"phase": "total", "same_result_as": "alternating", "makes_start": ("build", "random")},
        },
    },
    COMMON
    | {
        "name": "sklearn_extra_clara",
        "title": "scikit-learn-extra 0.3.0 (points)",
        "language": "Python",
        "orders": ("points",),
        "algorithms": {
            "clara": {
                "phase": "total",
                "takes_start": False,
                "makes_start": ("random",),
                "takes_seed": True,
                "samples": "n_sampling_iter",
            }
        },
    },
)

NO_LIMIT = 10**9
METHODS = {"pam": "pam", "alternating": "alternate"}


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    packages = ("scikit-learn-extra", "scikit-learn", "scipy")
    found = {"python": platform.python_version(), "numpy": np.__version__}
    return found | {name: version(name) for name in packages}


def prepare(matrix):
    """Check the matrix once with the library's own check, and switch that off in the calls."""
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
    """Return the call that is timed; an estimator is made by each, as some write into their own settings."""
    from sklearn_extra.cluster import CLARA, KMedoids  # type: ignore[import-not-found]

    data, metric = prepared
    settings = {"n_clusters": k, "metric": metric, "max_iter": NO_LIMIT, "random_state": seed or 0} | parameters
    if algorithm == "clara":
        return lambda: CLARA(**settings).fit(data)
    settings |= {"method": METHODS[algorithm], "init": rows_of(data, medoids) if start is None else start}
    return lambda: KMedoids(**settings).fit(data)


def rows_of(matrix, medoids):
    """Return the rows of the start medoids; refuse a row that is there twice."""
    for medoid in medoids:
        for other in np.flatnonzero(matrix[:, medoid] == matrix[medoid, medoid]):
            if other != medoid and np.array_equal(matrix[other], matrix[medoid]):
                raise ValueError(
                    f"it takes start medoids as rows of the matrix, and those of objects {medoid} and {other} are "
                    "equal: it would take both"
                )
    return matrix[medoids]


def read(result):
    """Return what a row needs of the result. `n_iter_` of KMedoids counts passes from 0; CLARA's counts samples."""
    passes = getattr(result, "n_iter_", None) if hasattr(result, "method") else None
    return {
        "medoids": [int(m) for m in result.medoid_indices_],
        "labels": result.labels_,
        "reported_loss": float(result.inertia_),
        "n_passes": None if passes is None else passes + 1,
    }
