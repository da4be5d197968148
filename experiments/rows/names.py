"""The name of a contender: ``implementation/algorithm/order``, with what else tells it apart in brackets.

Examples: ``kmedoids_bench/pam/C``, ``kmedoids_bench/fasterclara[sample_size=80+4k]/points``,
``kmedoids_055/fasterpam[own random, 2 threads]/F``.
"""

from collections.abc import Sequence

COPY = "copy 2"  # of a contender that is measured twice


def contender_name(implementation: str, algorithm: str, order: str, details: Sequence[str] = ()) -> str:
    """Put a name together.

    `details` are parameters other than the defaults, then "own random" for a start that the call chooses itself, "whole
    call", "2 threads", "copy 2".
    """
    brackets = f"[{', '.join(details)}]" if details else ""
    return f"{implementation}/{algorithm}{brackets}/{order}"


def original(name: str) -> str | None:
    """Return the name of the contender that this one is a copy of; None if it is none."""
    for mark, instead in ((f"[{COPY}]", ""), (f", {COPY}]", "]")):
        if mark in name:
            return name.replace(mark, instead)
    return None
