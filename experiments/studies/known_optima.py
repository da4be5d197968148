"""How far from the optimum: the p-median problems of the OR-Library, for which it is known."""

import pandas as pd

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.quality import error_over_optimum
from kmedoids_bench.experiments.report.exhibits import Column, Figure, Table
from kmedoids_bench.experiments.report.style import algorithm_title
from kmedoids_bench.experiments.studies.reading import in_reading_order, with_titles
from kmedoids_bench.experiments.studies.study import Study

# FastPAM1 stands for PAM: the same swaps, in a time that allows all forty instances.
ALGORITHMS = ("build", "fastpam1", "fasterpam", "alternating")


def errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Errors of all results for the k whose optimum is known.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `error_over_optimum`, in percent too.
    """
    facts = {name: record.facts for name, record in datasets().items() if "optimum" in record.facts}
    found = error_over_optimum(rows, {name: fact["optimum"] for name, fact in facts.items()})
    found = found[found["k"] == found["dataset"].map({name: fact["k"] for name, fact in facts.items()})]
    return found.assign(error_percent=100 * found["error"])


def by_algorithm(found: pd.DataFrame) -> pd.DataFrame:
    """Summarise errors by start and algorithm, over instances."""
    return (
        found.groupby(["start", "contender", "implementation", "algorithm", "order"])
        .agg(
            instances=("dataset", "nunique"),
            mean=("error_percent", "mean"),
            worst=("error_percent", "max"),
            optimal=("error", lambda errors: int((errors < 1e-9).sum())),
            below=("error", lambda errors: int((errors < -1e-9).sum())),
        )
        .reset_index()
    )


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    found = errors(rows)
    who = (
        Column("start", "start_title"),
        Column("algorithm", "algorithm_title"),
        Column("contender", "contender"),
    )
    return {
        "summary": Table(
            with_titles(by_algorithm(found)),
            "Error over the optimum, (loss - optimum) / optimum, over the instances. No result can be below it.",
            (
                *who,
                Column("instances", "instances", "integer"),
                Column("mean error, %", "mean", "ratio"),
                Column("worst, %", "worst", "ratio"),
                Column("optimum reached", "optimal", "integer"),
                Column("below the optimum", "below", "integer"),
            ),
            "No instance was measured.",
        ),
        "instances": Table(
            in_reading_order(found),
            "Every instance: its optimum, and the loss and the exact ratio that each algorithm reached.",
            (
                Column("instance", "dataset"),
                Column("n", "n", "integer"),
                Column("k", "k", "integer"),
                Column("optimum", "optimum", "integer"),
                *who,
                Column("loss", "loss", "integer"),
                Column("error, %", "error_percent", "ratio"),
            ),
            "No instance was measured.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw nothing: forty numbers a line are a table.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    dict
        Empty.
    """
    return {}


def findings(rows: pd.DataFrame) -> list[str]:
    """Say the mean error of each algorithm, and whether anything lies below an optimum.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    found = errors(rows)
    if found.empty:
        return []
    ours = by_algorithm(found[found["implementation"] == "kmedoids_bench"])
    said = [
        f"From {line['start']}, {algorithm_title(line['algorithm'])} ended {line['mean']:.2f} % above the "
        f"optimum on average ({line['instances']} instances, worst {line['worst']:.2f} %, optimum reached "
        f"{line['optimal']} times)."
        for line in ours.to_dict("records")
    ]
    below = int((found["error"] < -1e-9).sum())
    verdict = "None" if not below else f"{below}"
    return [
        *said,
        f"{verdict} of the {len(found)} results of all implementations lies below a known optimum.",
    ]


STUDY = Study(
    name="known_optima",
    title="Against known optima: the OR-Library",
    question="For forty p-median problems of the OR-Library the optimum is known. How far above it do the algorithms "
    "end, and does none of them claim a loss below it?",
    algorithms=ALGORITHMS,
    timed=False,
    tables=tables,
    figures=figures,
    findings=findings,
)
