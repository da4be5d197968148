"""What code a row was measured with: a hash that changes whenever its seconds or its result might.

For our own algorithms that is the file of the public call, all files of the package it imports, directly or not, and
the starts where the call chooses one by its name; for a library its adapter and its pinned requirements. The worker,
which holds the clock, counts for all.
"""

import ast
import hashlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kmedoids_bench import algorithms as algorithms_package
from kmedoids_bench.algorithms.core.machine_code import chosen_folder, folder_in
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import WORKER
from kmedoids_bench.experiments.rows.keys import CERTIFICATE, FILLING, GPU, OURS, TIERS, TUNED

PACKAGE = "kmedoids_bench.algorithms"
FILES = Path(algorithms_package.__file__).parent  # of the package
WORKERS = Path(__file__).with_name("workers")  # by path: the import of an adapter loads numba
ADAPTERS = {OURS: WORKERS / "own_adapter.py", TUNED: WORKERS / "tuned_adapter.py", GPU: WORKERS / "gpu_adapter.py"}
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "numba"  # of a checkout
BESIDE = {  # modules of what is measured beside the algorithms; the yardstick is a part of the adapter
    (TUNED, CERTIFICATE): f"{PACKAGE}.bounds.certificate",
    (GPU, CERTIFICATE): f"{PACKAGE}.gpu.bounds",
    (GPU, FILLING): f"{PACKAGE}.gpu.search",
}


START_BY_NAME = ("alternate_refinement",)  # starts that begin with another one


def source_of(contender: Contender) -> str:
    """Hash of all that decides what a contender's call does and how fast: 16 hex digits."""
    if contender.implementation not in TIERS:
        files, versions = runtimes.determinants(references()[contender.implementation])
        return digest(files, f"{contender.implementation} {versions}")
    tier = TIERS[contender.implementation]
    record = algorithms(tier).get(contender.algorithm)
    module = record.module if record else BESIDE.get((contender.implementation, contender.algorithm))
    modules = {module} if module else set()
    if contender.own_start or (record and (record.kind == "sampling" or record.name in START_BY_NAME)):
        every = {one.module for name in (tier, "plain") for one in algorithms(name).values() if one.kind == "start"}
        modules |= every
    files = {path for one in modules for path in imported(one)}
    adapters = {ADAPTERS[OURS], ADAPTERS[contender.implementation]}
    stack = f"{platform.python_version()} numpy {version('numpy')} numba {version('numba')}"
    return digest([*files, *adapters, WORKERS / "swap_checks.py", WORKER], stack)


def digest(files: Iterable[Path], more: str = "") -> str:
    """Hash of the contents of files, in the order of their names."""
    total = hashlib.sha256(more.encode())
    for path in sorted(set(files)):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


@cache
def imported(module: str) -> frozenset[Path]:
    """Files of a module of `algorithms` and of all modules of it that it imports, directly or not."""
    files: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = FILES.joinpath(*name.removeprefix(f"{PACKAGE}.").split(".")).with_suffix(".py")
        # A package's own file only names things, and so does a name that is no module: neither computes anything.
        if name in files or not path.is_file():
            continue
        files[name] = path
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return frozenset(files.values())


def cache_environment() -> dict[str, str]:
    """Let workers keep machine code in the checkout, where `make clean` deletes it; elsewhere as every caller does."""
    is_checkout = CACHE.parents[1].joinpath("pyproject.toml").is_file()
    return {"NUMBA_CACHE_DIR": os.fspath(folder_in(CACHE)) if is_checkout else chosen_folder()}
