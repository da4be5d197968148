"""The tables, the figures and the findings of the study."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from kmedoids_bench.experiments.analysis.frames import values_of
from kmedoids_bench.experiments.analysis.times import CUT
from kmedoids_bench.experiments.analysis.where_measured import place, start_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant, with_interval
from kmedoids_bench.experiments.exhibits.plots import factor_axis, linear_seconds_axis, seconds_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.exhibits.style import BLACK, BLUE, ORANGE, Look, algorithm_look
from kmedoids_bench.experiments.rows.keys import FACET, LINE, OURS, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids
from kmedoids_bench.experiments.studies.swap_time import STUDY
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE, PRINTED, PRINTED_SPEEDUPS, SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS

CONTENDER = (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM)
LIBRARY = Column("library", "implementation")
COUNTS = (*c.ratios(best="by minima"), c.PAIRS)
VERSUS = (
    *(*c.PROBLEM, c.ALGORITHM, LIBRARY, c.ORDER),
    *(c.ratio("library time / our time", instead="note"), *COUNTS, c.SERIES),
)
HEADLINE = ("pam", "fastpam1", "fastpam2", "fasterpam")  # what most libraries have
FACTOR_LOOKS = {
    "speedup": Look(FACTORS["speedup"], BLACK, "o"),
    "cheaper": Look(FACTORS["cheaper"], BLUE, "s"),
    "fewer": Look(FACTORS["fewer"], ORANGE, "D"),
}


def tables(result: SwapTimeResult) -> dict[str, Table]:
    """Make the tables, those for a first look first."""
    versus = result.versus
    return {
        "overview": _overview(result.overview),
        "versus_overall": Table.of(
            in_reading_order(result.versus_overall),
            (LIBRARY, c.ALGORITHM, *c.integers("cells"), *c.texts(orders="faster order")),
            c.ratio("library time / our time"),
            (*c.ratios(lowest="lowest cell", highest="highest cell"), *COUNTS),
        ),
        "versus": Table(in_reading_order(versus[versus["faster_order"].astype(bool)]), VERSUS),
        "counted": Table.of(
            in_reading_order(result.counted),
            (*c.PROBLEM, *c.milliseconds(seconds="timed (ms)", counted_seconds="derived (ms)")),
            (c.ratio("derived / timed"), c.PAIRS, c.SERIES),
        ),
        "costs": Table.of(
            in_reading_order(result.costs),
            (*c.PROBLEM, c.ALGORITHM, *c.texts(visit="counted once per")),
            c.ratios(*(name for name in map(str, result.costs) if name not in (*PROBLEM, "algorithm", "visit"))),
        ),
        "decomposition": Table.of(
            in_reading_order(result.decomposition),
            *CONTENDER,
            *(c.ratio(what, factor, f"{factor}_") for factor, what in FACTORS.items()),
            (c.PAIRS, *c.integers("starts")),
        ),
        "times": Table.of(
            in_reading_order(result.times),
            (*CONTENDER, Column("median (ms)", "seconds", "milliseconds", instead="note")),
            c.milliseconds(fastest="fastest (ms)", slowest="slowest (ms)"),
            (*c.integers("runs", blocks="starts"), *c.milliseconds(first_seconds="first call (ms)")),
            (*c.ratios(n_swaps="swaps", n_passes="passes"), *c.integers(n_evaluations="evaluations")),
            c.texts(note="remark"),
        ),
        "speedup_all": Table(
            in_reading_order(result.speedups),
            (*CONTENDER, c.ratio("speed-up over PAM", instead="note"), *COUNTS, c.SERIES),
        ),
        "versus_all": Table(in_reading_order(versus), VERSUS),
    }


def _overview(frame: pd.DataFrame) -> Table:
    took_part = [name for name in HEADLINE if f"{name}_seconds" in frame]
    milliseconds = (
        Column(f"{title_of(name)} (ms)", f"{name}_seconds", "milliseconds", instead=f"{name}_note")
        for name in took_part
    )
    gains = (
        c.ratio(f"{title_of(name)} over PAM", f"{name}_estimate", f"{name}_", f"{name}_gain_note")
        for name in took_part
        if name != BASELINE and BASELINE in took_part
    )
    return Table(in_reading_order(frame), (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, *milliseconds, *gains, c.PAIRS))


def figures(result: SwapTimeResult) -> dict[str, Figure]:
    """Draw time and speed-up over k, one set of figures for each matrix, one panel for each start.

    As in the papers: all algorithms of this project, times on logarithmic and on linear axes. The libraries have
    figures of their own, with the algorithms that most of them have.
    """
    gains = in_reading_order(result.speedups)
    gains = gains[gains["faster_order"].astype(bool)]
    factors = result.decomposition
    factors = factors[(factors["implementation"] == OURS) & (factors["algorithm"] == "fasterpam")]
    by_name = {}
    for name, facet, times in by_matrix(in_reading_order(result.times)):
        cut = (times["status"] == "timeout") & (times["blocks"] == 0)
        times = times.assign(bound=times["limit_seconds"].where(cut))[times["faster_order"]]
        gained, split = (lines[(lines[FACET] == pd.Series(facet)).all(axis=1)] for lines in (gains, factors))
        ours, our_gains = (lines[lines["implementation"] == OURS] for lines in (times, gained))
        by_name |= {
            f"speedup_{name}": _speedups(our_gains, facet, OURS),
            f"time_{name}": _times(ours, facet, OURS),
            f"time_linear_{name}": _times(ours, facet, OURS, linear=True),
            f"decomposition_{name}": _decomposition(split, facet),
        }
        if set(times["implementation"]) - {OURS}:
            several, gains_of_several = (lines[lines["algorithm"].isin(HEADLINE)] for lines in (times, gained))
            same = "the same implementation and memory order"
            by_name[f"libraries_time_{name}"] = _times(several, facet, "all implementations")
            by_name[f"libraries_speedup_{name}"] = _speedups(gains_of_several, facet, same)
    return {name: figure for name, figure in by_name.items() if figure is not None}


def _times(lines: pd.DataFrame, facet: dict, whose: str, linear: bool = False) -> Figure | None:
    axis = linear_seconds_axis if linear else seconds_axis
    words = {"whose": whose, "axes": "linear" if linear else "logarithmic"}
    return _over_k("time", lines.rename(columns={"seconds": "value"}), facet, "time of the swap phase", axis, words)


def _speedups(lines: pd.DataFrame, facet: dict, whose: str) -> Figure | None:
    lines = lines.rename(columns={"estimate": "value"})
    printed = PRINTED_SPEEDUPS if (facet["dataset"], facet["n"]) == PRINTED and whose == OURS else ()
    return _over_k("speedup", lines, facet, "speed-up over PAM", factor_axis, {"whose": whose}, printed=printed)


def _decomposition(lines: pd.DataFrame, facet: dict) -> Figure | None:
    """Draw the factors and their product: on logarithmic axes their heights add up to that of the product."""
    factors = pd.concat(values_of(lines, name).assign(algorithm=name) for name in FACTOR_LOOKS).assign(bound=None)
    return _over_k("decomposition", factors, facet, "FasterPAM over PAM", factor_axis, {}, FACTOR_LOOKS.__getitem__)


def _over_k(
    kind: str,
    lines: pd.DataFrame,
    facet: dict,
    label: str,
    axis: Callable[[Axes], None],
    words: dict[str, str],
    look: Callable[[str], Look] = algorithm_look,
    printed: Sequence[tuple[str, float, float]] = (),
) -> Figure | None:
    """Draw the lines with a ``value`` or a ``bound``, one panel for each start; None if there are none."""
    points = lines.dropna(subset=["value", "bound"], how="all")
    panels = {title_of(start): group for start, group in points.groupby("start")}
    if not panels:
        return None
    worded = STUDY.words.figure(kind, where=place(facet), panels=", ".join(panels), **words)
    kind = kind if words.get("whose", OURS) == OURS else f"libraries_{kind}"
    return curves(worded, panels, "value", label, axis, kind=kind, choices=facet, look=look, printed=printed)


def headlines(result: SwapTimeResult) -> Iterator[Headline]:
    """Give FasterPAM's speed-ups on the data, and at the k, for which the papers print them."""
    gained = result.speedups
    ours = gained[
        (gained["implementation"] == OURS) & gained["faster_order"].astype(bool) & (gained["start"] == "build")
    ]
    ours = ours[(ours["dataset"] == PRINTED[0]) & (ours["n"] == PRINTED[1])].dropna(subset="low")
    printed = {k: number for algorithm, k, number in PRINTED_SPEEDUPS if algorithm == "fasterpam"}
    for line in ours[(ours["algorithm"] == "fasterpam") & ours["k"].isin(list(printed))].to_dict("records"):
        yield Headline(
            f"{with_interval(line['estimate'], line['low'], line['high'])} times",
            f"as fast as PAM: FasterPAM from BUILD, k = {line['k']} (the papers print {printed[line['k']]:,g})",
        )


def findings(result: SwapTimeResult) -> Iterator[str]:
    """Write the findings, the most important first; none when nothing was timed."""
    # The others are in the tables.
    gained, versus = (frame[frame["algorithm"].isin(HEADLINE)] for frame in (result.speedups, result.versus_overall))
    gained = gained[gained["faster_order"].astype(bool)]
    yield from _gains(gained[gained["implementation"] == OURS])
    yield from _derived(result.counted)
    yield from _libraries(versus)
    yield from _gains_of_libraries(gained[gained["implementation"] != OURS])
    yield from _cuts(result.times)


def _gains(gained: pd.DataFrame) -> Iterator[str]:
    """One sentence per matrix and start, at the largest k at which both sides were timed; the largest k first."""
    groups = [group for _, group in gained.groupby(LINE)]
    for group in sorted(groups, key=lambda group: -group["k"].max()):
        timed = group.dropna(subset="estimate")
        largest = timed["k"].groupby(timed["algorithm"]).transform("max")
        for k in sorted(set(largest), reverse=True):
            here = timed[(timed["k"] == k) & (largest == k)].sort_values("estimate", ascending=False)
            line = here.iloc[0].to_dict()
            first, *others = (f"{title_of(one['algorithm'])} is {factor(one)}" for one in here.to_dict("records"))
            listed = ", ".join([f"{first} as fast as {title_of(BASELINE)}", *others])
            n = pairs(here.sort_values("n_pairs").iloc[0].to_dict())
            yield (
                f"On {place(line)}, from {start_title(line['start'])}, {listed} ({n}).{_beyond(group[group['k'] > k])}"
            )


def _beyond(larger: pd.DataFrame) -> str:
    """Add the bounds at the largest k at which the baseline was cut."""
    bounded = larger.dropna(subset="bound")
    if bounded.empty:
        return ""
    bounded = bounded[bounded["k"] == bounded["k"].max()].sort_values("bound", ascending=False)
    bounds = " and ".join(
        f"{title_of(line['algorithm'])} is more than {significant(line['bound'])} times as fast"
        for line in bounded.to_dict("records")
    )
    return f" At k = {bounded['k'].iloc[0]}, where {title_of(BASELINE)} was cut, {bounds}."


def _derived(checked: pd.DataFrame) -> Iterator[str]:
    """Warn where derived times of PAM are not those of whole calls."""
    apart = checked[(checked["low"] > 1) | (checked["high"] < 1)]
    if len(apart):
        most = max(apart.to_dict("records"), key=lambda line: abs(math.log(line["estimate"])))
        yield (
            f"The time of PAM that is derived from one pass differs from that of whole calls in {len(apart)} of "
            f"{len(checked)} problems that have both, most on {place(most)}, from {start_title(most['start'])}: it is "
            f"{factor(most)} as long. Speed-ups over a derived time, which the table of times marks, can be wrong by "
            "as much."
        )


def _libraries(overall: pd.DataFrame) -> Iterator[str]:
    """One sentence per library: its times over ours."""
    for implementation, group in overall.groupby("implementation"):
        cases = ", ".join(
            f"{significant(line['estimate'])} times our time for {title_of(line['algorithm'])} "
            f"({significant(line['lowest'])} to {significant(line['highest'])})"
            for line in group.to_dict("records")
        )
        cells = counted(group["cells"].max(), "cell")
        yield f"{implementation} takes {cases}: geometric means over up to {cells}, in its faster memory order."


def _gains_of_libraries(gained: pd.DataFrame) -> Iterator[str]:
    """One sentence per library: the largest speed-up of each algorithm over the library's own PAM."""
    for implementation, group in gained.dropna(subset="estimate").groupby("implementation"):
        best = group.loc[group.groupby("algorithm")["estimate"].idxmax()].sort_values("estimate", ascending=False)
        cases = ", ".join(
            f"{title_of(line['algorithm'])} {factor(line)} ({line['dataset']}, k = {line['k']})"
            for line in best.to_dict("records")
        )
        yield f"The largest speed-ups of {implementation} over its own PAM: {cases}."


def _cuts(times: pd.DataFrame) -> Iterator[str]:
    """One sentence per implementation, algorithm and memory order that was cut, at default parameters."""
    default = times[at_defaults(times) & from_given_medoids(times)]
    for (implementation, algorithm, order), lines in default.groupby(["implementation", "algorithm", "order"]):
        notes = lines.loc[lines["status"].isin(CUT), "note"].value_counts().sort_index()
        if len(notes):
            yield (
                f"{title_of(algorithm)} of {implementation} in memory order {order} was "
                f"{' and '.join(f'{note} in {count}' for note, count in notes.items())} of "
                f"{counted(len(lines), 'cell')}: in these, a ratio to it has at most a bound."
            )


def factor(line: Mapping) -> str:
    """Write "412 times [390, 431]" from a line with the columns of `RATIO`."""
    times = f"{significant(line['estimate'])} times"
    if pd.isna(line["low"]):
        return times
    low, high = (significant(line[end], line["estimate"]) for end in ("low", "high"))
    return f"{times} [{low}, {high}]"


def pairs(line: Mapping) -> str:
    """Write "9 pairs in 3 series", and why there is no interval when there is none."""
    none = f"; no interval: {line['why_none']}" if pd.isna(line["low"]) else ""
    return f"{counted(line['n_pairs'], 'pair')} in {line['n_runs']} series{none}"
