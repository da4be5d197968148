"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from kmedoids_bench.experiments.analysis.frames import values_of
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.plots import THIN, legend_below, row_of_panels, seconds_axis, silhouette_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order, with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_look
from kmedoids_bench.experiments.rows.keys import FACET, LINE, OURS, PROBLEM
from kmedoids_bench.experiments.studies.agreement.analysis import GRADES
from kmedoids_bench.experiments.studies.which_k import STUDY
from kmedoids_bench.experiments.studies.which_k.analysis import (
    CHOOSE_K,
    EAGER,
    ELBOW,
    FAST,
    LOSS,
    SILHOUETTE,
    WhichKResult,
)

CONTENDER = (*c.PROBLEM, c.IMPLEMENTATION, c.ALGORITHM)
MEAN = c.ratio("medoid silhouette", "silhouette", "silhouette_")
FEW = 5  # datasets that a sentence names
FOUND = ("dynmsc_over_fasterpam", "dynmsc_over_fastermsc", "dynmsc_gain", "fastmsc_at_100", "fastermsc_gain")


def tables(result: WhichKResult) -> dict[str, Table]:
    """Make the tables: silhouettes and times, speed-ups, agreement, and the choices of k."""
    return {
        "reached": Table.of(
            in_reading_order(result.reached),
            (*CONTENDER, c.MILLISECONDS, MEAN),
            c.ratios(below="below the best", excess_percent="loss above the lowest, %"),
            (*c.integers("starts"), *c.texts(note="remark")),
        ),
        "speedups": Table.of(
            in_reading_order(result.speedups),
            (*CONTENDER, c.ORDER, c.ratio("speed-up over PAMMEDSIL", instead="note"), *c.ratios(over_k2="over k²")),
            (c.PAIRS, c.SERIES),
        ),
        "counted": Table.of(
            in_reading_order(result.counted),
            (*c.PROBLEM, *c.milliseconds(seconds="timed (ms)", counted_seconds="derived (ms)")),
            (c.ratio("derived / timed"), c.PAIRS, c.SERIES),
        ),
        "agreement": Table.of(
            with_titles(result.agreement),
            c.texts("first", "second", result_title="promised result"),
            (*c.integers("compared", *GRADES), *c.scientific(worst="largest difference")),
        ),
        "choice": Table.of(
            in_reading_order(result.choices.assign(way=ways(result.choices))),
            (c.DATA, c.N, c.START, c.IMPLEMENTATION, *c.texts("way"), *c.integers(largest_k="largest k")),
            (*c.texts(chosen="k chosen"), *c.integers(known="known number"), *c.texts(known_of="number of")),
            (*c.integers("right", "starts"), MEAN, *c.milliseconds(seconds="time (ms)")),
        ),
        "numbers": numbers_table(result.measures, STUDY.words.of_quantities),
    }


def ways(lines: pd.DataFrame) -> pd.Series:
    """Name the way of each line to choose k: "DynMSC", "FasterPAM for every k, elbow"."""
    named = [
        title_of(algorithm) if algorithm in CHOOSE_K else f"{title_of(algorithm)} for every k, {by}"
        for algorithm, by in zip(lines["algorithm"], lines["by"], strict=True)
    ]
    return pd.Series(named, index=lines.index, dtype="str")


def figures(result: WhichKResult) -> dict[str, Figure]:
    """Draw silhouette and time over k, a figure for each matrix, and what is chosen over what is known."""
    frame = in_reading_order(result.reached)
    several = frame.groupby(LINE)["k"].transform("nunique") > 1
    drawn = {}
    known = result.choices[result.choices["known"].notna() & (result.choices["implementation"] == OURS)]
    if len(known):
        drawn["choice"] = _choice(in_reading_order(known))
    for name, facet, lines in by_matrix(frame[several]):
        for kind, what, axis, more in (
            ("silhouette", "medoid silhouette", silhouette_axis, "Bars are 95 % intervals over the starts."),
            ("seconds", "time", seconds_axis, "Each library is in its faster memory order."),
        ):
            panels = {
                f"start {title_of(start)}": values_of(group, kind)
                for start, group in lines.dropna(subset=kind).groupby("start")
            }
            if panels:
                about = {"what": what, "where": place(facet), "panels": ", ".join(panels), "more": more}
                words = STUDY.words.figure("over_k", **about)
                drawn[f"{kind}_{name}"] = curves(words, panels, "value", what, axis, kind=kind, choices=facet)
    return drawn


def _choice(lines: pd.DataFrame) -> Figure:
    """Draw the chosen over the known number, a panel for clusters and one for classes."""
    lines = lines.assign(way=ways(lines))
    panels = {f"known {what}": group for what, group in lines.groupby("known_of", sort=False)}
    handles = {}
    with row_of_panels(panels, 3.8, width=3.2, same_x=False) as (figure, grid):
        for axes, group in zip(grid, panels.values(), strict=True):
            for way, points in group.groupby("way", sort=False):
                look, by = algorithm_look(points["algorithm"].iloc[0]), points["by"].iloc[0]
                face = look.colour if by == SILHOUETTE else "white"
                marks = {"linestyle": "", "color": look.colour, "markerfacecolor": face, "label": way}
                known, chosen = points["known"].to_numpy(float), points["mean_k"].to_numpy(float)
                (handles[way],) = axes.plot(known, chosen, marker=look.marker, **marks)
            ends = [1.5, 1.3 * float(lines[["known", "mean_k"]].astype("float64").to_numpy().max())]
            axes.set(xscale="log", yscale="log", xlim=ends, ylim=ends, xlabel="known number")
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_locator(FixedLocator([2, 5, 10, 20, 50, 100, 200]))
                axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
                axis.set_minor_locator(NullLocator())
            (handles["as many as known"],) = axes.plot(ends, ends, label="as many as known", **THIN)
        grid[0].set_ylabel("chosen k, mean")
        legend_below(figure, list(handles.values()), 3)
    return Figure(figure, *STUDY.words.figure("choice", data=len(lines[FACET].drop_duplicates())))


def headlines(result: WhichKResult) -> Iterator[Headline]:
    """Give how often DynMSC chooses the known number of clusters."""
    ours = result.choices[(result.choices["implementation"] == OURS) & (result.choices["known_of"] == "clusters")]
    direct = ours[ours["algorithm"].isin(CHOOSE_K)]
    if (starts := int(direct["starts"].sum())) > 1:
        data = counted(len(direct), "dataset")
        words = f"starts from which DynMSC chooses the known number of clusters, {data}"
        if len(every := ours[(ours["algorithm"] == LOSS) & (ours["by"] == SILHOUETTE)]):
            right = f"{every['right'].sum():,} of {every['starts'].sum():,}"
            words += f"; by the best medoid silhouette of FasterPAM over all k it is {right}"
        yield Headline(f"{direct['right'].sum():,} of {starts:,}", words)


def findings(result: WhichKResult) -> Iterator[str]:
    """Say who chooses the known number, how high the silhouettes are, and what that costs."""
    for what, group in result.choices[result.choices["implementation"] == OURS].groupby("known_of", sort=False):
        if what:
            yield from _right(str(what), group)
    yield from _silhouettes(result.reached[result.reached["implementation"] == OURS])
    words = STUDY.words.of_quantities
    yield from sentences(result.measures, {name: words[name] for name in FOUND})


def _right(what: str, choices: pd.DataFrame) -> Iterator[str]:
    """Say how often each way chooses the known number, and what share of it on average.

    Ways are compared on the data on which all of them were tried: those that were tried on fewer have a sentence of
    their own, with the others on the same data.
    """
    of_ways = {way: set(group["dataset"]) for way, group in choices.groupby(["algorithm", "by"])}
    for data in sorted({frozenset(tried) for tried in of_ways.values()}, key=len, reverse=True):
        cases = []
        for (algorithm, by), group in choices[choices["dataset"].isin(data)].groupby(["algorithm", "by"]):
            if of_ways[algorithm, by] >= data:
                share = f"{group['right'].sum():,} of {counted(int(group['starts'].sum()), 'start')}"
                ratio = significant((group["mean_k"] / group["known"].astype("float64")).mean())
                cases.append(f"{_chooser(str(algorithm), str(by))} in {share} (on average {ratio} of the known number)")
        which = counted(len(data), "dataset") + (f" ({', '.join(sorted(data))})" if len(data) <= FEW else "")
        yield f"The number of {what} is known for {which}. Who chooses it: {', '.join(cases)}."


def _chooser(algorithm: str, by: str) -> str:
    """Name a way to choose k within a sentence."""
    if algorithm in CHOOSE_K:
        return title_of(algorithm)
    best = {SILHOUETTE: "the best medoid silhouette of {} over all k", ELBOW: "the elbow of the losses of {}"}
    return best[by].format(title_of(algorithm))


def _silhouettes(reached: pd.DataFrame) -> Iterator[str]:
    """Compare the silhouettes that are reached for given k with FasterPAM's, and what they cost in loss."""
    values = ["silhouette", "excess_percent"]
    base = reached.loc[reached["algorithm"] == LOSS, [*PROBLEM, *values]]
    # All three on the same problems.
    base = base.merge(reached.loc[reached["algorithm"] == FAST, PROBLEM]).merge(
        reached.loc[reached["algorithm"] == EAGER, PROBLEM]
    )
    for algorithm in (FAST, EAGER):
        both = reached[reached["algorithm"] == algorithm].merge(base, on=PROBLEM, suffixes=("", "_base"))
        both = both[both["silhouette_base"] > 0].dropna(subset="silhouette")
        if both.empty:
            continue
        ratio = both["silhouette"] / both["silhouette_base"]
        most = both.iloc[int(ratio.to_numpy(float).argmax())].to_dict()
        loss = significant((both["excess_percent"] - both["excess_percent_base"]).mean())
        yield (
            f"From the same medoids, {title_of(algorithm)} ends with a medoid silhouette {significant(ratio.mean())} "
            f"times as high as {title_of(LOSS)}'s on average over {counted(len(both), 'problem')}, and at most "
            f"{significant(ratio.max())} times, on {place(most)}. Its loss, in percent above the lowest, is {loss} "
            f"points higher than {title_of(LOSS)}'s on average."
        )
