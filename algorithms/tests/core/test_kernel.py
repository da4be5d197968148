import errno
import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from kmedoids_bench.algorithms.core import kernel as module
from kmedoids_bench.algorithms.core.kernel import kernel


@kernel
def quotient(a, b):
    return a / b


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="how division is compiled; Python itself raises an error")
def test_division_by_zero_follows_ieee_754():
    assert quotient(1.0, 0.0) == float("inf")


def triple(a):
    return 3 * a


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Compile a function as the first caller of a process does, with a folder for machine code; say what was loaded."""
    monkeypatch.setattr(module, "FOLDER", str(tmp_path / "cache"))
    monkeypatch.setattr(numba.config, "CACHE_DIR", module.FOLDER)

    def call(function):
        compiled = kernel(function)
        return compiled(14), sum(compiled.stats.cache_hits.values())

    return call


def files(folder, ending):
    return [path for path in folder.rglob(f"*{ending}") if path.is_file()]


needs_jit = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")


@needs_jit
@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
@pytest.mark.parametrize("damage", ["truncated", "altered", "foreign", "empty"])
def test_damaged_machine_code_is_noticed_and_replaced(kept, tmp_path, ending, damage):
    assert kept(triple) == (42, 0)
    (path,) = files(tmp_path, ending)
    content = path.read_bytes()
    middle = len(content) // 2
    altered = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path.write_bytes({"truncated": content[:middle], "altered": altered, "foreign": b"<html>", "empty": b""}[damage])
    with pytest.warns(UserWarning, match=f"triple.*{ending} is damaged: the kernel is compiled again"):
        assert kept(triple) == (42, 0)
    assert kept(triple) == (42, 1)


@needs_jit
def test_machine_code_that_was_deleted_is_made_again(kept, tmp_path):
    kept(triple)
    for path in files(tmp_path, ".nbc"):
        path.unlink()
    assert [kept(triple), kept(triple)] == [(42, 0), (42, 1)]


@needs_jit
def test_where_machine_code_cannot_be_kept_it_is_kept_nowhere(kept, tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    with pytest.warns(UserWarning, match="cache cannot be written: no machine code is kept"):
        assert kept(triple) == (42, 0)
    assert not [path for path in Path(__file__).parent.rglob("*.nbi") if "triple" in path.name]


@needs_jit
def test_a_full_disk_costs_only_the_next_compilation(kept, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    assert kept(triple) == (42, 0)
    monkeypatch.undo()
    assert not files(tmp_path, "")


SHARE_OUT = """
import numpy as np
from numba import get_thread_id, prange, set_num_threads
from kmedoids_bench.algorithms.core.kernel import kernel, parallel

def threads(turns):
    found = np.empty(turns, np.int64)
    for turn in prange(turns):
        found[turn] = get_thread_id()
    return found

alone, together = kernel(threads), parallel(threads)
set_num_threads(2)
print(len(set(alone(100))), len(set(together(100))))
"""


@pytest.mark.skipif(numba.config.DISABLE_JIT or numba.config.NUMBA_NUM_THREADS < 2, reason="a single thread")
def test_machine_code_for_one_thread_is_not_taken_for_that_of_several(tmp_path):
    (tmp_path / "code.py").write_text(SHARE_OUT)
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):  # the second time from the cache
        command = [sys.executable, tmp_path / "code.py"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["1", "2"]


RUN_EVERY_ALGORITHM = """
import importlib, pkgutil
import numpy as np
import kmedoids_bench.algorithms as package
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.registry import algorithms

points = np.random.default_rng(0).integers(0, 1000, (60, 2))
dist = np.abs(points[:, None] - points).sum(axis=-1).astype(np.float32)
for algorithm in algorithms().values():
    seed = {} if algorithm.kind == "start" and not algorithm.seeded else {"seed": 0}
    for k in (1, 20):
        algorithm.call(dist, k=k, **seed)

names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
modules = [importlib.import_module(name) for name in names if ".references" not in name and ".tuned" not in name]
kernels = {f for m in modules for f in vars(m).values() if hasattr(f, "signatures")}
assert sum(bool(f.signatures) for f in kernels) > 40, "where are the kernels?"
for f in kernels - {interrupted}:  # one line of code; it is compiled for a counter that is 0 as well
    # Samples are float64 whatever the matrix is.
    if len({str(types).replace("float32", "float64") for types in f.signatures}) > 1:
        print(f.__module__, f.__name__, *f.signatures, sep="\\n    ")
"""


@pytest.mark.proof
@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_no_kernel_is_compiled_twice_for_the_same_matrix():
    # To numba a literal and a number, an array and a read-only one are different types. How well it optimises the
    # code is of no interest here, and such code must not be kept.
    environment = os.environ | {"NUMBA_OPT": "0", "NUMBA_CACHE_DIR": ""}
    command = [sys.executable, "-c", RUN_EVERY_ALGORITHM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == ""
