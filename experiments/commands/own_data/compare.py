"""Which algorithm and library to use on a file of the user's own."""

from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples, k_option, own_data_options, progress


@click.command(
    epilog=examples(
        "kmedoids-bench compare my.csv",
        "kmedoids-bench compare survey.parquet --metric gower --k 5,10,50",
        "kmedoids-bench compare distances.npy --k 10 --libraries kmedoids_055,sklearn_extra",
        "kmedoids-bench compare my.csv --libraries all --seconds 60 --results my-comparison",
    )
)
@own_data_options
@k_option(default="5,10,20")
@click.option(
    "--libraries",
    metavar="A,B,...",
    help="Libraries to compare with: names, all or none; default: the installed ones. Missing ones are installed.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    help="A call that takes longer is ended, and that call is not tried with a larger k.",
)
@click.option("--results", type=FOLDER, help="Receives the page and all measurements; by default FILE-comparison.")
def compare(
    file: Path, wishes: dict[str, Any], k: list[int], libraries: str | None, seconds: float, results: Path | None
) -> None:
    """Measure all algorithms and libraries on your own points or distances, and recommend one."""
    from rich.console import Console

    from kmedoids_bench.experiments.own_data import clustering, comparing, showing, showing_calls
    from kmedoids_bench.experiments.own_data.reading import Wishes, read

    console = Console(highlight=False, markup=False)
    data = read(file, Wishes(**wishes))
    clustering.check_k(k, data)
    chosen = comparing.libraries_of(libraries)
    profile = comparing.profile_for(data, k, chosen, seconds)
    showing.show_said(console, data)
    showing_calls.show_plan(console, profile, comparing.expected_seconds(profile), asked=libraries is not None)
    folder = results or Path(f"{file.stem}-comparison")
    with progress() as shown:
        bar = comparing.Progress if shown.disable else partial(showing_calls.Measuring, shown)
        compared = comparing.compare(data, profile, folder, progress=bar, say=shown.console.print)
    showing_calls.show_comparison(console, data, compared)
