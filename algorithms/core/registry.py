"""Finds the algorithms: a new file in the folder of its kind, ending in its record, is all it takes.

Nothing here imports an algorithm, and so nothing loads numba. Only `Algorithm.call` does.
"""

import ast
from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.core.algorithm import KIND_OF_FOLDER, Algorithm
from kmedoids_bench.algorithms.core.keywords import with_advice

PACKAGES = {"plain": "kmedoids_bench.algorithms"} | {
    tier: f"kmedoids_bench.algorithms.{tier}" for tier in ("tuned", "gpu")
}
FOLDER = Path(__file__).parents[1]
FOLDERS = {"plain": FOLDER, "tuned": FOLDER / "tuned", "gpu": FOLDER / "gpu"}


@cache
def algorithms(tier: str = "plain") -> dict[str, Algorithm]:
    """Return the records of a tier by name: starts, swaps, silhouettes, sampling, each in alphabetical order.

    An algorithm of another tier has the name of the plain one that is its specification.
    """
    return read_records(FOLDERS[tier], PACKAGES[tier])


def names(kind: str | None = None, tier: str = "plain") -> tuple[str, ...]:
    """Return the names of the algorithms of a tier, or of those of one kind, in the order of `algorithms`."""
    return tuple(name for name, record in algorithms(tier).items() if kind in (None, record.kind))


@cache
def public_function(name: str, tier: str):
    """Return the public function of that name, for the ``__getattr__`` of a package."""
    for record in algorithms(tier).values():
        if record.function == name:
            return with_advice(record.call, PACKAGES[tier])
    raise AttributeError(f"module {PACKAGES[tier]!r} has no attribute {name!r}")


def read_records(folder: Path, package: str) -> dict[str, Algorithm]:
    """Read the records of all files in the folders of kinds; raise ValueError for two of one name."""
    records: dict[str, Algorithm] = {}
    for kind_folder in KIND_OF_FOLDER:
        for path in sorted((folder / kind_folder).glob("*.py")):
            record = read_record(path, f"{package}.{kind_folder}.{path.stem}")
            if record is not None and record.name in records:
                raise ValueError(f"{records[record.name].module} and {record.module} have one name: rename one of them")
            if record is not None:
                records[record.name] = record
    return records


def read_record(path: Path, module: str) -> Algorithm | None:
    """Read the record at the end of a file; None if the file has none. Raise ValueError if it cannot be read."""
    _, start, text = path.read_text(encoding="utf-8").partition("\nALGORITHM = ")
    if not start:
        return None
    try:
        call = ast.parse(text, mode="eval").body
        fields = {field.arg: ast.literal_eval(field.value) for field in getattr(call, "keywords", ())}
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{path}: the record must be the last statement and have literal values: {error}") from error
    return Algorithm(module, **fields)
