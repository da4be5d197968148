"""What a start is worth: its loss, the loss that swaps reach from it, and the time of both."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.intervals import REPLICATES, SEED, VALUES_NEEDED, Interval, of_replicates
from kmedoids_bench.experiments.analysis.losses import alone, from_given_start
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Ratio, pair_up, wide_seconds
from kmedoids_bench.experiments.rows.keys import OURS, PLACE

SWAPS = "fasterpam"
# A start that does the same work in every block: what it takes there tells how fast the machine was just then.
YARDSTICK = "park_jun"
CODE_BASE = ["implementation", "order"]
Samples = Mapping[str, np.ndarray]


def start_losses(rows: pd.DataFrame) -> pd.DataFrame:
    """Losses of our starts alone.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``seed``, ``block``, ``loss``.
    """
    found = alone(rows[rows["implementation"] == OURS])
    return found[[*PLACE, "start", "seed", "block", "loss"]]


def final_losses(rows: pd.DataFrame) -> pd.DataFrame:
    """Losses of our FasterPAM from the start medoids of each block.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``seed``, ``block``, ``loss``, ``n_swaps``, ``n_passes``.
    """
    found = from_given_start(rows[(rows["implementation"] == OURS) & (rows["algorithm"] == SWAPS)])
    return found[[*PLACE, "start", "seed", "block", "loss", "n_swaps", "n_passes"]]


def start_and_swap(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the time of the start beside that of the swaps from it: two calls in the same block and round.

    A block bears the medoids of one start. The start's own call takes part in it as a contender, with the same seed,
    so its time and that of the swaps from its medoids belong together.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        One line for each block, code base and memory order: `PLACE`, ``start``, ``seed``, ``block``, `CODE_BASE`,
        medians over ``rounds`` of ``start_seconds``, ``swap_seconds``, ``total_seconds``, ``share`` (of the start in
        the total), and ``total_units`` (total over the time of `YARDSTICK` in the same round; missing without it).
    """
    timed = rows[(rows["status"] == "ok") & (rows["seconds"] > 0) & (rows["setting"].fillna("") == "")]
    moment = ["block", "run", "round"]
    own = timed[(timed["phase"] == "start") & (timed["algorithm"] == timed["start"])]
    swap = timed[(timed["phase"] == "swap") & (timed["algorithm"] == SWAPS)]
    yard = timed[(timed["phase"] == "start") & (timed["algorithm"] == YARDSTICK)]
    yard = yard.loc[yard["implementation"] == OURS, [*moment, "seconds"]]
    both = own[[*PLACE, "start", "seed", *moment, *CODE_BASE, "seconds"]].merge(
        swap[[*moment, *CODE_BASE, "seconds"]], on=[*moment, *CODE_BASE], suffixes=("_start", "_swap")
    )
    both = both.merge(yard.rename(columns={"seconds": "yard"}), on=moment, how="left")
    total = both["seconds_start"] + both["seconds_swap"]
    both = both.assign(total=total, share=both["seconds_start"] / total, units=total / both["yard"])
    keys = [*PLACE, "start", "seed", "block", *CODE_BASE]
    return (
        both.groupby(keys, dropna=False)
        .agg(
            rounds=("round", "size"),
            start_seconds=("seconds_start", "median"),
            swap_seconds=("seconds_swap", "median"),
            total_seconds=("total", "median"),
            share=("share", "median"),
            total_units=("units", "median"),
        )
        .reset_index()
    )


def faster_order(times: pd.DataFrame) -> pd.DataFrame:
    """Keep each code base in the memory order in which start and swaps together are faster."""
    keys = [*PLACE, "start", "implementation"]
    means = times.groupby([*keys, "order"])["total_seconds"].mean().reset_index()
    best = means.sort_values([*keys, "total_seconds", "order"]).drop_duplicates(keys)
    return times.merge(best[[*keys, "order"]], on=[*keys, "order"])


def build_over_swap(rows: pd.DataFrame) -> list[tuple[dict, Ratio, pd.DataFrame]]:
    """Time of BUILD over that of FasterPAM's swaps from it, in every code base that has both.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of (dict, Ratio, DataFrame)
        `PLACE`, `CODE_BASE`; the ratio of paired runs; the medians behind it.
    """
    from_build = rows[rows["start"] == "build"]
    times = faster_order(start_and_swap(from_build))
    found = []
    for key, group in times.groupby([*PLACE, *CODE_BASE]):
        line = dict(zip([*PLACE, *CODE_BASE], key, strict=True))
        here = from_build[from_build["block"].isin(group["block"])]
        seconds = wide_seconds(here)
        names = [f"{line['implementation']}/{algorithm}/{line['order']}" for algorithm in (SWAPS, "build")]
        if (pairs := pair_up(seconds, *names)) is not None:
            found.append((line, pairs.ratio, group))
    return found


def of_means(
    samples: Mapping[str, np.ndarray], statistic: Callable[[np.ndarray], np.ndarray], where: str, **more
) -> Measure:
    """Compute a statistic of the means of several starts, each over its seeds.

    Parameters
    ----------
    samples : mapping of str to ndarray
        Start to its values; of a start that takes no seed the one.
    statistic : callable
        Of an array with one line for each start, in their order, e.g. the first over the second.
    where : str

    Returns
    -------
    Measure
        With the interval of the bootstrap over the seeds of every start; none if a start that takes a seed has fewer
        than three. ``n`` counts seeds: of the start that has fewest.
    """
    rng = np.random.default_rng(SEED)
    known = algorithms()
    seeded = [len(values) for start, values in samples.items() if known[start].seeded]
    means = np.array([np.mean(values) for values in samples.values()])
    value = float(statistic(means[:, None])[0])
    if not seeded:
        return Measure.exact(value, 1, where, **more)
    if min(seeded) < VALUES_NEEDED:
        return Measure(value, Interval.none(min(seeded), VALUES_NEEDED, "seeds"), min(seeded), where, **more)
    replicates = np.empty((len(samples), REPLICATES))
    for line, (start, values) in enumerate(samples.items()):
        count = len(values) if known[start].seeded else 1
        drawn = rng.choice(values, size=(count, REPLICATES)).mean(axis=0)
        # A resample varies less than a new sample would, by this.
        replicates[line] = means[line] + (drawn - means[line]) * np.sqrt(count / max(1, count - 1))
    # A largest of several means is larger in most resamples: the value itself is always possible.
    interval = of_replicates(statistic(replicates)).with_estimate(value)
    return Measure(value, interval, min(seeded), where, **more)


def by_place(frame: pd.DataFrame, value: str) -> Iterator[tuple[dict, Samples, pd.DataFrame]]:
    """Yield every dataset and k with the values of each start, one for each seed, and the lines they are from."""
    for key, group in frame.groupby(PLACE):
        samples = {str(start): members[value].to_numpy(float) for start, members in group.groupby("start")}
        yield dict(zip(PLACE, key, strict=True)), samples, group


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Put what is known of each of our starts on one line.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``seeds``; mean losses above the best final loss of any start, in percent: ``start_excess``
        and ``final_excess``, each with ``_low`` and ``_high``; means of ``n_swaps`` and ``n_passes``; and the times of
        `start_and_swap`, means over seeds. What was not measured is missing.
    """
    final = final_losses(rows)
    best = final.groupby(PLACE)["loss"].min().rename("best").reset_index()
    lines: dict[tuple, dict] = {}
    for name, losses in (("start", start_losses(rows)), ("final", final)):
        excess = losses.merge(best[best["best"] > 0], on=PLACE)
        excess["excess"] = 100 * (excess["loss"] / excess["best"] - 1)
        for where, samples, _ in by_place(excess, "excess"):
            for start, values in samples.items():
                measure = of_means({start: values}, lambda means: means[0], "")
                line = lines.setdefault((*where.values(), start), where | {"start": start})
                line |= {f"{name}_excess": measure.value, f"{name}_seeds": len(values)}
                line |= {f"{name}_excess_low": measure.low, f"{name}_excess_high": measure.high}
    numbers = [f"{name}_excess{end}" for name in ("start", "final") for end in ("", "_low", "_high")]
    seeds = ["start_seeds", "final_seeds"]
    table = pd.DataFrame(list(lines.values()), columns=[*PLACE, "start", *numbers, *seeds])
    table = table.astype(dict.fromkeys([*numbers, *seeds], "float64"))
    table["seeds"] = table[seeds].max(axis=1)
    counters = final.astype({"n_swaps": "float64", "n_passes": "float64"})
    counters = counters.groupby([*PLACE, "start"])[["n_swaps", "n_passes"]].mean().reset_index()
    times = shares(rows)
    times = times[times["implementation"] == OURS].drop(columns=["implementation", "order"])
    for more in (counters, times):
        table = table.merge(more, on=[*PLACE, "start"], how="left")
    return table


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Average the times of start and swaps over seeds, and the start's share, each code base in its faster order.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `PLACE`, ``start``, ``implementation``, ``order``, ``start_seconds``, ``swap_seconds``, ``total_seconds``,
        ``share_percent``, ``rounds`` (timed, of all seeds).
    """
    times = faster_order(start_and_swap(rows))
    keys = [*PLACE, "start", "implementation", "order"]
    found = times.groupby(keys).agg(
        start_seconds=("start_seconds", "mean"),
        swap_seconds=("swap_seconds", "mean"),
        total_seconds=("total_seconds", "mean"),
        share_percent=("share", lambda share: 100 * share.mean()),
        rounds=("rounds", "sum"),
    )
    return found.astype({"share_percent": "float64"}).reset_index()


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
