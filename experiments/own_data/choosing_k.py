"""Which k to look at, how good each of them is, and which to take."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.analysis.elbow import elbow as place_of_elbow
from kmedoids_bench.experiments.own_data.clustering import Found


def numbers_of(text: str) -> list[int]:
    """Return the k of "10", "2,5,10", "2:20" (both ends count) or "2:20:2"; raise ValueError for anything else."""
    if match := re.fullmatch(r"(\d+):(\d+)(?::(\d+))?", text.strip()):
        first, last, step = int(match[1]), int(match[2]), int(match[3] or 1)
        numbers = list(range(first, last + 1, step)) if step else []
    else:
        numbers = sorted({int(part) for part in text.split(",")}) if re.fullmatch(r"[\d, ]*\d", text) else []
    if not numbers or numbers[0] < 1:
        raise ValueError(f"{text!r} is no number of clusters: write 10, or 2:20, 2:20:2 or 2,5,10 for several")
    return numbers


def by_silhouette(found: Sequence[Found]) -> Found | None:
    """Return the k with the largest medoid silhouette, the least of them; None if only k = 1 was tried."""
    compared = [one for one in found if one.silhouette is not None]
    return max(compared, key=lambda one: one.silhouette or 0.0, default=None)


def elbow(found: Sequence[Found]) -> Found | None:
    """Return the k where the loss bends most (`analysis.elbow`); None if there are fewer than three, or no elbow."""
    place = place_of_elbow([one.k for one in found], [one.result.loss for one in found])
    return None if place is None else found[place]


def write_picture(path: Path, found: Sequence[Found], title: str) -> None:
    """Draw medoid silhouette and loss over k, with the proposals; the ending of the file says in which format."""
    from matplotlib.figure import Figure

    from kmedoids_bench.experiments.exhibits.style import BLUE, VERMILION, drawing_style

    with drawing_style():
        figure = Figure(figsize=(7, 2.8), layout="constrained")
        for axes, name, values, best in (
            (figure.add_subplot(1, 2, 1), "medoid silhouette", [one.silhouette for one in found], by_silhouette(found)),
            (figure.add_subplot(1, 2, 2), "loss", [one.result.loss for one in found], elbow(found)),
        ):
            shown = [(one.k, value) for one, value in zip(found, values, strict=True) if value is not None]
            axes.plot(*zip(*shown, strict=True), marker="o", markersize=3, color=BLUE)
            if best is not None:
                axes.axvline(best.k, color=VERMILION, linestyle="--", label=f"k = {best.k}")
                axes.legend()
            axes.set(xlabel="k", ylabel=name)
        figure.suptitle(title)
        content = BytesIO()
        figure.savefig(content, format=path.suffix.removeprefix("."), dpi=150)
    write_whole(path, content.getvalue())
