"""The page that leads to all published runs."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.commands.options import FOLDER, examples

logger = logging.getLogger(__name__)


@click.command(epilog=examples("kmedoids-bench index --folder results/published"))
@click.option("--folder", type=FOLDER, default="results/published", help="Holds a folder for each run.")
def index(folder: Path) -> None:
    """Write the page that leads to all published runs, index.html, into their folder."""
    from kmedoids_bench.experiments.publishing.index import page

    write_whole(folder / "index.html", page(folder))
    logger.info("wrote %s", folder / "index.html")
