"""onebatch: OneBatchPAM, FasterPAM's swaps judged by the distances to one random batch of points.

It is approximate by design: what counts is the loss on all objects. What it reports itself, loss and labels, is of
the batch alone, with distances scaled and weighted, and says nothing of all objects. It computes in float32.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it imports
only what both have.
"""

import platform

import numpy as np

REFERENCE = {
    "name": "onebatch",
    "title": "onebatch 0.1.0",
    "language": "Cython",
    "licence": "BSD-3-Clause",
    "homepage": "https://github.com/antoinedemathelin/onebatch",
    "environment": "onebatch",
    "orders": ("points",),
    "dtypes": ("float32",),
    "algorithms": {
        "onebatchpam": {
            "title": "OneBatchPAM",
            "phase": "total",
            "takes_start": False,
            "makes_start": ("random",),
            "takes_seed": True,
        }
    },
}

PASSES = 1000  # it needs a few; with one medoid it may go on for ever, its float32 sums drown in a stand-in of 1e7


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    found = {"python": platform.python_version(), "numpy": np.__version__}
    return found | {name: version(name) for name in ("onebatch", "scikit-learn")}


def prepare_points(points, metric):
    """Hand the points over as they are: scikit-learn computes their distances."""
    return points, metric


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call that is timed; `max_iter` counts passes."""
    from onebatch import OneBatchPAM  # type: ignore[import-not-found]

    points, metric = prepared
    settings = {"n_medoids": k, "distance": metric, "max_iter": PASSES, "random_state": seed or 0}
    return lambda: OneBatchPAM(**settings | parameters).fit(points)


def read(result):
    """Return what a row needs of the result."""
    return {"medoids": [int(m) for m in result.medoid_indices_]}
