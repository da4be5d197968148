"""How far results are from a known optimum: by instance, and over all instances."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.frames import frame_of, groups, interval_columns
from kmedoids_bench.experiments.analysis.losses import (
    alone,
    error_over_optimum,
    from_given_start,
    on_scale,
    random_sets,
)
from kmedoids_bench.experiments.analysis.measure import Measure

SETS = 100  # random sets of medoids, whose mean loss is 100 on the scale
BEST_OF = 10
NONE = "none"  # a start by itself
PAM = "fastpam1"  # stands for PAM: the same swaps, in a time that allows all forty instances
WHO = ["implementation", "start", "algorithm"]
EVIDENCE = ["dataset", "k", "optimum", "random_loss", "start", "algorithm", "loss", "percent", "error_percent"]


@dataclass(frozen=True)
class Printed:
    """A mean over the instances that the first author printed."""

    words: str
    start: str
    algorithm: str
    column: str  # of the lines of `by_instance`
    value: float


PRINTED = {
    "build": Printed("BUILD alone", "build", NONE, "percent", 3.14),
    "pam": Printed("BUILD and PAM", "build", PAM, "percent", 0.51),
    "alternating": Printed("Alternating from k-means++", "kmeanspp", "alternating", "percent", 37.0),
    "best_of_10": Printed(f"the best of {BEST_OF} runs of Alternating", "kmeanspp", "alternating", "best_percent", 9.0),
}


@dataclass(frozen=True)
class OptimaResult:
    """The result of the study."""

    errors: pd.DataFrame  # as `errors` returns them
    instances: pd.DataFrame  # as `by_instance` returns it
    summary: pd.DataFrame  # as `by_algorithm` returns it


def analyse(rows: pd.DataFrame) -> OptimaResult:
    """Compare all results with the known optima."""
    found = errors(rows)
    instances = by_instance(found)
    return OptimaResult(found, instances, by_algorithm(instances))


def measures(result: OptimaResult) -> dict[str, list[Measure]]:
    """Compute means over all forty instances, in every code base.

    A mean over some of them would be another quantity, so there is none where an instance is missing.
    """
    measures: dict[str, list[Measure]] = {}
    for code_base, group in result.instances.groupby("implementation"):
        lines = {name: lines_of(group, printed) for name, printed in PRINTED.items()}
        values = {name: lines[name][printed.column] for name, printed in PRINTED.items()}
        samples = {f"{name}_percent": (name, PRINTED[name].words, sample) for name, sample in values.items()}
        # Instance by instance: both algorithms met the same difficulties.
        difference = "the difference on each"
        samples["build_less_pam_percent"] = ("pam", difference, values["build"] - values["pam"])
        samples["alternating_less_build_percent"] = ("alternating", difference, values["alternating"] - values["build"])
        samples["pam_error_percent"] = ("pam", PRINTED["pam"].words, lines["pam"]["error_percent"])
        for measure, (name, words, sample) in samples.items():
            sample = sample.dropna()
            if len(sample) == len(known()):
                where = f"OR-Library, {len(sample)} instances, {words}"
                evidence = lines[name].reset_index()[EVIDENCE]
                mean = Measure.mean_of(sample, where, code_base=str(code_base), evidence=evidence)
                measures.setdefault(measure, []).append(mean)
    return measures


def lines_of(instances: pd.DataFrame, printed: Printed) -> pd.DataFrame:
    """Keep the lines of the start and algorithm of a printed value, by dataset."""
    which = (instances["start"] == printed.start) & (instances["algorithm"] == printed.algorithm)
    return instances[which].set_index("dataset")


def known() -> dict[str, Mapping]:
    """Return the facts of the datasets whose optimum is known, by name."""
    return {name: record.facts for name, record in datasets().items() if "optimum" in record.facts}


def errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare all results for the k whose optimum is known with that optimum.

    The lines are those of `error_over_optimum`, with ``error_percent``. A start by itself has the algorithm `NONE`.
    ``percent`` is the place on the scale on which the optimum is 0 and the mean of `SETS` random sets is 100;
    missing where there are fewer sets.
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
    """Summarise the seeds of `errors`: one line for each instance, code base, start and algorithm.

    Means of ``loss``, ``error_percent`` and ``percent``; ``best_percent`` of the first `BEST_OF` seeds, missing
    where there are fewer; ``worst_percent`` (the largest error), ``results``, and how many of these reach the
    optimum (``optimal``) or are ``below`` it.
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
    """Summarise the instances of `by_instance`: one line for each code base, start and algorithm.

    The columns are `WHO`, ``instances``, ``scaled`` (how many of them have a place on the scale), ``results``,
    ``optimal``, ``below``, ``worst``; means over the instances ``error``, ``percent``, ``best``, with ``_low`` and
    ``_high``.
    """
    lines = []
    for line, group in groups(instances, WHO):
        line |= {"instances": len(group), "scaled": int(group["percent"].notna().sum())}
        line |= {name: int(group[name].sum()) for name in ("results", "optimal", "below")}
        line |= {"worst": group["worst_percent"].max()}
        for name, column in (("error", "error_percent"), ("percent", "percent"), ("best", "best_percent")):
            values = tuple(group[column].dropna())
            if values:
                line |= interval_columns(name, Measure.mean_of(values))
        lines.append(line)
    numbers = [f"{name}{end}" for name in ("error", "percent", "best") for end in ("", "_low", "_high")]
    counts = ["instances", "scaled", "results", "optimal", "below"]
    return frame_of(lines, [*WHO, *counts], ["worst", *numbers])
