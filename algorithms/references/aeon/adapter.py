"""Calls aeon. Read by the Python of its own environment.

CLARA draws 5 samples and CLARANS makes 2 searches, as the papers and ours do; by default they are 10 and 10.
"""

import platform

import numpy as np

NO_LIMIT = 10**9
SAMPLES, SEARCHES = 5, 2
METRICS = {"euclidean": "euclidean", "sqeuclidean": "squared", "manhattan": "manhattan"}
METHODS = {"pam": "pam", "alternating": "alternate"}


def versions():
    """Versions of everything that affects speed and results."""
    from importlib.metadata import version

    packages = {name: version(name) for name in ("aeon", "numba", "scikit-learn")}
    return {"python": platform.python_version(), "numpy": np.__version__, **packages}


def prepare_points(points, metric):
    """Turn the points into series of float64."""
    if metric not in METRICS:
        raise ValueError(f"metric={metric!r}: of those of the suite the library knows {', '.join(METRICS)}")
    return np.asarray(points, np.float64), METRICS[metric]


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time. `tol` would end KMedoids early where the losses are small."""
    from aeon import clustering

    points, metric = prepared
    settings = {"n_clusters": k, "distance": metric, "random_state": seed or 0}
    if algorithm == "clara":
        make, settings = clustering.TimeSeriesCLARA, settings | {"n_sampling_iters": SAMPLES, "max_iter": NO_LIMIT}
    elif algorithm == "clarans":
        make, settings = clustering.TimeSeriesCLARANS, settings | {"n_init": SEARCHES}
    else:
        make = clustering.TimeSeriesKMedoids
        settings |= {"method": METHODS[algorithm], "n_init": 1, "max_iter": NO_LIMIT, "tol": 0.0}
        settings["init"] = start or medoids
    return lambda: (make(**settings | parameters).fit(points), points)


def read(result):
    """Return what a row keeps of the result: of the medoids the library tells the coordinates only."""
    estimator, points = result
    return {
        "medoids": ids_of(estimator.cluster_centers_.reshape(-1, points.shape[1]), points),
        "labels": estimator.labels_,
        "reported_loss": float(estimator.inertia_),
    }


def ids_of(centres, points):
    """Return the id of each centre; of equal points each is taken once, as long as there are enough."""
    ids = []
    for centre in centres:
        equal = np.flatnonzero((points == centre).all(axis=1)).tolist()
        ids.append(next((o for o in equal if o not in ids), equal[0]))
    return ids
