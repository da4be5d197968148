"""Exact k-medoids on one CUDA card: the calls, swaps and results of the plain kernels, for matrices that fit on it.

    from kmedoids_bench.algorithms.gpu import Matrix, build, distances, fasterpam, fastpam1, pam

    pam(dist, k=100)                       # a numpy array, a memory-mapped file, or an array on the card
    pam(distances(points), k=100)          # the matrix of points, computed on the card
    matrix = Matrix.of(dist)               # brought to the card once, for several calls
    certify(matrix, result.medoids).gap    # how far above the optimum a result is at most: `algorithms.bounds`

Sums are integers of 64 bits over a matrix in fixed point, so results do not depend on the card, on the number of its
threads or on their order; they are those of the plain kernels wherever no entry of the matrix is rounded
(`GpuClustering.n_rounded`).

- `device`: is there a card, and does the problem fit; `shared_arrays`: arrays that other libraries hold there
- `matrix`: the matrix in fixed point; `points`: computed from points
- `gains`: what a swap would change, kept from swap to swap; `search`: the steps of PAM and FasterPAM, `state` the names
  of what they share; `additions`: the steps of BUILD; `local_search`: what the public calls share
- `nearest`: the two nearest medoids of every object; `bounds`: the certificate

It needs numba-cuda: ``pip install ".[gpu]"`` in a checkout. Without a card, numba's simulator runs small problems:
NUMBA_ENABLE_CUDASIM=1.
"""

import importlib
from typing import TYPE_CHECKING

from kmedoids_bench.algorithms.core.registry import public_function

if TYPE_CHECKING:  # for editors and type checkers; see __getattr__
    from kmedoids_bench.algorithms.gpu.bounds import certify, lower_bound
    from kmedoids_bench.algorithms.gpu.device import NoCard
    from kmedoids_bench.algorithms.gpu.local_search import GpuClustering
    from kmedoids_bench.algorithms.gpu.matrix import Matrix
    from kmedoids_bench.algorithms.gpu.points import distances
    from kmedoids_bench.algorithms.gpu.starts.build import build
    from kmedoids_bench.algorithms.gpu.swaps.fasterpam import fasterpam
    from kmedoids_bench.algorithms.gpu.swaps.fastpam1 import fastpam1
    from kmedoids_bench.algorithms.gpu.swaps.pam import pam

__all__ = [
    "GpuClustering",
    "Matrix",
    "NoCard",
    "build",
    "certify",
    "distances",
    "fasterpam",
    "fastpam1",
    "lower_bound",
    "pam",
]

FILES = {"GpuClustering": "local_search", "Matrix": "matrix", "NoCard": "device", "distances": "points"}
FILES |= dict.fromkeys(("certify", "lower_bound"), "bounds")


def __getattr__(name: str):
    """Import what a name stands for when it is first used: the import of numba takes a second."""
    if name in FILES:
        return getattr(importlib.import_module(f"{__name__}.{FILES[name]}"), name)
    return public_function(name, "gpu")


def __dir__() -> list[str]:
    return __all__
