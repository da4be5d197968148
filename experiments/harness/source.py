"""What code a row was measured with: a hash that changes whenever its seconds or its result might.

For our own algorithms that is the file of the public call and all files of the package it imports, directly or
not; for a library its adapter and its pinned requirements. The worker, which holds the clock, counts for all.
"""

import ast
import hashlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from kmedoids_bench.algorithms.core.machine_code import chosen_folder, folder_in
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import WORKER
from kmedoids_bench.experiments.rows.keys import CERTIFICATE, FILLING, GPU, OURS, TIERS, TUNED

PACKAGE = "kmedoids_bench.algorithms"
WORKERS = Path(__file__).with_name("workers")  # by path: the import of an adapter loads numba
ADAPTERS = {OURS: WORKERS / "own_adapter.py", TUNED: WORKERS / "tuned_adapter.py", GPU: WORKERS / "gpu_adapter.py"}
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "numba"  # of a checkout
BESIDE = {  # modules of what is measured beside the algorithms; the yardstick is a part of the adapter
    (TUNED, CERTIFICATE): f"{PACKAGE}.bounds.certificate",
    (GPU, CERTIFICATE): f"{PACKAGE}.gpu.bounds",
    (GPU, FILLING): f"{PACKAGE}.gpu.search",
}


def source_of(contender: Contender) -> str:
    """Hash of all that decides what a contender's call does and how fast: 16 hex digits."""
    if contender.implementation not in TIERS:
        files, versions = runtimes.determinants(references()[contender.implementation])
        return digest(files, f"{contender.implementation} {versions}")
    record = algorithms(TIERS[contender.implementation]).get(contender.algorithm)
    module = record.module if record else BESIDE.get((contender.implementation, contender.algorithm))
    files = imported(module) if module else ()
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
        spec = find_spec(name)
        # The package's own file only names things, and the registry finds all files: neither computes anything.
        if name in files or name == PACKAGE or spec is None or spec.origin is None:
            continue
        files[name] = Path(spec.origin)
        for node in ast.walk(ast.parse(files[name].read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
                waiting.append(node.module)
    return frozenset(files.values())


def cache_environment() -> dict[str, str]:
    """Let workers keep machine code in the checkout, where `make clean` deletes it; elsewhere as every caller does."""
    is_checkout = CACHE.parents[1].joinpath("pyproject.toml").is_file()
    return {"NUMBA_CACHE_DIR": os.fspath(folder_in(CACHE)) if is_checkout else chosen_folder()}
