"""The name of a contender: ``implementation/algorithm/order``, with what else tells it apart in brackets.

Examples: ``kmedoids_bench/pam/C``, ``kmedoids_bench/fasterclara[sample_size=80+4k]/points``,
``kmedoids_055/fasterpam[own random, 2 threads]/F``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ContenderName:
    """The parts of a name; `str` puts it together."""

    implementation: str
    algorithm: str
    order: str
    # Parameters other than the defaults, then "own random" for a start that the call chooses itself, "whole call",
    # "2 threads", "copy 2".
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f"[{', '.join(self.details)}]" if self.details else ""
        return f"{self.implementation}/{self.algorithm}{details}/{self.order}"
