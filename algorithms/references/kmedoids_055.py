"""kmedoids 0.5.5: the papers' authors' library in Rust, with a Python wrapper.

Since 0.5.0 it reads columns, so it is several times faster on a matrix in F order; both orders take part.
`n_cpu=1, random_state=None` is the serial FasterPAM in the order of the data: an integer seed would shuffle.
Its `max_iter=100` would cut PAM and FastPAM1 short, which need about k passes from a random start.

This file is read by two interpreters, ours and that of the library's own environment: at the top level it
imports only what both have.
"""

import platform

import numpy as np

REFERENCE = {
    "name": "kmedoids_055",
    "title": "kmedoids 0.5.5",
    "language": "Rust",
    "licence": "GPL-3.0",
    "homepage": "https://github.com/kno10/python-kmedoids",
    "environment": "kmedoids_055",
    "orders": ("C", "F"),
    "algorithms": {
        "pam": {"same_result_as": "pam", "local_optimum": True},
        "fastpam1": {"same_result_as": "pam", "local_optimum": True},
        "fasterpam": {"same_result_as": "fasterpam", "local_optimum": True},
    },
}

NO_LIMIT = 10**9


def versions():
    """Versions of all that decides how fast it is."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "numpy": np.__version__, "kmedoids": version("kmedoids")}


def prepare(matrix):
    """Hand the matrix over as it is: the library takes float32, float64 and integers in either order."""
    return matrix


def call(algorithm, matrix, k, medoids, seed, parameters):
    """Return the call that is timed. The library overwrites the start medoids, so each call gets its own."""
    import kmedoids  # type: ignore[import-not-found]  # lives in its own environment

    start = medoids.astype(np.uint64)
    if algorithm == "fasterpam":
        return lambda: kmedoids.fasterpam(matrix, start.copy(), max_iter=NO_LIMIT, n_cpu=1, random_state=None)
    function = {"pam": kmedoids.pam, "fastpam1": kmedoids.fastpam1}[algorithm]
    return lambda: function(matrix, start.copy(), max_iter=NO_LIMIT)


def read(result):
    """Return what a row needs of the result. `n_iter` counts passes, the last unsuccessful one included."""
    return {
        "medoids": [int(m) for m in result.medoids],
        "reported_loss": float(result.loss),
        "n_swaps": int(result.n_swap),
        "n_passes": int(result.n_iter),
    }
