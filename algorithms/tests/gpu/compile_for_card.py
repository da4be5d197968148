"""Compile every kernel of the GPU tier for a card, without a card: `make gpu-compile`.

The simulator takes much that a card's compiler refuses. A first process calls everything in the simulator and records
the types of the arguments of every kernel; a second one compiles each kernel for these types with numba-cuda, and fails
if one cannot be compiled, or was never called.
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from unittest import mock

import numpy as np

ARCHITECTURE = (9, 0)  # of an H100 and an H200


def main() -> None:
    """Record and compile, each in a process of its own: numba decides at its import which of the two it does."""
    if sys.argv[1:]:
        {"record": record, "compile": compile_all}[sys.argv[1]]()
        return
    words = [sys.executable, __file__]
    simulator, compiler = ({**os.environ, "NUMBA_ENABLE_CUDASIM": value} for value in "10")
    recorded = subprocess.run([*words, "record"], env=simulator, stdout=subprocess.PIPE, check=True).stdout
    sys.exit(subprocess.run([*words, "compile"], env=compiler, input=recorded, check=False).returncode)


def record() -> None:
    """Print the kernels that calls on small problems launch, with the types of their arguments, as JSON."""
    from numba.cuda.simulator.kernel import FakeCUDAKernel

    launched = set()
    launch = FakeCUDAKernel.__call__

    def recording(kernel, *arguments):
        if not kernel._device:
            launched.add((kernel.fn.__module__, kernel.fn.__name__, json.dumps([*map(described, arguments)])))
        return launch(kernel, *arguments)

    with mock.patch.object(FakeCUDAKernel, "__call__", recording):
        call_everything()
    sys.stdout.write(json.dumps(sorted(launched)))


def call_everything() -> None:
    """Call all public functions: with every type of entries, symmetric or not, from points of both types."""
    from kmedoids_bench.algorithms import gpu

    rng = np.random.default_rng(0)
    whole = rng.integers(1, 90, (20, 20))
    np.fill_diagonal(whole, 0)
    for dtype in (np.int32, np.int64, np.float32, np.float64):
        for matrix in (whole.astype(dtype), (whole + whole.T).astype(dtype)):
            for search in (gpu.pam, gpu.fastpam1, gpu.fasterpam):
                result = search(matrix, k=3, start="build")
            gpu.certify(matrix, result.medoids, seconds=0.1)
    for points in (rng.normal(size=(20, 3)), rng.integers(0, 9, (20, 3))):
        for metric in ("euclidean", "hamming"):
            gpu.pam(gpu.distances(points, metric), k=3, start="random", seed=0)


def described(value: object) -> list:
    """Describe an argument of a kernel: an array by dtype and dimensions, a number by its type."""
    array = getattr(value, "_ary", value)  # the simulator wraps arrays
    if isinstance(array, np.ndarray) and array.ndim:
        return [str(array.dtype), array.ndim]
    return ["bool" if isinstance(array, bool) else str(np.asarray(array).dtype), 0]


def compile_all() -> None:
    """Compile what `record` has printed, and say how many kernels there are; fail if one is missing."""
    from numba import cuda, types
    from numba.cuda import dispatcher
    from numba.np.numpy_support import from_dtype

    def typed(described: list):
        scalar = types.boolean if described[0] == "bool" else from_dtype(np.dtype(described[0]))
        return types.Array(scalar, described[1], "C") if described[1] else scalar

    recorded = json.load(sys.stdin)
    # Functions that kernels call are compiled for the card that is there.
    card = SimpleNamespace(compute_capability=ARCHITECTURE)
    with mock.patch.object(dispatcher, "get_current_device", return_value=card):
        for module, name, arguments in recorded:
            kernel = getattr(importlib.import_module(module), name)
            cuda.compile_ptx(kernel.py_func, tuple(map(typed, json.loads(arguments))), cc=ARCHITECTURE)
    called = {(module, name) for module, name, _ in recorded}
    sys.stdout.write(f"{len(called)} kernels compiled for {len(recorded)} signatures, compute capability 9.0\n")
    if never := sorted(set(kernels()) - called):
        sys.exit(f"never called: {', '.join('.'.join(one) for one in never)}")


def kernels() -> Iterator[tuple[str, str]]:
    """Yield module and name of every kernel of the tier, without the functions that kernels call."""
    from numba.cuda.dispatcher import CUDADispatcher

    from kmedoids_bench.algorithms import gpu

    for found in pkgutil.walk_packages(gpu.__path__, f"{gpu.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            kernel = isinstance(value, CUDADispatcher) and not value.targetoptions.get("device")
            if kernel and value.py_func.__module__ == module.__name__:
                yield module.__name__, name


if __name__ == "__main__":
    main()
