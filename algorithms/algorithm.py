"""The record with which an algorithm declares itself, and its papers."""

from collections.abc import Callable
from dataclasses import dataclass

PAPERS = {
    "kaufman1990": "Kaufman & Rousseeuw, Finding Groups in Data, Wiley (1990), chapter 2",
    "schubert2019": "Schubert & Rousseeuw, Faster k-Medoids Clustering: Improving the PAM, CLARA, and CLARANS "
    "Algorithms, SISAP 2019, LNCS 11807, 171-187",
    "schubert2021": "Schubert & Rousseeuw, Fast and Eager k-Medoids Clustering: O(k) Runtime Improvement of the "
    "PAM, CLARA, and CLARANS Algorithms, Information Systems 101 (2021) 101804",
}

KINDS = ("start", "swap", "sampling")
TIERS = ("plain", "tuned")


@dataclass(frozen=True, kw_only=True)
class Algorithm:
    """An algorithm, as the registry, the contract tests, the studies and the README's table see it.

    Raises
    ------
    ValueError
        If the paper, the kind or the tier is not one of those listed in this module.
    """

    name: str  # as in a call: "fasterpam"
    title: str  # as the papers spell it: "FasterPAM"
    call: (
        Callable  # start: call(distances, k, ...); swap: call(distances, medoids, k=..., start=..., seed=...)
    )
    kind: str  # one of KINDS
    paper: str  # a key of PAPERS
    cost: str  # time, in n and k
    memory: str  # beyond the matrix
    local_optimum: bool  # promises that no single swap lowers the loss
    same_result_as: str | None = None  # promises this algorithm's sequence of swaps, up to ties and rounding
    seeded: bool = False  # a start: takes a seed
    tier: str = "plain"  # one of TIERS

    def __post_init__(self) -> None:
        for field, value, known in (
            ("paper", self.paper, tuple(PAPERS)),
            ("kind", self.kind, KINDS),
            ("tier", self.tier, TIERS),
        ):
            if value not in known:
                raise ValueError(f"{field} of algorithm {self.name!r} is {value!r}, must be one of {known}")
