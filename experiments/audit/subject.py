"""The subjects of the audit: one algorithm of one implementation with one form of data, and what it promises."""

import inspect
from dataclasses import dataclass

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.algorithms.references.reference import DTYPES, Offer, references, titles
from kmedoids_bench.experiments.rows.keys import FIXED_WORK, GPU, OURS, TIERS, TUNED
from kmedoids_bench.experiments.rows.names import contender_name

OWN_TITLES = {OURS: "kmedoids-bench (ours)", TUNED: "kmedoids-bench, tuned (ours)", GPU: "kmedoids-bench, GPU (ours)"}
OWN_SAMPLES = ("n_samples", "n_local")  # our parameters for the number of samples or searches of which the best counts


@dataclass(frozen=True, kw_only=True)
class Subject(Offer):
    """One row of the table of answers.

    `same_result_as` of our own algorithms may also be their own name, which may have a definition.
    """

    implementation: str
    algorithm: str
    title: str = ""  # of the algorithm
    order: str  # the form of data: "C", "F", "dist", "points"
    dtypes: tuple[str, ...] = DTYPES  # of a matrix or of points

    @property
    def name(self) -> str:
        """`implementation/algorithm/order`, as contenders are named elsewhere."""
        return contender_name(self.implementation, self.algorithm, self.order)

    @property
    def dtype(self) -> str:
        """The most precise floating type that it takes without rounding."""
        return "float64" if "float64" in self.dtypes else "float32"

    @property
    def own_starts(self) -> tuple[str | None, ...]:
        """The starts that it can choose; (None,) if it neither takes start medoids nor names its start."""
        return self.makes_start if self.takes_start or self.makes_start else (None,)


def implementations() -> list[str]:
    """Names of all implementations, ours first."""
    return [*TIERS, *references()]


def title_of(implementation: str) -> str:
    """Return the name of an implementation for people."""
    return OWN_TITLES.get(implementation) or references()[implementation].title


def subjects(implementation: str) -> list[Subject]:
    """Return all subjects of an implementation."""
    if implementation in TIERS:
        known = [one for name, one in algorithms(TIERS[implementation]).items() if name not in not_asked()]
        return [subject for record in known for subject in _of_ours(record, implementation)]
    reference = references()[implementation]
    return [
        Subject(
            **vars(offer)
            | {"title": offer.title or titles().get(name) or algorithms()[name].title, "dtypes": reference.dtypes},
            implementation=implementation,
            algorithm=name,
            order=order,
        )
        for name, offer in reference.algorithms.items()
        if name not in not_asked()
        for order in reference.orders
    ]


def not_asked() -> set[str]:
    """Return what the questions are not about: a call that is no algorithm, and those that lower another loss."""
    return {FIXED_WORK, *names("silhouette")}


def _of_ours(record: Algorithm, implementation: str) -> list[Subject]:
    swap = record.kind == "swap"
    known = inspect.signature(record.call).parameters
    starts = tuple(name for name, start in algorithms().items() if start.kind == "start")
    return [
        Subject(
            implementation=implementation,
            algorithm=record.name,
            title=record.title,
            order=order,
            takes_start=swap,
            makes_start=starts if swap else (),
            takes_seed=record.seeded,
            local_optimum=record.local_optimum,
            same_result_as=record.same_result_as or record.name,
            samples=next((name for name in OWN_SAMPLES if name in known), None),
        )
        for order in (("C", "points") if record.kind == "sampling" else ("C",))
    ]
