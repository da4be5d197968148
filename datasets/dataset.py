"""The record of a dataset, the record of a file, and the registry that looks into this folder."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

KINDS = ("points", "series", "graph", "categories", "mixed", "strings", "distances")


@dataclass(frozen=True)
class File:
    """One file of a dataset and where it is published.

    Attributes
    ----------
    folder, name : str
        The file is ``<folder>/<name>`` in a mirror and in the cache.
    addresses : tuple of str
        http(s) addresses, tried in turn. With ``member``, an address ending in ``.zip`` is an archive that
        holds it.
    sha256 : tuple of str
        Digests that are accepted, the canonical edition first: the same text with other line ends has its
        own.
    size : int
        Bytes of the canonical edition.
    member : str or None
        Name of this file inside the archive.
    """

    folder: str
    name: str
    addresses: tuple[str, ...]
    sha256: tuple[str, ...]
    size: int
    member: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a place outside the cache, and for digests or a size that no file can have."""
        if not all(re.fullmatch(r"[\w+ -][\w.+ -]*(/[\w+ -][\w.+ -]*)*", place) for place in (self.folder, self.name)):
            raise ValueError(
                f"{self.folder}/{self.name}: folder and name of a file must lead to a place below the cache"
            )
        if not self.sha256 or not all(re.fullmatch("[0-9a-f]{64}", digest) for digest in self.sha256):
            raise ValueError(f"sha256 of {self.name} is {self.sha256!r}, must be digests of 64 hexadecimal digits")
        if self.size < 0:
            raise ValueError(f"size of {self.name} is {self.size}, must be a number of bytes")


@dataclass(frozen=True)
class Dataset:
    """One dataset: its files, its objects, and the dissimilarity that is natural for them.

    Attributes
    ----------
    name : str
        Short ASCII with underscores.
    title : str
        One line for people.
    n : int
        Number of objects of the full set; a part of it is always the first objects.
    kind : str
        What ``load`` returns: "points" (array of n rows of numbers), "series" (the same, in the order of time),
        "graph" (sparse, n x n, non-negative weights), "categories" (array of n rows of letters or words),
        "mixed" (a ``mixed.Table``), "strings" (list) or "distances" (array of shape (n, n)).
    metric : str
        The natural dissimilarity, a name that ``metrics.py`` knows.
    files : tuple of File
        Empty when a library ships the data.
    load : callable
        Paths of the files, in the order of ``files``, to the n objects.
    licence, citation, homepage : str
        For the reader of a report.
    facts : mapping
        What is known beforehand, e.g. ``{"k": 5, "optimum": 5819}``.
    """

    name: str
    title: str
    n: int
    kind: str
    metric: str
    files: tuple[File, ...]
    load: Callable[[tuple[Path, ...]], Any]
    licence: str
    citation: str
    homepage: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError for a name that cannot be part of a file name, and for what no dataset can have."""
        if not re.fullmatch("[a-z0-9_]+", self.name):
            raise ValueError(f"name of a dataset is {self.name!r}, must be of a-z, 0-9 and _")
        if self.n < 1:
            raise ValueError(f"n of {self.name} is {self.n}, must be at least 1")
        if self.kind not in KINDS:
            raise ValueError(f"kind of {self.name} is {self.kind!r}, must be one of {KINDS}")


@cache
def datasets(package: str = "kmedoids_bench.datasets") -> dict[str, Dataset]:
    """Every dataset that a module of the package declares in ``DATASETS``, by name.

    Raises
    ------
    ValueError
        If two modules declare the same name.
    """
    found: dict[str, Dataset] = {}
    declared_in: dict[str, str] = {}
    for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{info.name}")
        for dataset in getattr(module, "DATASETS", ()):
            if dataset.name in found:
                raise ValueError(
                    f"dataset name {dataset.name!r} is declared twice, in {declared_in[dataset.name]} and in "
                    f"{module.__name__}: rename one of them"
                )
            found[dataset.name] = dataset
            declared_in[dataset.name] = module.__name__
    return found
