"""The record of a reference library, made from what its adapter declares."""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.core.registry import discover

PHASES = ("start", "swap", "total")
DTYPES = ("float32", "float64", "int32", "int64")
RUNTIMES = ("python", "R", "java")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One algorithm as a library offers it: what it takes, what can be timed apart, what it promises.

    These decide which comparisons are drawn, and which questions the audit asks.
    """

    title: str | None = None  # as the library spells it, for an algorithm that is not one of ours
    phase: str = "swap"  # what a call from start medoids does; "total": more than can be told apart
    takes_start: bool = True  # start medoids
    makes_start: tuple[str, ...] = ()  # starts it can choose itself, in the same call
    takes_seed: bool = False  # the same seed gives the same result
    local_optimum: bool = False  # no single swap lowers the loss
    same_result_as: str | None = None  # the algorithm of ours whose result it promises, from the same start
    samples: str | None = None  # the parameter that says of how many samples, or restarts, the best is returned
    threads: tuple[int, ...] = (1,)  # with which it can work, as the environment says


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A foreign library, as the studies, the audit and the harness see it.

    Raises
    ------
    ValueError
        If a phase, a dtype or the runtime is none of those listed in this module.
    """

    name: str  # as in a row: "kmedoids_055"
    title: str  # for people: "kmedoids 0.5.5"
    language: str
    licence: str
    homepage: str
    runtime: str = "python"  # who speaks the protocol: a Python of the library's own, or R, or Java
    environment: str | None = None  # name of its pinned requirements in experiments/envs; None: from the system
    orders: tuple[str, ...]  # how it is given the data: a matrix in "C" or "F" order, R's "dist", or "points"
    dtypes: tuple[str, ...] = DTYPES  # matrices it takes without losing digits
    largest_n: int | None = None  # it refuses more objects
    algorithms: dict[str, Offer]  # by our names, or a name of its own
    adapter: Path  # the file that the worker reads

    def __post_init__(self) -> None:
        wrong = [self.runtime] if self.runtime not in RUNTIMES else []
        wrong += [dtype for dtype in self.dtypes if dtype not in DTYPES]
        wrong += [offer.phase for offer in self.algorithms.values() if offer.phase not in PHASES]
        if wrong:
            raise ValueError(f"reference {self.name!r} declares {wrong[0]!r}, which is none of those allowed")


@cache
def references() -> dict[str, Reference]:
    """Return all reference libraries by name."""
    package = importlib.import_module("kmedoids_bench.algorithms.references")
    found = {}
    for record in discover(package, "REFERENCE"):
        offers = {name: Offer(**offer) for name, offer in record["algorithms"].items()}
        adapter = Path(package.__path__[0]) / record.get("adapter", f"{record['name']}.py")
        found[record["name"]] = Reference(**(record | {"algorithms": offers, "adapter": adapter}))
    return found


def titles() -> dict[str, str]:
    """Names of the algorithms that only libraries have, as these spell them."""
    return {
        name: offer.title
        for reference in references().values()
        for name, offer in reference.algorithms.items()
        if offer.title is not None
    }
