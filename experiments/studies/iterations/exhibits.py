"""How many swaps and passes it takes: over k, by start and algorithm. Counters, no clock."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import k_range, place
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.plots import Curve, count_axis, panels_over_k
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS, PLACE
from kmedoids_bench.experiments.studies.iterations.analysis import COUNTS, counted, runs, side_by_side, tolerances

VARIANTS = {"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5}, {})}
LEAST_K = 10  # the claims speak of k from here on
LARGE_K = 100  # ... and some of this one
EVIDENCE = ["block", "dataset", "start", "k", "seed", "algorithm", "setting", *COUNTS, "loss"]


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    found: dict[str, list[Measure]] = {}
    for name, measure in (*_of_steepest_descent(rows), *_of_others(rows), *_of_tolerances(rows)):
        found.setdefault(name, []).append(measure)
    return found


def _of_steepest_descent(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Count iterations of FastPAM1 from random starts, and from BUILD."""
    found = runs(rows)
    steepest = found[(found["algorithm"] == "fastpam1") & (found["k"] >= LEAST_K)]
    for key, group in steepest.groupby(PLACE):
        here = dict(zip(PLACE, key, strict=True))
        random = group[group["start"] == "random"]
        built = group[group["start"] == "build"]
        if random.empty:
            continue
        passes = random["n_passes"].to_numpy(float)
        lines = random[EVIDENCE]
        yield ("random_over_k", Measure.of_sample(passes / here["k"], place(here, "start random"), evidence=lines))
        if len(built):
            mean = Measure.mean_of(passes)
            # BUILD has one result: its passes over the mean, and over the ends of the interval the other way round.
            few = float(built["n_passes"].iloc[0])
            interval = mean.interval.mapped(lambda end, few=few: few / end)
            where = place(here, "BUILD over random")
            yield ("build_over_random", Measure(few / mean.value, interval, mean.n, where, evidence=group[EVIDENCE]))


def _of_others(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Compare FastPAM2 and FasterPAM with FastPAM1."""
    found = runs(rows)
    eager = found[found["algorithm"] == "fasterpam"]
    for key, group in eager.groupby([*FACET, "start"]):
        where = place(dict(zip(FACET, key, strict=False)), f"start {start_title(str(key[-1]))}", k_range(group["k"]))
        yield (
            "fasterpam_passes",
            Measure.of_sample(group["n_passes"].to_numpy(float), where, evidence=group[EVIDENCE]),
        )
    for name, algorithm, counter in (
        ("fastpam2_over_fastpam1", "fastpam2", "n_passes"),
        ("fasterpam_over_fastpam1_swaps", "fasterpam", "n_swaps"),
    ):
        wide = side_by_side(found[(found["k"] == LARGE_K) & (found["start"] == "random")], counter)
        if not {algorithm, "fastpam1"} <= set(wide):
            continue
        wide = wide.dropna(subset=[algorithm, "fastpam1"])
        for key, group in wide[wide["fastpam1"] > 0].groupby(PLACE):
            where = place(dict(zip(PLACE, key, strict=True)), "start random")
            yield (
                name,
                Measure.of_sample((group[algorithm] / group["fastpam1"]).to_numpy(float), where, evidence=group),
            )


def _of_tolerances(rows: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    compared = tolerances(rows)
    for key, group in compared.groupby([*FACET, "start", "tolerance"]):
        said = (f"start {start_title(str(key[-2]))}", k_range(group["k"]), f"tolerance {key[-1]:g}")
        where = place(dict(zip(FACET, key, strict=False)), *said)
        for name, column in (("tolerance_loss_change", "loss_change"), ("tolerance_iterations", "iterations")):
            yield name, Measure.of_sample(group[column].to_numpy(float), where, evidence=group)


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
    where = (
        Column("data", "dataset"),
        Column("n", "n", "integer"),
        Column("start", "start_title"),
        Column("k", "k", "integer"),
    )
    compared = tolerances(rows)
    compared = compared.groupby([*PLACE, "start", "tolerance"], as_index=False).agg(
        loss_change=("loss_change", "mean"), iterations=("iterations", "mean"), starts=("block", "size")
    )
    return {
        "counts": Table(
            in_reading_order(counted(rows)),
            "Swaps and passes of this project's algorithms, means over the starts with their 95 % intervals. A pass "
            "is one round over the candidates, the last one, which finds nothing, included; for FastPAM1 (and PAM) it "
            "is an iteration. Candidates evaluated in multiples of n.",
            (
                *where,
                Column("algorithm", "algorithm_title"),
                Column("swaps", "n_swaps", "ratio", ("n_swaps_low", "n_swaps_high")),
                Column("passes", "n_passes", "ratio", ("n_passes_low", "n_passes_high")),
                Column("passes / k", "per_k", "ratio"),
                Column("candidates / n", "per_n", "ratio"),
                Column("starts", "starts", "integer"),
            ),
            "Nothing was counted.",
        ),
        "tolerance": Table(
            in_reading_order(compared.assign(loss_percent=100 * compared["loss_change"])),
            "FastPAM2 by tolerance: mean loss over that with tolerance 0, less 1, and mean number of passes over those "
            "with the next lower tolerance.",
            (
                *where,
                Column("tolerance", "tolerance", "ratio"),
                Column("loss, % above tolerance 0", "loss_percent", "ratio"),
                Column("passes / those before", "iterations", "ratio"),
                Column("starts", "starts", "integer"),
            ),
            "FastPAM2 was not run with several tolerances.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw swaps and passes over k, one figure for each dataset and counter, one panel for each start.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    frame = in_reading_order(counted(rows))
    drawn = {}
    several = frame.drop_duplicates(FACET)["dataset"].duplicated(keep=False).any()
    for key, group in frame.groupby(FACET):
        facet = dict(zip(FACET, key, strict=True))
        name = "_".join(str(facet[part]) for part in FACET) if several else facet["dataset"]
        for counter, word in (("n_swaps", "swaps"), ("n_passes", "passes")):
            panels = {
                start_title(str(start)): [
                    Curve(
                        str(algorithm),
                        OURS,
                        curve["k"].tolist(),
                        curve[counter].tolist(),
                        curve[f"{counter}_low"].tolist(),
                        curve[f"{counter}_high"].tolist(),
                    )
                    for algorithm, curve in here.groupby("algorithm", sort=False)
                ]
                for start, here in group.groupby("start")
            }
            drawn[f"{word}_{name}"] = Figure(
                panels_over_k(panels, f"number of {word}", count_axis),
                f"Number of {word} over k on {place(facet)}, means over the starts with 95 % intervals. The dotted "
                "line is k.",
                f"Curves of the number of {word} over k on {place(facet)}, one panel for each start: "
                f"{', '.join(panels)}. The values are in the table of counters.",
            )
    return drawn


def findings(rows: pd.DataFrame) -> list[str]:
    """Say how the counters grow with k, and what the start changes.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    frame = counted(rows)
    said = []
    for key, group in frame.groupby([*FACET, "start"]):
        largest = group[group["k"] == group["k"].max()]
        listed = ", ".join(
            f"{algorithm_title(line['algorithm'])} {line['n_swaps']:,.4g} swaps in {line['n_passes']:,.3g} passes"
            for line in largest.to_dict("records")
        )
        where = place(dict(zip(FACET, key, strict=False)) | {"k": largest["k"].iloc[0]})
        said.append(f"On {where}, from a {start_title(str(key[-1]))} start: {listed}.")
    compared = tolerances(rows)
    for tolerance, group in compared.groupby("tolerance"):
        said.append(
            f"FastPAM2 with tolerance {tolerance:g} ended {100 * group['loss_change'].mean():+.2g} % from the loss "
            f"with tolerance 0, in {group['iterations'].mean():.2f} times the passes of the next lower tolerance "
            f"(means over {len(group)} starts)."
        )
    return said
