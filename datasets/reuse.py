"""When is the matrix on disk the one that is wanted: the record beside it.

Beside ``<dataset>-n<n>-<metric>-<dtype>.npy`` lies a ``.json`` that says what the matrix was made of (digests
of the files, versions of the libraries, digest of the code) and what came out (sha256 of the .npy, size, time
stamp, seconds).
"""

import hashlib
import inspect
import json
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kmedoids_bench.datasets.atomic import whole_file
from kmedoids_bench.datasets.dataset import Dataset

PACKAGE = "kmedoids_bench.datasets"
LIBRARIES = ("numpy", "scipy", "scikit-learn", "rapidfuzz", "numba")


@dataclass(frozen=True)
class Matrix:
    """A matrix on disk, open it with ``numpy.load(path, mmap_mode="r")``.

    Attributes
    ----------
    sha256 : str
        Of the whole .npy file, as ``sha256sum`` gives it.
    seconds : float
        Time of computing and writing, in the run that did it.
    reused : bool
        It was there already, made of the same inputs.
    """

    path: Path
    sha256: str
    n: int
    dtype: str
    metric: str
    dataset: str
    seconds: float
    reused: bool


def inputs_of(dataset: Dataset, n: int, metric: str, dtype: str) -> dict[str, Any]:
    """Everything that decides the matrix but the files, which need not be at hand to reuse it."""
    return {
        "dataset": dataset.name,
        "n": n,
        "metric": metric,
        "dtype": dtype,
        "versions": {library: version(library) for library in LIBRARIES},
        "source": _source_digest(dataset),
    }


def _source_digest(dataset: Dataset) -> str:
    """Of the code that computes, the loader's file, and the files of this package's functions it uses."""
    loader = dataset.load.__module__
    functions = [thing for thing in vars(sys.modules[loader]).values() if inspect.isfunction(thing)]
    modules = {f.__module__ for f in functions if f.__module__.startswith(f"{PACKAGE}.")}
    modules |= {loader, f"{PACKAGE}.distances", f"{PACKAGE}.metrics"}
    sources = [inspect.getsource(sys.modules[name]) for name in sorted(modules)]
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()


def find(path: Path, dataset: Dataset, inputs: dict[str, Any]) -> Matrix | None:
    """Return the matrix at ``path`` if it was made of these inputs and still has its bytes, else None.

    Size and time stamp tell whether the bytes are untouched. If only the time stamp differs (copied, or
    written over) all of it is read and its digest compared, and the new time stamp is recorded.
    """
    try:
        made = json.loads(_sidecar(path).read_text(encoding="utf-8"))
        status = path.stat()
        files = made["inputs"]["files"]
        if made["inputs"] != inputs | {"files": files} or made["bytes"] != status.st_size:
            return None
        if len(files) != len(dataset.files) or any(
            d not in f.sha256 for d, f in zip(files, dataset.files, strict=True)
        ):
            return None
        if made["mtime_ns"] != status.st_mtime_ns:
            if _sha256(path) != made["sha256"]:
                return None
            _write_sidecar(path, made)
        return _matrix(path, made, reused=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, or not a record of ours: the matrix is made again


def record(path: Path, inputs: dict[str, Any], files: tuple[Path, ...], seconds: float) -> Matrix:
    """Write the record beside the matrix that has just been put at ``path``."""
    digests = {"files": [_sha256(file) for file in files]}
    made = {"inputs": inputs | digests, "sha256": _sha256(path), "seconds": seconds}
    _write_sidecar(path, made)
    return _matrix(path, made, reused=False)


def _matrix(path: Path, made: dict[str, Any], reused: bool) -> Matrix:
    identity = {name: made["inputs"][name] for name in ("n", "dtype", "metric", "dataset")}
    return Matrix(path, made["sha256"], seconds=made["seconds"], reused=reused, **identity)


def _sidecar(path: Path) -> Path:
    return path.with_suffix(".json")


def _write_sidecar(path: Path, made: dict[str, Any]) -> None:
    status = path.stat()
    content = made | {"bytes": status.st_size, "mtime_ns": status.st_mtime_ns}
    with whole_file(_sidecar(path)) as file:
        file.write((json.dumps(content, indent=1) + "\n").encode())


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
