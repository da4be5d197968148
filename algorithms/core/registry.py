"""Finds what is registered: a new file in a folder, ending in its record, is all it takes."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from kmedoids_bench.algorithms.core.algorithm import Algorithm


def discover(package: ModuleType, attribute: str) -> list:
    """Collect `attribute` of every module of `package` that has it, in the order of their names.

    A tuple or list contributes its items, anything else itself.

    Raises
    ------
    ValueError
        If two records bear the same name.
    """
    records = []
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        if module.ispkg:
            continue
        found = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), attribute, ())
        records.extend(found if isinstance(found, tuple | list) else (found,))
    names = [record.name if hasattr(record, "name") else record["name"] for record in records]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two records of {package.__name__} are named {name!r}: rename one of them")
    return records


PACKAGES = {
    "plain": tuple(f"kmedoids_bench.algorithms.{kind}" for kind in ("starts", "swaps", "sampling")),
    "tuned": ("kmedoids_bench.algorithms.tuned",),
}


@cache
def algorithms(tier: str = "plain") -> dict[str, Algorithm]:
    """Return all algorithms of a tier, by name.

    The tuned ones bear the names of the plain ones they are held against: `same_result_as` names a plain one.
    """
    packages = [importlib.import_module(name) for name in PACKAGES[tier]]
    return {record.name: record for package in packages for record in discover(package, "ALGORITHMS")}
