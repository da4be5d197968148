"""Columns that many studies show, under the same heading in all of them, and short ways to write plain columns."""

from functools import partial

from kmedoids_bench.experiments.exhibits.exhibit import Column, Kind

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
MILLISECONDS = Column("time (ms)", "seconds", "milliseconds", instead="note")
GAP = Column("above the optimum, at most, %", "gap_percent", "ratio")
EXCESS = Column("loss above best, %", "excess_percent", "ratio")

PROBLEM = (DATA, N, START, K)


def ratio(heading: str, source: str = "estimate", prefix: str = "", instead: str | None = None) -> Column:
    """Return a column of numbers with intervals: columns ``low``, ``high`` and ``why_none``, after the prefix."""
    return Column(heading, source, "ratio", (f"{prefix}low", f"{prefix}high"), instead, f"{prefix}why_none")


def plain(kind: Kind, *same: str, **headings: str) -> tuple[Column, ...]:
    """Return columns of one kind: those whose heading is the name of their source, then others as source=heading."""
    headings = dict(zip(same, same, strict=True)) | headings
    return tuple(Column(heading, source, kind) for source, heading in headings.items())


texts, integers, ratios = (partial(plain, kind) for kind in ("text", "integer", "ratio"))
milliseconds, scientific = (partial(plain, kind) for kind in ("milliseconds", "scientific"))
