"""Exact k-medoids on one CUDA card: the calls, swaps and results of the plain kernels, for matrices that fit on it.

    from kmedoids_bench.algorithms.gpu import build, fasterpam, fastpam1, pam

    pam(distances, k=100)

`Matrix.of(distances)` brings a matrix to the card once, for several calls. Sums are integers of 64 bits over a matrix
in fixed point, so results do not depend on the card, on the number of its threads or on their order; they are those of
the plain kernels wherever no entry of the matrix is rounded (`GpuClustering.n_rounded`).

- `device`: is there a card, and does the problem fit; `matrix`: the matrix in fixed point
- `gains`: what a swap would change, kept from swap to swap; `search`: the steps of PAM and FasterPAM; `starts`: BUILD

It needs numba-cuda: ``pip install kmedoids-bench[gpu]``. Without a card, numba's simulator runs small problems:
NUMBA_ENABLE_CUDASIM=1.
"""

from kmedoids_bench.algorithms.gpu.device import NoCard
from kmedoids_bench.algorithms.gpu.matrix import Matrix
from kmedoids_bench.algorithms.gpu.starts import build
from kmedoids_bench.algorithms.gpu.swaps import GpuClustering, fasterpam, fastpam1, pam

__all__ = ["GpuClustering", "Matrix", "NoCard", "build", "fasterpam", "fastpam1", "pam"]
