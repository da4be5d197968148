"""The name of a contender: ``implementation/algorithm/order``, with what else tells it apart in brackets.

Examples: ``kmedoids_bench/pam/C``, ``kmedoids_bench/fasterclara[sample_size=80+4k]/points``,
``kmedoids_055/fasterpam[own random, 2 threads]/F``.
"""

from collections.abc import Sequence


def contender_name(implementation: str, algorithm: str, order: str, details: Sequence[str] = ()) -> str:
    """Put a name together.

    `details` are parameters other than the defaults, then "own random" for a start that the call chooses itself, "whole
    call", "2 threads".
    """
    brackets = f"[{', '.join(details)}]" if details else ""
    return f"{implementation}/{algorithm}{brackets}/{order}"
