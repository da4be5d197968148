"""How far from the optimum: lower bounds on the loss of any k medoids, and medoids that are proven optimal.

    from kmedoids_bench.algorithms.bounds import certify, lower_bound, optimal

    certify(distances, result.medoids).gap      # this result is at most so far above the optimum
    lower_bound(distances, k=10).bound          # no 10 medoids have a lower loss
    optimal(distances, k=10, seconds=60)        # the best medoids, and whether that is proven

Nothing here is computed unasked. Files, in reading order:

- `lagrangian`: the bound as its formula, and how far rounding can be off: the specification
- `close`: the same sums from tiles of the matrix, or from lists of what is close
- `known`: the best medoids known, and when a bound is enough to prove them optimal
- `relaxation`: the relaxed problem with the candidates that are left
- `ascent`: the volume algorithm, which raises the bound
- `certificate`: `lower_bound` and `certify`; `branch_and_bound`: `optimal`
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for editors and type checkers; see __getattr__
    from kmedoids_bench.algorithms.bounds.branch_and_bound import optimal
    from kmedoids_bench.algorithms.bounds.certificate import certify, lower_bound

__all__ = ["certify", "lower_bound", "optimal"]


def __getattr__(name: str):
    """Import a function when it is first used: the import of numba takes a second."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "branch_and_bound" if name == "optimal" else "certificate"
    return getattr(importlib.import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return __all__
