"""Calls banditpam. Read by the Python of its own environment.

`max_iter` counts swaps; BanditPAM_orig counts each twice. The bandits do not stop when the loss rises, so one may swap
back and forth without end: they keep the library's limit, raised for many medoids. When the limit ends a run, the
library never sets its loss and reports 0, as its PAM and FastPAM1 always do.
"""

import platform

import numpy as np

NAMES = {"banditpam": "BanditPAM", "banditpam_orig": "BanditPAM_orig", "pam": "PAM", "fastpam1": "FastPAM1"}
METRICS = {"euclidean": "L2", "manhattan": "L1", "chebyshev": "inf", "cosine": "cos"}
CAP = 100  # the library's default; a descent from BUILD's medoids needs fewer swaps than there are medoids
NO_LIMIT = 10**9


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "banditpam": version("banditpam")}


def prepare(matrix):
    """Pass the matrix; of the points the library then needs only their number."""
    return np.zeros((len(matrix), 1), np.float32), "L2", {"dist_mat": matrix}


def prepare_points(points, metric):
    """Pass the points in the type that the library computes in."""
    if metric not in METRICS:
        raise ValueError(f"metric={metric!r}: the library knows {', '.join(METRICS)}")
    return np.asarray(points, np.float32), METRICS[metric], {}


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time. The seed is global in the library, so each call sets it."""
    from banditpam import KMedoids

    points, metric, matrix = prepared
    cap = max(CAP, 4 * k) if algorithm.startswith("bandit") else NO_LIMIT
    settings = {"n_medoids": k, "algorithm": NAMES[algorithm], "max_iter": cap} | parameters

    def fit():
        estimator = KMedoids(**settings)
        estimator.seed = seed or 0
        estimator.fit(points, metric, **matrix)
        return estimator, len(points)

    return fit


def read(result):
    """Return what a row keeps of the result; its loss is a mean."""
    estimator, n = result
    return {
        "medoids": [int(m) for m in np.ravel(estimator.medoids)],
        "labels": np.ravel(estimator.labels),
        "reported_loss": float(estimator.average_loss) * n,
    }
