"""Columns that many studies show, under the same heading in all of them."""

from kmedoids_bench.experiments.exhibits.exhibit import Column

DATA = Column("data", "dataset")
N = Column("n", "n", "integer")
METRIC = Column("metric", "metric")
DTYPE = Column("dtype", "dtype")
START = Column("start", "start_title")
SEED = Column("seed", "seed", "integer")
K = Column("k", "k", "integer")
IMPLEMENTATION = Column("implementation", "implementation")
ORDER = Column("order", "order")
ALGORITHM = Column("algorithm", "algorithm_title")
PAIRS = Column("pairs", "n_pairs", "integer")
SERIES = Column("series", "n_runs", "integer")


def ratio(heading: str, source: str = "estimate", prefix: str = "", instead: str | None = None) -> Column:
    """Return a column of ratios with intervals: columns ``low``, ``high`` and ``why_none``, after the prefix."""
    return Column(heading, source, "ratio", (f"{prefix}low", f"{prefix}high"), instead, f"{prefix}why_none")
