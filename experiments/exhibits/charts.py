"""Figures with their data: the page draws them as charts, in which the reader chooses what to see."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits import plots
from kmedoids_bench.experiments.exhibits.exhibit import Chart, Figure, Scale
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix
from kmedoids_bench.experiments.exhibits.style import Look, algorithm_look

AXES: dict[Callable[[Axes], None], tuple[str, Scale]] = {  # unit and scale of the vertical axis
    plots.count_axis: ("", "log"),
    plots.factor_axis: ("times", "log"),
    plots.linear_seconds_axis: ("s", "linear"),
    plots.percent_axis: ("%", "symlog"),
    plots.seconds_axis: ("s", "log"),
    plots.seconds_over_n: ("s", "log"),
    plots.threads_axis: ("times", "log"),
    plots.silhouette_axis: ("", "linear"),
}
# Columns that say what a point rests on, and what the page calls them.
COUNTS = {"n_pairs": "pairs", "n_runs": "series", "seeds": "starts", "starts": "starts", "runs": "runs"}


def curves(
    words: tuple[str, str],
    panels: Mapping[str, pd.DataFrame],
    value: str,
    label: str,
    axis: Callable[[Axes], None],
    *,
    kind: str,
    choices: Mapping[str, object],
    over: str = "k",
    look: Callable[[str], Look] = algorithm_look,
    printed: Sequence[tuple[str, float, float]] = (),
) -> Figure:
    """Make the figure of `plots.panels_over_k` with its data. `words` are its caption and its text alternative.

    Figures of one `kind` are one chart on the page; `choices` tells them apart, heading to value. `printed` has what
    the papers print: algorithm, x, y.
    """
    unit, scale = AXES[axis]
    points = pd.concat(_points(frame, panel, over, value, look) for panel, frame in panels.items())
    drawing = plots.panels_over_k(panels, value, label, axis, over=over, look=look, printed=printed)
    x = {"n": "number of objects n", "number": "number of threads"}.get(over, "number of medoids k")
    named = tuple((look(algorithm).title, at, number) for algorithm, at, number in printed)
    chart = Chart(kind, _written(choices), points, x, "", label, unit, scale, printed=named)
    return Figure(drawing, *words, chart)


def loss_over_time(
    words: tuple[str, str],
    lines: pd.DataFrame,
    choices: Mapping[str, object],
    *,
    implementations: bool = False,
    kind: str = "loss_over_time",
    label: str = plots.ABOVE_THE_BEST,
) -> Figure:
    """Make the figure of `plots.time_and_loss` with its data; figures of one `kind` are one chart on the page."""
    points = pd.concat(
        _points(group, f"k = {k}", "seconds", "excess_percent", algorithm_look) for k, group in lines.groupby("k")
    )
    drawing = plots.time_and_loss(lines, implementations=implementations, label=label)
    axes = ("time", "s", label, "%", "symlog")
    return Figure(drawing, *words, Chart(kind, _written(choices), points, *axes, joined=False))


def losses_over_time(lines: pd.DataFrame, words: Callable[..., tuple[str, str]]) -> dict[str, Figure]:
    """Make a figure of `loss_over_time` for each matrix, coloured by implementation; `words` gives those of a kind."""
    return {
        f"loss_over_time_{name}": loss_over_time(
            words("loss_over_time", where=place(facet), contenders=group["contender"].nunique()),
            group,
            facet,
            implementations=True,
        )
        for name, facet, group in by_matrix(lines)
    }


def _points(frame: pd.DataFrame, panel: str, over: str, value: str, look: Callable[[str], Look]) -> pd.DataFrame:
    named = {name: frame[name].to_numpy() for name in ("low", "high", "bound") if name in frame}
    counts = {heading: frame[name].to_numpy() for name, heading in COUNTS.items() if name in frame}
    points = pd.DataFrame(
        {
            "panel": panel,
            "algorithm": [look(str(name)).title for name in frame["algorithm"]],
            "colour": [look(str(name)).colour for name in frame["algorithm"]],
            "marker": [look(str(name)).marker for name in frame["algorithm"]],
            "implementation": frame["implementation"].to_numpy(),
            "x": frame[over].to_numpy(float),
            "y": frame[value].to_numpy(float),
            **named,
            **counts,
        }
    )
    return points.dropna(subset=points.columns.intersection(["y", "bound"]), how="all")


def _written(choices: Mapping[str, object]) -> dict[str, str]:
    return {name: f"{value:,}" if isinstance(value, int) else str(value) for name, value in choices.items()}
