"""BanditPAM: k-medoids with multi-armed bandits in C++, by its authors; two records, for a matrix and for points.

Its PAM and FastPAM1 never look at a matrix that is handed over: they compute the dissimilarity of the points each
time. So they take points here, and only the two bandits also a matrix. All four choose BUILD's medoids first (the
bandits an approximation of them) and cannot be given others; everything is float32.

`max_iter` counts swaps, in BanditPAM_orig twice. The bandits do not stop when the loss rises, so one may swap to and
fro for ever: they keep the library's cap, raised for many medoids. Where the cap ends a run, the library never sets
its loss and says 0, as its PAM and FastPAM1 always do.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it imports
only what both have.
"""

import platform

import numpy as np

BANDIT = {"phase": "total", "takes_start": False, "makes_start": ("build",), "takes_seed": True}
EXACT = {
    "phase": "total",
    "takes_start": False,
    "makes_start": ("build",),
    "same_result_as": "pam",
    "local_optimum": True,
}
BANDITS = {"banditpam": BANDIT | {"title": "BanditPAM"}, "banditpam_orig": BANDIT | {"title": "BanditPAM (original)"}}
COMMON = {
    "language": "C++",
    "licence": "MIT",
    "homepage": "https://github.com/motiwari/BanditPAM",
    "environment": "banditpam",
    "adapter": "banditpam.py",
    "dtypes": ("float32",),
}

REFERENCE = (
    COMMON
    | {
        "name": "banditpam",
        "title": "banditpam 6.0.2",
        "orders": ("C",),  # it copies the matrix whatever its order
        "algorithms": BANDITS,
    },
    COMMON
    | {
        "name": "banditpam_points",
        "title": "banditpam 6.0.2 (points)",
        "orders": ("points",),
        "algorithms": BANDITS | {"pam": EXACT, "fastpam1": EXACT},
    },
)

NAMES = {"banditpam": "BanditPAM", "banditpam_orig": "BanditPAM_orig", "pam": "PAM", "fastpam1": "FastPAM1"}
METRICS = {"euclidean": "L2", "manhattan": "L1", "chebyshev": "inf", "cosine": "cos"}
CAP = 100  # its own; a descent from BUILD's medoids needs fewer swaps than there are medoids
NO_LIMIT = 10**9


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "banditpam": version("banditpam")}


def prepare(matrix):
    """Hand the matrix over; beside it the library only asks how many points there are."""
    return np.zeros((len(matrix), 1), np.float32), "L2", {"dist_mat": matrix}


def prepare_points(points, metric):
    """Hand the points over in the type it computes in."""
    if metric not in METRICS:
        raise ValueError(f"metric={metric!r}: it knows {', '.join(METRICS)}")
    return np.asarray(points, np.float32), METRICS[metric], {}


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call that is timed. The seed belongs to the library, not to an estimator: each call sets it anew."""
    from banditpam import KMedoids  # type: ignore[import-not-found]

    points, metric, matrix = prepared
    cap = max(CAP, 4 * k) if algorithm in BANDITS else NO_LIMIT
    settings = {"n_medoids": k, "algorithm": NAMES[algorithm], "max_iter": cap} | parameters

    def fit():
        estimator = KMedoids(**settings)
        estimator.seed = seed or 0
        estimator.fit(points, metric, **matrix)
        return estimator, len(points)

    return fit


def read(result):
    """Return what a row needs of the result; its loss is a mean."""
    estimator, n = result
    return {
        "medoids": [int(m) for m in np.ravel(estimator.medoids)],
        "labels": np.ravel(estimator.labels),
        "reported_loss": float(estimator.average_loss) * n,
    }
