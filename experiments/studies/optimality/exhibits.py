"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.where_measured import place, start_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.plots import percent_axis
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.optimality import STUDY
from kmedoids_bench.experiments.studies.optimality.analysis import OptimalityResult, by_data

DATA = (c.DATA, c.N, c.METRIC)


def tables(result: OptimalityResult) -> dict[str, Table]:
    """Make the tables: gaps of the algorithms, how weak the bound is on which data, and the problems."""
    return {
        "gaps": Table(
            in_reading_order(result.gaps),
            (
                *(*DATA, c.START, c.K, c.ALGORITHM, *c.integers("results"), c.GAP),
                *c.ratios(least_gap_percent="at least, %", best_gap_percent="the best result, at most, %"),
                *c.integers(optimal="proven optimal"),
            ),
        ),
        "by_data": Table(
            in_reading_order(by_data(result.problems)),
            (
                *(*DATA, *c.integers("problems", proven="proven", largest_k="largest k proven")),
                *c.ratios(median_percent="median gap, %", largest_percent="largest gap, %"),
            ),
        ),
        "problems": Table(
            in_reading_order(result.problems),
            (
                *(*DATA, c.K, *c.ratios(loss="best loss", bound="lower bound", gap_percent="gap, %")),
                *(*c.texts("proven"), *c.ratios(left_percent="candidates left, %")),
                *c.ratios(certificate_searches="certificate / search", optimum_searches="optimum / search"),
            ),
        ),
    }


def figures(result: OptimalityResult) -> dict[str, Figure]:
    """Draw the gap over k, a figure for each matrix and a panel for each start."""
    drawn = {}
    lines = in_reading_order(result.gaps.dropna(subset="gap_percent").assign(implementation=OURS))
    several = lines.groupby(FACET)["k"].transform("nunique") > 1
    for name, facet, members in by_matrix(lines[several]):
        panels = {f"start {title_of(start)}": group for start, group in members.groupby("start")}
        words, label = STUDY.words.figure("gap", where=place(facet)), "above the optimum, at most"
        drawn[f"gap_{name}"] = curves(words, panels, "gap_percent", label, percent_axis, kind="gap", choices=facet)
    return drawn


def headlines(result: OptimalityResult) -> Iterator[Headline]:
    """Give how many optima are proven, and how far PAM and FasterPAM are from them at most."""
    problems, known = result.problems, result.gaps.dropna(subset="gap_percent")
    if len(problems):
        proven = int((problems["proven"] == "yes").sum())
        yield Headline(f"{proven:,} of {len(problems):,}", "problems: the optimum is proven")
    for title, algorithm, start in (("PAM", "fastpam1", "build"), ("FasterPAM", "fasterpam", "random")):
        lines = known[(known["algorithm"] == algorithm) & (known["start"] == start)]
        if len(lines) > 1:
            yield Headline(
                f"{significant(lines['gap_percent'].mean())} %",
                f"above the optimum at most, on average: {title} from {start_title(start)}, {len(lines):,} problems",
            )


def findings(result: OptimalityResult) -> Iterator[str]:
    """Say how many optima are proven, and how far each algorithm is from them."""
    problems = result.problems
    if problems.empty:
        if len(result.gaps):
            yield "No bound is known for any of the problems that were measured."
        return
    open_ones = problems[problems["proven"] == "no"].sort_values("gap_percent")
    sentence = f"The optimum is proven for {len(problems) - len(open_ones):,} of {counted(len(problems), 'problem')}"
    if len(open_ones):
        weakest = open_ones.iloc[-1]
        median, worst = significant(open_ones["gap_percent"].median()), significant(weakest["gap_percent"])
        sentence += (
            f"; for the others, the best loss known is at most {median} % above the optimum in the median, and "
            f"{worst} % in the worst case, on {place(weakest.to_dict())}"
        )
    yield f"{sentence}."
    known = in_reading_order(result.gaps.dropna(subset="gap_percent"))
    for (start, algorithm), group in known.groupby(["start", "algorithm"], sort=False):
        worst = group.sort_values("gap_percent").iloc[-1]
        yield (
            f"{title_of(algorithm)}, start {title_of(start)}: at most "
            f"{significant(group['gap_percent'].mean())} % above the optimum on average over "
            f"{counted(len(group), 'problem')}, {significant(worst['gap_percent'])} % at worst, on "
            f"{place(worst.to_dict())}; {group['optimal'].sum():,} of {counted(int(group['results'].sum()), 'result')} "
            "are proven optimal."
        )
