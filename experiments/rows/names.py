"""The name of a contender: ``implementation/algorithm/order``, with what else tells it apart in brackets.

Examples: ``kmedoids_bench/pam/C``, ``kmedoids_bench/fasterclara[sample_size=80+4k]/points``,
``kmedoids_055/fasterpam[own random, 2 threads]/F``.
"""

import re
from dataclasses import dataclass, replace

PATTERN = re.compile(r"(?P<implementation>[^/\[]+)/(?P<algorithm>[^/\[]+)(?:\[(?P<details>.*)\])?/(?P<order>[^/\]]+)")


@dataclass(frozen=True)
class ContenderName:
    """A name and its parts; `str` puts it together and `parse` takes it apart.

    Attributes
    ----------
    implementation, algorithm, order : str
    details : tuple of str
        Parameters other than the defaults, then "own random" for a start that the call chooses itself, "whole call",
        "2 threads".
    """

    implementation: str
    algorithm: str
    order: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f"[{', '.join(self.details)}]" if self.details else ""
        return f"{self.implementation}/{self.algorithm}{details}/{self.order}"

    @classmethod
    def parse(cls, name: str) -> "ContenderName":
        """Take a name apart; raise ValueError if it is not the name of a contender."""
        match = PATTERN.fullmatch(name)
        if match is None:
            raise ValueError(f"{name!r} is not the name of a contender: implementation/algorithm[details]/order")
        details = match["details"]
        return cls(
            match["implementation"], match["algorithm"], match["order"], tuple(details.split(", ")) if details else ()
        )

    def of_algorithm(self, algorithm: str) -> "ContenderName":
        """Return the same contender with another algorithm."""
        return replace(self, algorithm=algorithm)
