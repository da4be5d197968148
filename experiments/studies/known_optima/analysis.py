"""How far results are from a known optimum: by instance, and over all instances."""

from collections.abc import Mapping

import pandas as pd

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.losses import (
    alone,
    error_over_optimum,
    from_given_start,
    on_scale,
    random_sets,
)
from kmedoids_bench.experiments.analysis.measure import Measure

SETS = 100  # random sets of medoids whose mean loss is 100 on the scale
BEST_OF = 10
NONE = "none"  # the start by itself
WHO = ["implementation", "start", "algorithm"]


def known() -> dict[str, Mapping]:
    """Dataset to its facts, for those whose optimum is known."""
    return {name: record.facts for name, record in datasets().items() if "optimum" in record.facts}


def errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Errors of all results for the k whose optimum is known.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `error_over_optimum`, in percent too; a start by itself has the algorithm `NONE`, and ``percent`` is the
        place on the scale on which the optimum is 0 and the mean of `SETS` random sets 100, missing where there were
        fewer.
    """
    facts = known()
    right_k = rows["dataset"].map({name: fact["k"] for name, fact in facts.items()}) == rows["k"]
    rows = rows[right_k.fillna(False)]
    both = pd.concat([alone(rows).assign(algorithm=NONE), from_given_start(rows)], ignore_index=True)
    both = both.drop_duplicates(["dataset", "implementation", "start", "algorithm", "seed"])
    optima = {name: fact["optimum"] for name, fact in facts.items()}
    found = error_over_optimum(both.assign(status="ok"), optima)
    found = found.merge(random_sets(rows, SETS).reset_index(), on=["dataset", "k"], how="left")
    percent = on_scale(found["loss"], found["optimum"], found["random_loss"])
    return found.assign(error_percent=100 * found["error"], percent=percent)


def by_instance(found: pd.DataFrame) -> pd.DataFrame:
    """Summarise seeds: one line for each instance, code base, start and algorithm.

    Parameters
    ----------
    found : DataFrame
        As `errors` returns it.

    Returns
    -------
    DataFrame
        Means of ``loss``, ``error_percent`` and ``percent``; ``best_percent`` of the first `BEST_OF` seeds, missing
        where there are fewer; ``worst_percent`` (error), ``results``, and how many of these reach the optimum
        (``optimal``) or lie ``below`` it.
    """
    keys = ["dataset", "n", "k", "optimum", "random_loss", *WHO]
    found = found.sort_values("seed").assign(
        optimal=(found["error"].abs() < 1e-9).astype(int), below=(found["error"] < -1e-9).astype(int)
    )
    groups = found.groupby(keys, dropna=False)
    table = groups.agg(
        loss=("loss", "mean"),
        error_percent=("error_percent", "mean"),
        percent=("percent", "mean"),
        worst_percent=("error_percent", "max"),
        results=("loss", "size"),
        optimal=("optimal", "sum"),
        below=("below", "sum"),
    )
    first = groups.head(BEST_OF).groupby(keys, dropna=False)["percent"].agg(["min", "size"])
    table["best_percent"] = first["min"].where(first["size"] == BEST_OF)
    return table.reset_index()


def by_algorithm(instances: pd.DataFrame) -> pd.DataFrame:
    """Summarise instances: one line for each code base, start and algorithm, means with their intervals.

    Parameters
    ----------
    instances : DataFrame
        As `by_instance` returns it.

    Returns
    -------
    DataFrame
        `WHO`, ``instances``, ``scaled`` (of these, with a place on the scale), ``results``, ``optimal``, ``below``,
        ``worst``; means over the instances ``error``, ``percent``, ``best`` with ``_low`` and ``_high``.
    """
    lines = []
    for key, group in instances.groupby(WHO):
        line = dict(zip(WHO, key, strict=True))
        line |= {"instances": len(group), "scaled": int(group["percent"].notna().sum())}
        line |= {name: int(group[name].sum()) for name in ("results", "optimal", "below")}
        line |= {"worst": group["worst_percent"].max()}
        for name, column in (("error", "error_percent"), ("percent", "percent"), ("best", "best_percent")):
            values = tuple(group[column].dropna())
            if values:
                mean = Measure.mean_of(values)
                line |= {name: mean.value, f"{name}_low": mean.low, f"{name}_high": mean.high}
        lines.append(line)
    numbers = [f"{name}{end}" for name in ("error", "percent", "best") for end in ("", "_low", "_high")]
    counts = ["instances", "scaled", "results", "optimal", "below"]
    table = pd.DataFrame(lines, columns=[*WHO, *counts, "worst", *numbers])
    return table.astype(dict.fromkeys([*numbers, "worst"], "float64"))


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
