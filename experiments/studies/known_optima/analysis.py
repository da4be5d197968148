"""How far results are from a known optimum: by instance, and over all instances."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups, interval_columns
from kmedoids_bench.experiments.analysis.losses import alone, from_given_start, random_sets
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
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> OptimaResult:
    """Compare all results with the known optima."""
    of_results = errors(rows)
    instances = by_instance(of_results)
    return OptimaResult(of_results, instances, by_algorithm(instances), gathered(_means(instances)))


def _means(instances: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Compute means over all forty instances, in every code base.

    A mean over some of them would be another quantity, so there is none where an instance is missing.
    """
    for code_base, group in instances.groupby("implementation"):
        lines = {name: lines_of(group, printed) for name, printed in PRINTED.items()}
        values = {name: lines[name][printed.column] for name, printed in PRINTED.items()}
        samples = {f"{name}_percent": (name, PRINTED[name].words, sample) for name, sample in values.items()}
        # Instance by instance: both algorithms met the same difficulties.
        difference = "the difference on each"
        samples["build_less_pam_percent"] = ("pam", difference, values["build"] - values["pam"])
        samples["alternating_less_build_percent"] = ("alternating", difference, values["alternating"] - values["build"])
        samples["pam_error_percent"] = ("pam", PRINTED["pam"].words, lines["pam"]["error_percent"])
        for measure, (name, words, sample) in samples.items():
            if sample.notna().sum() == len(known()):
                where = f"OR-Library, {len(known())} instances, {words}"
                evidence = lines[name].reset_index()[EVIDENCE]
                yield measure, Measure.mean_of(sample.dropna(), where, code_base=str(code_base), evidence=evidence)


def lines_of(instances: pd.DataFrame, printed: Printed) -> pd.DataFrame:
    """Keep the lines of the start and algorithm of a printed value, by dataset."""
    which = (instances["start"] == printed.start) & (instances["algorithm"] == printed.algorithm)
    return instances[which].set_index("dataset")


def known() -> dict[str, Mapping]:
    """Return the facts of the datasets whose optimum is known, by name."""
    return {name: record.facts for name, record in datasets().items() if "optimum" in record.facts}


def errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare all results for the k whose optimum is known with that optimum.

    The lines are those of `results`, with the known ``optimum`` of the instance, ``error`` (loss over optimum, minus 1)
    and ``error_percent``. A start by itself has the algorithm `NONE`.
    ``percent`` is the place on the scale on which the optimum is 0 and the mean of `SETS` random sets is 100;
    missing where there are fewer sets.
    """
    facts = known()
    right_k = rows["dataset"].map({name: fact["k"] for name, fact in facts.items()}) == rows["k"]
    rows = rows[right_k.fillna(False)]
    both = pd.concat([alone(rows).assign(algorithm=NONE), from_given_start(rows)], ignore_index=True)
    both = both.drop_duplicates(["dataset", "implementation", "start", "algorithm", "seed"])
    optimum = both["dataset"].map({name: fact["optimum"] for name, fact in facts.items()}).astype("float64")
    table = both.assign(optimum=optimum, error=both["loss"] / optimum - 1)
    table = table.merge(random_sets(rows, SETS).reset_index(), on=["dataset", "k"], how="left")
    percent = 100 * (table["loss"] - table["optimum"]) / (table["random_loss"] - table["optimum"])
    return table.assign(error_percent=100 * table["error"], percent=percent)


def by_instance(errors: pd.DataFrame) -> pd.DataFrame:
    """Summarise the seeds of `errors`: one line for each instance, code base, start and algorithm.

    Means of ``loss``, ``error_percent`` and ``percent``; ``best_percent`` of the first `BEST_OF` seeds, missing
    where there are fewer; ``worst_percent`` (the largest error), ``results``, and how many of these reach the
    optimum (``optimal``) or are ``below`` it.
    """
    keys = ["dataset", "n", "k", "optimum", "random_loss", *WHO]
    optimal, below = errors["error"].abs() < 1e-9, errors["error"] < -1e-9
    grouped = errors.assign(optimal=optimal, below=below).sort_values("seed").groupby(keys, dropna=False)
    means = {name: (name, "mean") for name in ("loss", "error_percent", "percent")}
    counts = {"results": ("loss", "size"), "optimal": ("optimal", "sum"), "below": ("below", "sum")}
    table = grouped.agg(**means, worst_percent=("error_percent", "max"), **counts)
    first = grouped.head(BEST_OF).groupby(keys, dropna=False)["percent"].agg(["min", "size"])
    table["best_percent"] = first["min"].where(first["size"] == BEST_OF)
    return table.reset_index()


def by_algorithm(instances: pd.DataFrame) -> pd.DataFrame:
    """Summarise the instances of `by_instance`: one line for each code base, start and algorithm.

    Counts of ``instances``, of those that are ``scaled`` (have a place on the scale), and of ``results``, ``optimal``
    and ``below``; ``worst``; means over the instances ``error``, ``percent``, ``best``, with ``_low`` and ``_high``.
    """
    lines = []
    for line, group in groups(instances, WHO):
        line |= {"instances": len(group), "scaled": group["percent"].count(), "worst": group["worst_percent"].max()}
        line |= group[["results", "optimal", "below"]].sum()
        for name, column in (("error", "error_percent"), ("percent", "percent"), ("best", "best_percent")):
            values = tuple(group[column].dropna())
            if values:
                mean = Measure.mean_of(values)
                line |= interval_columns(name, mean.value, mean.interval)
        lines.append(line)
    numbers = [f"{name}{end}" for name in ("error", "percent", "best") for end in ("", "_low", "_high")]
    counts = ["instances", "scaled", "results", "optimal", "below"]
    return frame_of(lines, [*WHO, *counts], ["worst", *numbers])
