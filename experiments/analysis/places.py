"""Where something was measured, in words: what stands beside a number on the page."""

from collections.abc import Mapping

FACET = ("dataset", "n", "metric", "dtype")


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
