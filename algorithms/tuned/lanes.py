"""Five operations on neighbouring entries, in vector registers where LLVM can do that, else as plain loops.

Only this module knows which form is used. With the JIT off it is the plain one, too.
"""

from types import ModuleType

from numba.core import config

from kmedoids_bench.algorithms.tuned import lanes_llvm, lanes_plain
from kmedoids_bench.algorithms.tuned.lanes_plain import LANES, SQUARE

__all__ = ["LANES", "SQUARE", "add_square", "fetch", "lesser", "note_less", "note_less_than"]


def operations() -> ModuleType:
    """Return the module with the form to use."""
    interpreted = vars(config)["DISABLE_JIT"]  # numba reads it from the environment
    return lanes_plain if interpreted or not lanes_llvm.AVAILABLE else lanes_llvm


add_square = operations().add_square
fetch = operations().fetch
lesser = operations().lesser
note_less = operations().note_less
note_less_than = operations().note_less_than
