"""What CLARA, CLARANS and their faster variants gain: measures of their times, losses and growth."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.intervals import SEED, VALUES_NEEDED, Interval, mean_replicates, of_replicates
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import SUBJECT, contests, slopes, times_longer
from kmedoids_bench.experiments.analysis.speedups import Cell, cells
from kmedoids_bench.experiments.analysis.where_measured import place, span
from kmedoids_bench.experiments.rows.keys import PROBLEM

SMALL, LARGE = "sample_size=40+2k", "sample_size=80+4k"
# As the papers have them: CLARA with small samples, the faster ones with large; CLARANS has none.
USUAL = {"clara": SMALL, "fastclara": LARGE, "fasterclara": LARGE}
CLARANS = ("clarans", "fastclarans", "fasterclarans")
POINTS = "points"
TIE = 1e-9  # losses that differ by less, relatively, are the same
LEAST_MEDOIDS = {"fastclara_time": 20, "fastclarans_time": 10}

WHO = ["implementation", "algorithm", "setting"]
LINE = ("dataset", "metric", "dtype", "start", "k", "implementation", "algorithm", "setting")  # over n


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Decide what the papers claim of sampling.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
    """
    found = losses(rows)
    measured = cells(on_matrix(rows))
    large = {name: {"algorithm": name, "setting": LARGE} for name in USUAL}
    small = {"algorithm": "clara", "setting": SMALL}
    clarans, fastclarans = ({"algorithm": name, "setting": ""} for name in ("clarans", "fastclarans"))
    many = {name: [cell for cell in measured if cell.problem["k"] >= k] for name, k in LEAST_MEDOIDS.items()}
    return {
        "fastclara_slope": slopes(contests(measured, large["clara"], large["fastclara"]), "k", SUBJECT, least=2),
        "fastclara_loss": loss_ratios(found, large["fastclara"], large["clara"]),
        "larger_samples_better": [
            one
            for name in USUAL
            for one in shares(found, large[name], {"algorithm": name, "setting": SMALL}, strictly=True)
        ],
        "fastclara_time": times_longer(contests(many["fastclara_time"], large["fastclara"], small)),
        "edges_per_second_over_k": times_longer(contests(per_evaluation(rows), clarans, fastclarans)),
        "fastclarans_better": shares(found, fastclarans, clarans, strictly=False),
        "fastclarans_time": times_longer(contests(many["fastclarans_time"], fastclarans, clarans)),
        "fasterclara_n_slope": growth(rows, ("fasterclara",)),
        "clarans_n_slope": growth(rows, ("clarans", "fastclarans")),
        "loss_over_fasterpam": [one for name in (*USUAL, *CLARANS) for one in over_fasterpam(found, name)],
    }


def on_matrix(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of who was given a matrix."""
    return rows[rows["order"] != POINTS]


def per_evaluation(rows: pd.DataFrame) -> list[Cell]:
    """Split rows into cells, with the time per candidate in place of the time.

    CLARANS counts swaps, a candidate for one slot each; FastCLARANS counts candidates, each for all k slots. So their
    ratio is that of the swaps evaluated per second, FastCLARANS over CLARANS, over k.
    """
    counted = on_matrix(rows)
    counted = counted[counted["algorithm"].isin(CLARANS) & (counted["n_evaluations"] > 0).fillna(False)]
    return cells(counted.assign(seconds=counted["seconds"] / counted["n_evaluations"].astype("float64")))


def growth(rows: pd.DataFrame, names: Sequence[str]) -> list[Measure]:
    """Slope of time over n from points, one for each algorithm, k and dataset that was measured in several sizes."""
    measured = cells(rows[rows["order"] == POINTS])
    lines = []
    for name in names:
        times = list(contests(measured, {"algorithm": name, "setting": ""}))
        times += contests(measured, {"algorithm": name, "setting": LARGE})
        for one in slopes(times, "n", LINE):
            said = f"{algorithms()[name].title}, {one.where}"
            lines.append(Measure(one.value, one.interval, one.n, said, one.code_base, one.evidence))
    return lines


def losses(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one result of each implementation, algorithm, setting and block.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        As `results`: sampling as it starts itself, FasterPAM from the start medoids of the cell.
    """
    found = results(on_matrix(rows))
    sampled = found["algorithm"].isin([*USUAL, *CLARANS])
    given = ~sampled & (found["own_start"].fillna("") == "")
    found = found[sampled | given].assign(setting=found["setting"].fillna(""))
    return found.sort_values(["block", "contender"]).drop_duplicates(["block", *WHO]).reset_index(drop=True)


def loss_ratios(found: pd.DataFrame, who: Mapping, against: Mapping) -> list[Measure]:
    """Mean ratio of losses in the same blocks, for each `SUBJECT`."""
    upper, lower = (_chosen(found, wanted) for wanted in (who, against))
    keys = [*PROBLEM, "seed", "block", "implementation"]
    both = upper[[*keys, "contender", "loss"]].merge(
        lower.loc[lower["loss"] > 0, ["block", "implementation", "contender", "loss"]],
        on=["block", "implementation"],
        suffixes=("", "_against"),
    )
    both["ratio"] = both["loss"] / both["loss_against"]
    return [
        Measure.of_sample(group["ratio"].tolist(), _where(group), code_base=str(key[-1]), evidence=group)
        for key, group in both.groupby(list(SUBJECT))
    ]


def over_fasterpam(found: pd.DataFrame, name: str) -> list[Measure]:
    """Mean loss of a sampling algorithm over FasterPAM's, with samples as large as the paper says."""
    settings = (USUAL.get(name, ""), "") if name in USUAL else ("",)
    title = algorithms()[name].title
    lines = []
    for setting in settings:
        for one in loss_ratios(
            found, {"algorithm": name, "setting": setting}, {"algorithm": "fasterpam", "setting": ""}
        ):
            said = f"{title}, {one.where}"
            lines.append(Measure(one.value, one.interval, one.n, said, one.code_base, one.evidence))
    return lines


def shares(found: pd.DataFrame, who: Mapping, against: Mapping, strictly: bool) -> list[Measure]:
    """Share of the problems in which the mean loss over the seeds is lower than the other's, one for each code base.

    Parameters
    ----------
    found : DataFrame
        As `losses` returns it.
    who, against : mapping
        Fields of the two and their values.
    strictly : bool
        False: as low counts as well.

    Returns
    -------
    list of Measure
        The interval says what other seeds would have given on the same problems.
    """
    upper, lower = (
        _chosen(found, wanted).groupby([*PROBLEM, "implementation"], dropna=False)["loss"].agg(list)
        for wanted in (who, against)
    )
    both = pd.concat([upper.rename("losses"), lower.rename("against")], axis=1, join="inner").reset_index()
    lines = []
    for implementation, group in both.groupby("implementation"):
        pairs = [(np.array(one), np.array(other)) for one, other in zip(group["losses"], group["against"], strict=True)]
        value, interval = share_of_lower(pairs, strictly)
        places = sorted(
            {place({name: line[name] for name in PROBLEM if name != "k"}) for line in group.to_dict("records")}
        )
        said = f"{algorithms()[who['algorithm']].title}, {'; '.join(places)}; k = {span(group['k'])}"
        evidence = group.assign(mean=group["losses"].map(np.mean), mean_against=group["against"].map(np.mean))
        evidence = evidence.drop(columns=["losses", "against"])
        lines.append(Measure(value, interval, len(pairs), said, str(implementation), evidence))
    return lines


def share_of_lower(pairs: Sequence[tuple[np.ndarray, np.ndarray]], strictly: bool) -> tuple[float, Interval]:
    """Share of pairs of samples in which the first has the lower mean, with its interval by resampling the samples."""

    def lower(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return first < second * (1 - TIE) if strictly else first <= second * (1 + TIE)

    value = float(np.mean([lower(first.mean(), second.mean()) for first, second in pairs]))
    fewest = min(min(len(first), len(second)) for first, second in pairs)
    if fewest < VALUES_NEEDED:
        return value, Interval.none(fewest, VALUES_NEEDED, "seeds")
    rng = np.random.default_rng(SEED)
    drawn = [lower(mean_replicates(first, rng), mean_replicates(second, rng)) for first, second in pairs]
    return value, of_replicates(np.mean(drawn, axis=0)).with_estimate(value)


def _chosen(found: pd.DataFrame, wanted: Mapping) -> pd.DataFrame:
    return found[np.logical_and.reduce([found[name] == value for name, value in wanted.items()])]


def _where(group: pd.DataFrame) -> str:
    first = group.iloc[0]
    return f"{place({name: first[name] for name in PROBLEM if name != 'k'})}, k = {span(group['k'])}"


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
