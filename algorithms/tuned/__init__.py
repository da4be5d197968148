"""The same algorithms, engineered for the machine: the same calls, the same swaps, the same result.

    from kmedoids_bench.algorithms.tuned import build, fasterpam, pam

    fasterpam(distances, k=10, start="random", seed=0, threads=2)

Every file explains its layout at the top and names the plain kernel that is its specification; the tests compare the
two. PAM and BUILD keep sums that the plain ones make anew, and agree wherever sums are exact (`algorithms`). All others
add the same numbers in the same order: from the same start medoids they agree to the bit on any matrix whose entries
float64 holds. Those of ``start="build"`` are the tuned BUILD's. Nothing depends on the number of threads.

- `lanes`: comparisons and sums in vector registers; `scan`: what a swap would change, from scratch; `gains`: the same,
  kept from swap to swap; `nearest`: nearest and second nearest medoids; `threads`: how many a call may use
- `NOTES.md`: what was tried, and by how much it lost
"""

from typing import TYPE_CHECKING

from kmedoids_bench.algorithms.core.registry import public_function

if TYPE_CHECKING:  # for editors and type checkers; see __getattr__
    from kmedoids_bench.algorithms.tuned.sampling.fasterclara import fasterclara
    from kmedoids_bench.algorithms.tuned.sampling.onebatchpam import onebatchpam
    from kmedoids_bench.algorithms.tuned.starts.build import build
    from kmedoids_bench.algorithms.tuned.starts.lab import lab
    from kmedoids_bench.algorithms.tuned.swaps.alternating import alternating
    from kmedoids_bench.algorithms.tuned.swaps.fasterpam import fasterpam
    from kmedoids_bench.algorithms.tuned.swaps.pam import pam

__all__ = ["alternating", "build", "fasterclara", "fasterpam", "lab", "onebatchpam", "pam"]


def __getattr__(name: str):
    """Import an algorithm when it is first used: the import of numba takes a second."""
    return public_function(name, "tuned")


def __dir__() -> list[str]:
    return __all__
