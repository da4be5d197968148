"""Where something was measured, in words: what stands beside a number on the page."""

from collections.abc import Iterable, Mapping

from kmedoids_bench.algorithms.core.registry import algorithms


def place(line: Mapping, *more: str) -> str:
    """Write "digits (n = 1,797, euclidean), k = 10".

    Parameters
    ----------
    line : mapping
        With the columns of `FACET` and ``k``; without ``k`` none is named.
    more : str
        What else there is to say.

    Examples
    --------
    >>> place({"dataset": "digits", "n": 1797, "metric": "euclidean", "dtype": "float32", "k": 10}, "start BUILD")
    'digits (n = 1,797, euclidean), k = 10, start BUILD'
    """
    # float32 is what everything is measured in unless something else is the point.
    kind = line["metric"] if line["dtype"] == "float32" else f"{line['metric']}, {line['dtype']}"
    k = [f"k = {int(line['k'])}"] if "k" in line else []
    return ", ".join([f"{line['dataset']} (n = {int(line['n']):,}, {kind})", *k, *more])


def k_range(ks: Iterable[int]) -> str:
    """Write "k = 2 to 100", or "k = 10" if there is no other."""
    known = set(ks)
    return f"k = {min(known)}" if len(known) == 1 else f"k = {min(known)} to {max(known)}"


def start_text(start: str) -> str:
    """Write "start BUILD": the start as the papers spell it."""
    return f"start {algorithms()[start].title if start in algorithms() else start}"
