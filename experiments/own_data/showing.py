"""What the terminal shows of the user's data."""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kmedoids_bench.experiments.own_data.choosing_k import by_silhouette, elbow
from kmedoids_bench.experiments.own_data.clustering import Clusters, Found
from kmedoids_bench.experiments.own_data.reading import OwnData

MOST_CLUSTERS = 30  # lines of a table; the file of labels has all
BAR = 24  # characters
PROVEN = 1e-8  # a bound leaves 1e-9 for rounding


def table(*columns: str, header: bool = True) -> Table:
    """Return an empty table; columns are aligned right, those with a ``<`` before their name left."""
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), show_header=header)
    for name in columns:
        made.add_column(name.removeprefix("<"), justify="left" if name.startswith("<") else "right")
    return made


def bar(share: float, longest: int = BAR) -> Text:
    """Return a bar whose length is a share of the longest, in characters."""
    eighths = round(8 * longest * share)
    return Text("█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip(), style="cyan")


def show_said(console: Console, data: OwnData) -> None:
    """Say what was found in the file."""
    first, *others = data.said
    console.print(Text(first, style="bold"))
    for one in others:
        console.print(Text(f"  {one}", style="dim"))
    console.print()


def show_choice(console: Console, found: Sequence[Found]) -> Found:
    """Show all k with bars, and propose one; return it."""
    shown = table("k", "loss", "fall", "medoid silhouette", "<")
    largest = max((one.silhouette or 0.0 for one in found), default=0.0) or 1.0
    best, knee = by_silhouette(found), elbow(found)
    losses = aligned([one.result.loss for one in found])
    for before, one, loss in zip([None, *found], found, losses, strict=False):
        fallen = 1 - one.result.loss / before.result.loss if before and before.result.loss > 0 else None
        drop = "" if fallen is None else f"{100 * fallen:.1f} %"
        value = one.silhouette
        line = bar((value or 0.0) / largest)
        line.append(" <- highest silhouette" if one is best else "", style="bold green")
        line.append(" <- elbow of the loss" if one is knee else "", style="bold yellow")
        shown.add_row(str(one.k), loss, drop, "" if value is None else f"{value:.3f}", line)
    console.print(shown)
    chosen = best or found[0]
    words = f"Proposed: k = {chosen.k}, which has the highest medoid silhouette."
    if knee is not None and knee is not chosen:
        words += f" The loss bends most at k = {knee.k}, which is worth a look too."
    if chosen is found[-1]:
        words += " It is the largest that was tried: try more."
    console.print()
    console.print(Text(words, style="bold"))
    console.print()
    return chosen


def show_clusters(console: Console, data: OwnData, clusters: Clusters) -> None:
    """Show medoids and sizes of the clusters, the largest first."""
    named = data.labels is not None
    shown = table("cluster", "medoid (row)", *(["<name"] if named else []), "rows", "mean distance", "<")
    sizes = clusters.sizes
    means = aligned((np.bincount(clusters.labels, clusters.distances) / sizes).tolist())
    for cluster, medoid in enumerate(clusters.medoids[:MOST_CLUSTERS].tolist()):
        name = [str(data.labels[medoid])] if data.labels is not None else []
        cells = [str(cluster), str(medoid), *name, f"{sizes[cluster]:,}", means[cluster]]
        shown.add_row(*cells, bar(sizes[cluster] / sizes[0]))
    console.print(shown)
    if len(sizes) > MOST_CLUSTERS:
        console.print(f"... and {len(sizes) - MOST_CLUSTERS} smaller clusters; --out writes all")
    console.print()


def show_quality(console: Console, data: OwnData, found: Found, gap: float | None) -> None:
    """Say how good the clustering is."""
    loss = found.result.loss
    lines = [("loss", f"{loss:,.8g}", f"the sum of the distances to the medoids; {loss / data.n:.4g} a row")]
    if gap is not None:
        above = "proven optimal" if gap <= PROVEN else f"at most {percent(gap)} above the optimum"
        lines.append(("", "", above))
    if found.silhouette is not None:
        lines.append(("medoid silhouette", f"{found.silhouette:.3f}", "0: no clusters, 1: perfectly separated ones"))
    shown = table("<", "", "<", header=False)
    for name, value, words in lines:
        shown.add_row(Text(name, style="bold"), value, Text(words, style="dim"))
    console.print(shown)


def percent(share: float) -> str:
    """Write a limit: "at most 1.2 %", "less than 0.01 %"."""
    return "less than 0.01 %" if share < 1e-4 else f"at most {100 * share:.2g} %"


def aligned(values: Sequence[float]) -> list[str]:
    """Write numbers with as many decimals as the largest needs for four digits."""
    largest = max(map(abs, values), default=0.0)
    decimals = max(0, 3 - floor(log10(largest))) if largest > 0 else 0
    return [f"{value:,.{decimals}f}" for value in values]
