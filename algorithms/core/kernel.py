"""The only place with numba options: every compiled function of this package is a `@kernel`."""

import os
from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable)

# numba notices an edit of a function's own file only, not of the files it imports (numba#1833, #9483), so a
# cache kept between runs can hand out machine code of yesterday's source. It is therefore off unless the
# caller names a folder, and the callers of this project name it after a hash of the sources.
CACHE = bool(os.environ.get("NUMBA_CACHE_DIR"))


def kernel(function: Function) -> Function:
    """Compile `function` on its first call, once per combination of argument types.

    No `fastmath`: it would allow sums in another order, and with it other swaps than the paper's. No
    `parallel`: the plain kernels run on one thread. Division by zero follows IEEE 754 as in numpy.
    """
    compile_function = numba.njit(cache=CACHE, error_model="numpy", nogil=True)
    return compile_function(function)  # type: ignore[return-value]  # a dispatcher, called like the function


def parallel(function: FunctionType):
    """Compile `function` so that the turns of its `prange` loops are shared out among threads.

    Each turn has to write to places of its own: then the result does not depend on the number of threads.
    """
    # numba's cache tells functions apart by their names, not by their options: under one name the form for several
    # threads would be handed the machine code of the form for one.
    twin = FunctionType(function.__code__, function.__globals__)
    twin.__qualname__, twin.__doc__ = f"{function.__qualname__}_in_parallel", function.__doc__
    compile_function = numba.njit(cache=CACHE, error_model="numpy", nogil=True, parallel=True)
    return compile_function(twin)  # type: ignore[return-value]  # a dispatcher, called like the function
