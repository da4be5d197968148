"""How far from the optimum: the p-median problems of the OR-Library, for which it is known."""

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.range_plot import Spread, spreads
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.known_optima.analysis import (
    BEST_OF,
    NONE,
    SETS,
    by_algorithm,
    by_instance,
    errors,
    known,
)

STARTS = ("build", "lab", "random", "kmeanspp", "park_jun", "greedy_g")
PAM = "fastpam1"  # stands for PAM: the same swaps, in a time that allows all forty instances
ALGORITHMS = (*STARTS, PAM, "fasterpam", "fastpam2", "alternating")
EVIDENCE = ["dataset", "k", "optimum", "random_loss", "start", "algorithm", "loss", "percent", "error_percent"]
# What the first author printed, on this scale: start, algorithm, what of the seeds, number.
PRINTED = {
    "build": ("build", NONE, "percent", 3.14),
    "pam": ("build", PAM, "percent", 0.51),
    "alternating": ("kmeanspp", "alternating", "percent", 37.0),
    "best_of_10": ("kmeanspp", "alternating", "best_percent", 9.0),
}
WORDS = {
    "build": "BUILD alone",
    "pam": "BUILD and PAM",
    "alternating": "Alternating from k-means++",
    "best_of_10": f"the best of {BEST_OF} runs of Alternating",
}


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by, in every code base that has it: means over all forty instances.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
        Nothing of what was not measured on all of them: a mean over easier ones would be another quantity.
    """
    instances = by_instance(errors(rows))
    found: dict[str, list[Measure]] = {}
    for code_base, group in instances.groupby("implementation"):
        lines = {name: _lines(group, start, algorithm) for name, (start, algorithm, *_) in PRINTED.items()}
        values = {name: lines[name][column] for name, (_, _, column, _) in PRINTED.items()}
        wanted = {
            "build_percent": ("build", values["build"]),
            "pam_percent": ("pam", values["pam"]),
            "alternating_percent": ("alternating", values["alternating"]),
            "best_of_10_percent": ("best_of_10", values["best_of_10"]),
            # Instance by instance: both met the same difficulties.
            "build_less_pam_percent": ("pam", values["build"] - values["pam"]),
            "alternating_less_build_percent": ("alternating", values["alternating"] - values["build"]),
            "pam_error_percent": ("pam", lines["pam"]["error_percent"]),
        }
        for measure, (name, sample) in wanted.items():
            sample = sample.dropna()
            if len(sample) == len(known()):
                mean = Measure.mean_of(sample)
                where = f"OR-Library, {len(sample)} instances, {WORDS[name]}"
                if "less" in measure:
                    where = where.replace(WORDS[name], "the difference on each")
                more = {"code_base": str(code_base), "evidence": lines[name].reset_index()[EVIDENCE]}
                found.setdefault(measure, []).append(Measure(mean.value, mean.interval, mean.n, where, **more))
    return found


def _lines(instances: pd.DataFrame, start: str, algorithm: str) -> pd.DataFrame:
    """Keep the lines of one start and algorithm, by dataset."""
    which = (instances["start"] == start) & (instances["algorithm"] == algorithm)
    return instances[which].set_index("dataset")


def titled(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort, starts by themselves first, and add names for readers."""
    places = {name: number for number, name in enumerate((NONE, *ALGORITHMS))}
    starts = {name: number for number, name in enumerate(STARTS)}
    ranked = frame.assign(
        a=frame["implementation"] != OURS, b=frame["start"].map(starts), c=frame["algorithm"].map(places)
    )
    ordered = ranked.sort_values(["a", "implementation", "b", "c"], kind="stable").drop(columns=["a", "b", "c"])
    spelt = with_titles(ordered)
    return spelt.assign(algorithm_title=spelt["algorithm_title"].mask(spelt["algorithm"] == NONE, "start alone"))


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
    instances = by_instance(errors(rows))
    table = by_algorithm(instances)
    scale = f"On the scale, the optimum is 0 and the mean of {SETS} random sets of medoids is 100."
    return {
        "printed": Table(
            _printed_frame(table),
            f"Beside the printed values: means over the instances with their 95 % intervals. {scale} A mean over fewer "
            "than all forty instances decides no claim.",
            (
                Column("quantity", "quantity"),
                Column("implementation", "implementation"),
                Column("printed", "printed", "ratio"),
                Column("measured", "value", "ratio", ("low", "high")),
                Column("instances", "instances", "integer"),
            ),
            "No instance was measured.",
        ),
        "summary": Table(
            titled(table),
            "All starts and algorithms: error over the optimum, (loss - optimum) / optimum, and place on the scale, "
            f"means over the instances (of each, over its seeds) with their 95 % intervals. {scale} No result can be "
            "below the optimum. FastPAM1 stands for PAM: it makes the same swaps.",
            (
                Column("implementation", "implementation"),
                Column("start", "start_title"),
                Column("algorithm", "algorithm_title"),
                Column("instances", "instances", "integer"),
                Column("mean error, %", "error", "ratio", ("error_low", "error_high")),
                Column("worst error, %", "worst", "ratio"),
                Column("on the scale", "percent", "ratio", ("percent_low", "percent_high")),
                Column(f"best of {BEST_OF}", "best", "ratio", ("best_low", "best_high")),
                Column("results", "results", "integer"),
                Column("optimum reached", "optimal", "integer"),
                Column("below the optimum", "below", "integer"),
            ),
            "No instance was measured.",
        ),
        "instances": Table(
            _instances_frame(instances),
            "Every instance: its optimum, the mean loss of random sets, and by how much our results are above the "
            "optimum, in percent (means over the seeds). All starts and algorithms are in the csv file.",
            (
                Column("instance", "dataset"),
                Column("n", "n", "integer"),
                Column("k", "k", "integer"),
                Column("optimum", "optimum", "integer"),
                Column("random sets", "random_loss", "integer"),
                *(Column(heading, name, "ratio") for heading, name in SHOWN.items()),
            ),
            "No instance was measured.",
        ),
    }


SHOWN = {
    "BUILD": f"build_{NONE}",
    "BUILD, PAM": f"build_{PAM}",
    "BUILD, FasterPAM": "build_fasterpam",
    "random, PAM": f"random_{PAM}",
    "random, FasterPAM": "random_fasterpam",
    "k-means++, Alternating": "kmeanspp_alternating",
}


def _printed_frame(table: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for name, (start, algorithm, column, printed) in PRINTED.items():
        value = {"percent": "percent", "best_percent": "best"}[column]
        ends = {"value": value, "low": f"{value}_low", "high": f"{value}_high"}
        for line in table[(table["start"] == start) & (table["algorithm"] == algorithm)].to_dict("records"):
            if pd.notna(line[value]):
                numbers = {new: line[old] for new, old in ends.items()} | {"instances": line["scaled"]}
                lines.append(
                    {"quantity": WORDS[name], "implementation": line["implementation"], "printed": printed} | numbers
                )
    columns = ["quantity", "implementation", "printed", "value", "low", "high", "instances"]
    frame = pd.DataFrame(lines, columns=columns)
    order = {words: number for number, words in enumerate(WORDS.values())}
    rank = frame["quantity"].map(order).astype("float64")
    ranked = frame.assign(rank=rank, other=frame["implementation"] != OURS)
    ordered = ranked.sort_values(["rank", "other", "implementation"], kind="stable")
    return ordered[columns].reset_index(drop=True)


def _instances_frame(instances: pd.DataFrame) -> pd.DataFrame:
    """One line for each instance, one column for each start and algorithm of ours."""
    ours = instances[instances["implementation"] == OURS]
    keys = ["dataset", "n", "k", "optimum", "random_loss"]
    columns = ours["start"] + "_" + ours["algorithm"]
    wide = ours.assign(column=columns).set_index([*keys, "column"])["error_percent"].unstack("column")
    wide = wide.reindex(columns=sorted({*wide.columns, *SHOWN.values()})).astype("float64").reset_index()
    wide["number"] = wide["dataset"].str.extract(r"(\d+)$", expand=False).astype("float64")
    return wide.sort_values("number").drop(columns="number").reset_index(drop=True).rename_axis(columns=None)


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw where every start and algorithm is on the scale, and what was printed.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    instances = by_instance(errors(rows))
    ours = titled(instances[instances["implementation"] == OURS].dropna(subset="percent"))
    if ours.empty:
        return {}
    printed = {
        (start, algorithm): number for start, algorithm, column, number in PRINTED.values() if column == "percent"
    }
    members = [
        Spread(
            start_title(str(start)),
            "" if algorithm == NONE else str(algorithm),
            group["percent"].tolist(),
            printed.get((str(start), str(algorithm))),
        )
        for (start, algorithm), group in ours.groupby(["start", "algorithm"], sort=False)
    ]
    count = ours["dataset"].nunique()
    caption = (
        f"Where results lie between the optimum (0) and random sets of medoids (100), {count} instances of the "
        "OR-Library. One group for each start: the start alone, and what the algorithms make of it. Thin line: all "
        "instances; thick line: the middle half; marker: their mean; black bar: the mean that was printed."
    )
    alt = f"Ranges on the scale from optimum to random for {len(members)} combinations of start and algorithm. "
    return {
        "scale": Figure(
            spreads({"": members}, "on the scale from optimum (0) to random (100)", 0.1),
            caption,
            alt + "The values are in the table of all starts and algorithms.",
        )
    }


def findings(rows: pd.DataFrame) -> list[str]:
    """Say the mean error of each algorithm, what stands beside the printed values, and what lies below an optimum.

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
    table = by_algorithm(by_instance(found))
    beside = _printed_frame(table[table["implementation"] == OURS])
    said = [
        f"On the scale from optimum (0) to random (100), {line['quantity']}: {line['value']:.3g} "
        f"({line['printed']:g} printed; {line['instances']} instances)."
        for line in beside.to_dict("records")
    ]
    said += _best_by_k(by_instance(found))
    ours = titled(table[table["implementation"] == OURS])
    for algorithm, group in ours[ours["algorithm"] != NONE].groupby("algorithm", sort=False):
        means = ", ".join(f"{line['start_title']} {line['error']:.2f} %" for line in group.to_dict("records"))
        said.append(
            f"{algorithm_title(str(algorithm))} ended above the optimum by, on average over {group['instances'].max()} "
            f"instances, from {means}; at worst by {group['worst'].max():.2f} %. It reached the optimum in "
            f"{group['optimal'].sum():,} of {group['results'].sum():,} results."
        )
    below = int((found["error"] < -1e-9).sum())
    verdict = "None" if not below else f"{below}"
    return [*said, f"{verdict} of the {len(found):,} results of all implementations lies below a known optimum."]


def _best_by_k(instances: pd.DataFrame) -> list[str]:
    """Say where the best of several runs of Alternating is better than one: where there are few medoids."""
    start, algorithm, column, _ = PRINTED["best_of_10"]
    best = _lines(instances[instances["implementation"] == OURS], start, algorithm).dropna(subset=column)
    few = best["k"] == best["k"].min()
    if few.all():
        return []
    return [
        f"The best of {BEST_OF} runs of Alternating lies at {best.loc[few, column].mean():.3g} on the "
        f"{few.sum()} instances with {k_range(best.loc[few, 'k'])}, at {best.loc[~few, column].mean():.3g} on the "
        f"{(~few).sum()} others; one run at {best.loc[few, 'percent'].mean():.3g} and "
        f"{best.loc[~few, 'percent'].mean():.3g}."
    ]
