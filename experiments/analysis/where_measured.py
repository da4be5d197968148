"""Where something was measured, in words: the text beside a number on the page."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references, titles
from kmedoids_bench.experiments.rows.keys import TIERS


def place(line: Mapping, *more: str) -> str:
    """Write "digits (n = 1,797, euclidean), k = 10".

    `line` has the columns of `FACET`, and ``k`` if it is to be named; ``n`` and ``k`` may hold several numbers. `more`
    is added at the end.

    >>> place({"dataset": "digits", "n": 1797, "metric": "euclidean", "dtype": "float32", "k": [10, 20]}, "start BUILD")
    'digits (n = 1,797, euclidean), k = 10 to 20, start BUILD'
    """
    # Nearly everything is measured in float32, so only other types are named.
    kind = line["metric"] if line["dtype"] == "float32" else f"{line['metric']}, {line['dtype']}"
    k = [k_range(line["k"])] if "k" in line else []
    return ", ".join([f"{line['dataset']} (n = {span(line['n'])}, {kind})", *k, *more])


def k_range(ks: ArrayLike) -> str:
    """Write "k = 2 to 100", or "k = 10" if there is no other."""
    return f"k = {span(ks)}"


def span(values: ArrayLike) -> str:
    """Write "10", or "1,000 to 30,000" for several numbers."""
    numbers = np.ravel(values).astype(np.int64)
    low, high = numbers.min(), numbers.max()
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def listed(values: pd.Series) -> str:
    """Write "2, 5, 10": the different values, in their order, without those that are missing."""
    return ", ".join(str(value) for value in sorted(values.dropna().unique()))


def title_of(algorithm: object) -> str:
    """Name of an algorithm or a start as the papers spell it; what is not known keeps its name."""
    name = str(algorithm)
    return algorithms()[name].title if name in algorithms() else titles().get(name, name)


def call_title(implementation: str, algorithm: object) -> str:
    """Name an algorithm and who runs it: "FasterPAM of kmedoids 0.5.5", "our tuned FasterPAM"."""
    if implementation in TIERS:
        return f"our {TIERS[implementation]} {title_of(algorithm)}"
    known = references().get(implementation)
    return f"{title_of(algorithm)} of {known.title if known else implementation}"


def start_title(start: object) -> str:
    """Name a start behind the word "from": "random medoids", "BUILD"."""
    return "random medoids" if start == "random" else title_of(start)


def titles_of(names: Iterable[str]) -> str:
    """Write "FastPAM2, FasterPAM": the titles of different algorithms."""
    return ", ".join(map(title_of, sorted(set(names))))
