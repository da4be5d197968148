"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

import pandas as pd

from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.paired_times import Contest, contests
from kmedoids_bench.experiments.analysis.speedups import cells, mark_faster_order
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.plots import Curve, panels_over_k, seconds_axis, seconds_over_n
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.rows.keys import OURS, PROBLEM
from kmedoids_bench.experiments.studies.sampling.analysis import (
    CLARANS,
    LARGE,
    POINTS,
    SMALL,
    USUAL,
    measures,
    on_matrix,
)

SIZES = {"": "", SMALL: "40 + 2k", LARGE: "80 + 4k"}
WORDS = {
    "fastclara_slope": "Time of CLARA over that of FastCLARA, equal samples of 80 + 4k, grows with this power of k",
    "fastclara_loss": "Loss of FastCLARA over that of CLARA, equal samples",
    "larger_samples_better": "Share of the problems in which samples of 80 + 4k give a lower mean loss than 40 + 2k",
    "fastclara_time": "Time of FastCLARA with samples of 80 + 4k over that of CLARA with 40 + 2k, k = 20 and more",
    "edges_per_second_over_k": "Swaps evaluated per second, FastCLARANS over CLARANS, over k",
    "fastclarans_better": "Share of the problems in which FastCLARANS has a mean loss as low as CLARANS",
    "fastclarans_time": "Time of FastCLARANS over that of CLARANS, k = 10 and more",
    "fasterclara_n_slope": "From points, the time of FasterCLARA grows with this power of n",
    "clarans_n_slope": "From points, the time of the CLARANS family grows with this power of n",
    "loss_over_fasterpam": "Mean loss of sampling over that of FasterPAM from random starts",
}
# What is compared: words, an algorithm with its setting, and another.
RATIOS = (
    ("CLARA / FastCLARA, 80 + 4k", ("clara", LARGE), ("fastclara", LARGE)),
    ("CLARA / FasterCLARA, 80 + 4k", ("clara", LARGE), ("fasterclara", LARGE)),
    ("CLARA 40 + 2k / FastCLARA 80 + 4k", ("clara", SMALL), ("fastclara", LARGE)),
    ("CLARA 40 + 2k / FasterCLARA 80 + 4k", ("clara", SMALL), ("fasterclara", LARGE)),
    ("CLARANS / FastCLARANS", ("clarans", ""), ("fastclarans", "")),
    ("CLARANS / FasterCLARANS", ("clarans", ""), ("fasterclarans", "")),
)


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Join time and loss of everybody: of sampling in whole calls, of FasterPAM's swaps from random start medoids.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `times` of the faster memory order with ``excess_percent`` over the best loss known, and ``sample``.
    """
    found = mark_faster_order(times(rows))
    sampled = found["algorithm"].isin([*USUAL, *CLARANS])
    given = (found["own_start"].fillna("") == "") & (found["phase"] == "swap")
    points = found["order"] == POINTS
    found = found[(sampled | given) & (found["faster_order"].astype(bool) | points)]
    excess = excess_over_best(rows)[[*PROBLEM, "contender", "excess"]]
    found = found.merge(excess, on=[*PROBLEM, "contender"], how="left")
    return found.assign(
        excess_percent=100 * found["excess"], sample=found["setting"].map(SIZES).fillna(found["setting"])
    )


def ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """Pair the times of what the papers compare, problem by problem."""
    measured = cells(on_matrix(rows))
    found = [
        (what, one)
        for what, *both in RATIOS
        for one in contests(measured, *({"algorithm": name, "setting": setting} for name, setting in both))
    ]
    columns = [*PROBLEM, "implementation", "order", "what", "times", "low", "high", "n_pairs"]
    lines = pd.DataFrame([_line(what, one) for what, one in found], columns=columns)
    return lines.astype(dict.fromkeys(("times", "low", "high"), "float64"))


def _line(what: str, one: Contest) -> dict:
    found = one.pairs.ratio
    return {name: one.line[name] for name in (*PROBLEM, "implementation", "order")} | {
        "what": what,
        "times": found.estimate,
        "low": found.low,
        "high": found.high,
        "n_pairs": found.n_pairs,
    }


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
    where = (Column("data", "dataset"), Column("n", "n", "integer"), Column("k", "k", "integer"))
    return {
        "answers": numbers_table(
            measures(rows),
            WORDS,
            "What decides the papers' claims about sampling, with 95 % intervals. A power is the slope of the "
            "logarithms; the interval of a share says what other seeds would have given.",
        ),
        "ratios": Table(
            in_reading_order(ratios(rows)),
            "How many times as long the first takes as the second, with its 95 % interval, from the matrix.",
            (
                *where,
                Column("what", "what"),
                Column("implementation", "implementation"),
                Column("times", "times", "ratio", ("low", "high")),
                Column("pairs", "n_pairs", "integer"),
            ),
            "Nothing was measured.",
        ),
        "all": Table(
            in_reading_order(compared(rows)),
            "Time of a call and loss above the best that anybody reached for this k. Sampling starts by itself, "
            "FasterPAM from random start medoids. Counters are means over the seeds.",
            (
                *where,
                Column("algorithm", "algorithm_title"),
                Column("samples of", "sample"),
                Column("implementation", "implementation"),
                Column("given as", "order"),
                Column("time (ms)", "seconds", "milliseconds", instead="note"),
                Column("loss above best, %", "excess_percent", "ratio"),
                Column("candidates evaluated", "n_evaluations", "integer"),
                Column("dissimilarities taken", "n_lookups", "integer"),
                Column("seeds", "blocks", "integer"),
                Column("runs", "runs", "integer"),
            ),
            "Nothing was measured.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw time over k on the matrix, and over n from points.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    found = in_reading_order(compared(rows)).dropna(subset="seconds")
    ours = found[found["implementation"] == OURS]
    families = {"CLARA": [*USUAL, "fasterpam"], "CLARANS": [*CLARANS, "fasterpam"]}
    drawn = {}
    matrix = on_matrix(ours)
    for (dataset, n), group in matrix.groupby(["dataset", "n"]):
        if group["k"].nunique() > 1:
            panels = {name: _curves(group[group["algorithm"].isin(some)], "k") for name, some in families.items()}
            drawn[f"time_over_k_{dataset}_{n}"] = Figure(
                panels_over_k({name: some for name, some in panels.items() if some}, "time of a call", seconds_axis),
                f"Time over k on {dataset} (n = {n:,}), from the matrix, beside FasterPAM's swaps on all objects. "
                "Dashed and hollow: samples of 40 + 2k.",
                f"Curves of time over k for the CLARA and CLARANS families on {dataset}. The values are in the table.",
            )
    for (dataset, k), group in ours[ours["order"] == POINTS].groupby(["dataset", "k"]):
        if group["n"].nunique() > 1:
            panels = {name: _curves(group[group["algorithm"].isin(some)], "n") for name, some in families.items()}
            drawn[f"time_over_n_{dataset}_{k}"] = Figure(
                panels_over_k({name: some for name, some in panels.items() if some}, "time of a call", seconds_over_n),
                f"Time over the number of objects from points of {dataset}, k = {k}, without a matrix. The dashed line "
                "grows with n².",
                f"Curves of time over n for the CLARA and CLARANS families on {dataset}. The values are in the table.",
            )
    return drawn


def _curves(group: pd.DataFrame, over: str) -> list[Curve]:
    curves = []
    for (algorithm, setting), some in group.groupby(["algorithm", "setting"]):
        # Large samples are what the papers recommend: drawn as ours are, small ones as somebody else's.
        named = OURS if setting != SMALL else f"{OURS}, samples of {SIZES[SMALL]}"
        ordered = some.sort_values(over)
        curves.append(Curve(str(algorithm), named, ordered[over].tolist(), ordered["seconds"].tolist()))
    return curves


def findings(rows: pd.DataFrame) -> list[str]:
    """Say what decides the claims, and who is best.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    found = compared(rows)
    found = found[(found["implementation"] == OURS) & (found["order"] != POINTS)].dropna(subset="excess")
    said = sentences(measures(rows), WORDS)
    if len(found):
        mean = found.groupby(["algorithm", "sample"])["excess_percent"].mean().sort_values()
        listed = ", ".join(
            f"{algorithm_title(line['algorithm'])} {line['sample']}".rstrip() + f" {line['excess_percent']:.2f} %"
            for line in mean.reset_index().to_dict("records")
        )
        said.append(f"Mean loss above the best known: {listed}.")
    return said
