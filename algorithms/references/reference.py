"""The record of a reference library, made from what its adapter declares."""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.registry import discover


@dataclass(frozen=True)
class Promise:
    """What a library promises of one of its algorithms."""

    local_optimum: bool  # no single swap lowers the loss
    same_result_as: str | None = None  # the algorithm of ours whose result it promises, from the same start


@dataclass(frozen=True)
class Reference:
    """A foreign library, as the studies and the harness see it."""

    name: str  # as in a row: "kmedoids_055"
    title: str  # for people: "kmedoids 0.5.5"
    language: str
    licence: str
    homepage: str
    environment: str  # name of its pinned requirements in experiments/envs
    orders: tuple[str, ...]  # memory orders in which it is measured
    algorithms: dict[str, Promise]  # by our names
    adapter: Path  # the file that declares it


@cache
def references() -> dict[str, Reference]:
    """Return all reference libraries by name."""
    package = importlib.import_module("kmedoids_bench.algorithms.references")
    found = {}
    for record in discover(package, "REFERENCE"):
        promises = {name: Promise(**promise) for name, promise in record["algorithms"].items()}
        adapter = Path(package.__path__[0]) / f"{record['name']}.py"
        found[record["name"]] = Reference(**(record | {"algorithms": promises, "adapter": adapter}))
    return found
