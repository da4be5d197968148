"""The only place with numba options: every compiled function of this package is a `@kernel`."""

import contextlib
import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

import numba
from numba.core import config
from numba.core.caching import IndexDataCacheFile, NullCache

from kmedoids_bench.algorithms.core.machine_code import chosen_folder

Function = TypeVar("Function", bound=Callable)

FOLDER = chosen_folder()


class CheckedCacheFile(IndexDataCacheFile):
    """numba's files of machine code, each with its digest at the end: a damaged one counts as missing, and is replaced.

    numba itself would load whatever stands there. The code of a kernel is not kept where it cannot be written.
    """

    def save(self, key, data):
        """Keep the code of one combination of types, if there is room."""
        with contextlib.suppress(OSError):
            super().save(key, data)

    @contextlib.contextmanager
    def _open_for_write(self, filepath) -> Iterator[Any]:
        content = io.BytesIO()
        yield content
        with super()._open_for_write(filepath) as file:
            file.write(content.getvalue() + hashlib.sha256(content.getvalue()).digest())

    def _load_index(self):
        return super()._load_index() if is_whole(Path(self._index_path)) else {}

    def _load_data(self, name):
        path = Path(self._data_path(name))
        if not is_whole(path):
            raise FileNotFoundError(path)  # numba compiles then
        return super()._load_data(name)


def is_whole(path: Path) -> bool:
    """Whether a file is there and ends in the digest of what is before it; warn if only the second is not so."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content[:-32]).digest() == content[-32:]:
            return True
        if path.exists():
            warnings.warn(f"{path} is damaged: the kernel is compiled again", stacklevel=2)
    return False


def kernel(function: Function) -> Function:
    """Compile `function` on its first call, once per combination of argument types.

    No `fastmath`: it would allow sums in another order, and with it other swaps than the paper's. No
    `parallel`: the plain kernels run on one thread. Division by zero follows IEEE 754 as in numpy.
    """
    return _compiled(function)


def parallel(function: FunctionType):
    """Compile `function` so that the turns of its `prange` loops are shared out among threads.

    Each turn has to write to places of its own: then the result does not depend on the number of threads.
    """
    # numba's cache tells functions apart by their names, not by their options: under one name the form for several
    # threads would be handed the machine code of the form for one.
    twin = FunctionType(function.__code__, function.__globals__)
    twin.__qualname__, twin.__doc__ = f"{function.__qualname__}_in_parallel", function.__doc__
    return _compiled(twin, parallel=True)


def _compiled(function: Callable, parallel: bool = False) -> Any:
    compiled: Any = numba.njit(error_model="numpy", nogil=True, parallel=parallel)(function)
    if FOLDER and hasattr(compiled, "enable_caching"):  # not where NUMBA_DISABLE_JIT is set
        _keep(compiled)
    return compiled


def _keep(compiled: Any) -> None:
    """Let numba keep the machine code of a kernel in the folder that was named, and nowhere else."""
    settings: Any = config  # its values are not known to static tools
    named, settings.CACHE_DIR = settings.CACHE_DIR, FOLDER
    try:
        compiled.enable_caching()
        files = compiled._cache._cache_file
        if Path(compiled._cache.cache_path).is_relative_to(FOLDER):
            compiled._cache._cache_file = CheckedCacheFile(files._cache_path, "", files._source_stamp)
            vars(compiled._cache._cache_file).update(vars(files))
            return
    except RuntimeError:  # numba finds no folder at all
        pass
    finally:
        settings.CACHE_DIR = named
    compiled._cache = NullCache()
    warnings.warn(f"{FOLDER} cannot be written: no machine code is kept (NUMBA_CACHE_DIR names another)", stacklevel=2)
