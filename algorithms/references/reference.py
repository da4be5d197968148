"""The record of a reference library: what it offers, and what runs it."""

import importlib
import pkgutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import kmedoids_bench.algorithms.references

PHASES = ("start", "swap", "total")
DTYPES = ("float32", "float64", "int32", "int64")
ORDERS = ("C", "F", "dist", "points")


@dataclass(frozen=True)
class Pip:
    """A Python environment of the library's own, with the packages pinned in `<requirements>.txt` of its folder."""

    requirements: str = "requirements"
    adapter: ClassVar = "adapter.py"


@dataclass(frozen=True)
class SystemR:
    """The R of this machine, with a package that is installed there."""

    package: str
    adapter: ClassVar = "adapter.R"


@dataclass(frozen=True)
class Jar:
    """A JDK, with a class path that the user names in an environment variable; our own Python starts Java."""

    variable: str
    file: str  # the jar that is asked for; several entries of a class path will do as well
    adapter: ClassVar = "adapter.py"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One algorithm of a library: what a call takes, what can be timed, and what the library promises.

    The comparisons of the studies and the questions of the audit follow from these fields.
    """

    title: str | None = None  # the library's name for an algorithm that is not one of ours
    phase: str = "swap"  # what is timed: "start", "swap" (from start medoids), or "total" if phases cannot be separated
    takes_start: bool = True  # accepts start medoids
    makes_start: tuple[str, ...] = ()  # starts that it can choose itself, in the same call
    takes_seed: bool = False  # the same seed gives the same result
    # Promises that no single swap lowers the loss; where the medoid silhouette is searched, that none raises it.
    local_optimum: bool = False
    same_result_as: str | None = None  # promises the result of this algorithm of ours from the same start
    chooses_k: bool = False  # takes the largest number of medoids, and may return fewer
    samples: str | None = None  # its parameter for the number of samples or restarts, of which the best is returned
    threads: tuple[int, ...] = (1,)  # numbers of threads to measure


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference library as the studies, the audit and the harness see it.

    Raises
    ------
    ValueError
        If a phase, a dtype or an order is not one of those listed in this module.
    """

    name: str  # in rows and profiles: "kmedoids_055"
    title: str  # in the report: "kmedoids 0.5.5"
    language: str
    licence: str
    homepage: str
    runtime: Pip | SystemR | Jar = Pip()
    orders: tuple[str, ...]  # forms of data it takes: a matrix in "C" or "F" order, R's "dist", or "points"
    dtypes: tuple[str, ...] = DTYPES  # matrices that it takes without rounding
    largest_n: int | None = None  # largest number of objects that it accepts
    algorithms: dict[str, Offer]  # by our names; an algorithm that we do not have gets a name and a title
    folder: Path = Path()  # set by `references`

    def __post_init__(self) -> None:
        wrong = [dtype for dtype in self.dtypes if dtype not in DTYPES]
        wrong += [order for order in self.orders if order not in ORDERS]
        wrong += [offer.phase for offer in self.algorithms.values() if offer.phase not in PHASES]
        if wrong:
            raise ValueError(f"reference {self.name!r} declares {wrong[0]!r}, which this project does not know")

    @property
    def adapter(self) -> Path:
        """The file that the worker process reads."""
        return self.folder / self.runtime.adapter


@cache
def references() -> dict[str, Reference]:
    """Return the records of all reference libraries by name."""
    return read_references(kmedoids_bench.algorithms.references)


def read_references(package: ModuleType) -> dict[str, Reference]:
    """Return the records in the folders of a package, by name; raise ValueError for two of one name."""
    records: dict[str, Reference] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        if not module.ispkg:
            continue
        library = importlib.import_module(f"{package.__name__}.{module.name}")
        for record in library.REFERENCES:
            if record.name in records:
                raise ValueError(f"two records of {package.__name__} are named {record.name!r}: rename one of them")
            records[record.name] = replace(record, folder=Path(library.__path__[0]))
    return records


def titles() -> dict[str, str]:
    """Return the titles of the algorithms that only libraries have, by name."""
    return {
        name: offer.title
        for reference in references().values()
        for name, offer in reference.algorithms.items()
        if offer.title is not None
    }
