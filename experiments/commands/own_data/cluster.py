"""Medoids of a file of the user's own."""

from pathlib import Path
from typing import Any

import rich_click as click

from kmedoids_bench.algorithms.core import machine_code
from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.commands.options import FILE, examples, k_option, own_data_options, progress

LABELS, PICTURES = (".csv", ".tsv", ".parquet", ".npy"), (".png", ".svg", ".pdf")


@click.command(
    epilog=examples(
        "kmedoids-bench cluster my.csv --k 10",
        "kmedoids-bench cluster my.csv --k 2:20 --picture choice.svg",
        "kmedoids-bench cluster survey.csv --k 5 --metric gower --labels id --out labels.csv",
        "kmedoids-bench cluster distances.npy --k 10 --algorithm pam",
        "kmedoids-bench cluster large.parquet --k 50 --algorithm fasterclara",
    )
)
@own_data_options
@k_option(required=True)
@click.option(
    "--algorithm",
    type=click.Choice([*names("swap"), *names("sampling")]),
    default="fasterpam",
    show_default=True,
    metavar="NAME",
    help="pam, fastpam1, alternating, clara, ...; for very many rows fasterclara, which needs no matrix.",
)
@click.option(
    "--start",
    type=click.Choice(names("start")),
    metavar="NAME",
    help="How start medoids are chosen: build, random, lab, ...; default: random for fasterpam, fastpam2, else build.",
)
@click.option("--restarts", type=click.IntRange(min=1), default=10, show_default=True, help="Random starts to try.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the random starts.")
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=5.0, show_default=True, help="Time limit of the lower bound."
)
@click.option("--out", type=FILE, help=f"Receives the cluster of each row: {', '.join(LABELS)}.")
@click.option("--picture", type=FILE, help=f"Receives silhouette and loss over k: {', '.join(PICTURES)}.")
def cluster(
    file: Path,
    wishes: dict[str, Any],
    k: list[int],
    algorithm: str,
    start: str | None,
    restarts: int,
    seed: int,
    seconds: float,
    out: Path | None,
    picture: Path | None,
) -> None:
    """Cluster your own points or distances: medoids, sizes, loss; of several k one is proposed."""
    from rich.console import Console

    from kmedoids_bench.experiments.own_data import choosing_k, clustering, showing
    from kmedoids_bench.experiments.own_data.reading import Wishes, read

    for option, path, endings in (("--out", out, LABELS), ("--picture", picture, PICTURES)):
        if path is not None and path.suffix not in endings:
            raise click.UsageError(f"{option} {path}: the name must end in {', '.join(endings)}")
    if picture is not None and len(k) < 2:
        raise click.UsageError("--picture shows several k: --k 2:20, for instance")
    console = Console(highlight=False, markup=False)
    data = read(file, Wishes(**wishes))
    clustering.check_k(k, data)
    showing.show_said(console, data)
    if not machine_code.is_there():
        console.print("compiling, once: this takes half a minute", style="dim")
    problem = clustering.problem_of(data, algorithm)
    with progress() as shown:
        task = shown.add_task("", total=len(k) * restarts)
        found = []
        for number in k:
            shown.update(task, description=f"{algorithm}, k = {number}")
            found.append(
                clustering.search(problem, number, algorithm, start, seed, restarts, lambda: shown.advance(task))
            )
    chosen = showing.show_choice(console, found) if len(found) > 1 else found[0]
    with progress() as shown:
        shown.add_task("how far from the optimum?", total=None)
        gap = clustering.gap(problem, chosen, seconds)
    clusters = clustering.by_size(problem, chosen.result)
    showing.show_clusters(console, data, clusters)
    showing.show_quality(console, data, chosen, gap)
    for path in (out, picture):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    if out is not None:
        clustering.write_labels(out, data.labels, clusters)
        console.print(f"wrote {out}", soft_wrap=True)
    if picture is not None:
        choosing_k.write_picture(picture, found, data.path.name)
        console.print(f"wrote {picture}", soft_wrap=True)
