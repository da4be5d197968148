"""Published runs of several machines side by side."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples

logger = logging.getLogger(__name__)


@click.command(
    epilog=examples(
        "kmedoids-bench merge results/published/paper results/published/contributed/* --to /tmp/machines",
        "kmedoids-bench merge here/paper there/paper --to /tmp/machines   # folders as `publish` writes them",
    )
)
@click.argument("runs", nargs=-1, required=True, type=FOLDER)
@click.option("--to", "results", type=FOLDER, required=True, help="Receives the page, its tables and its figures.")
def merge(runs: tuple[Path, ...], results: Path) -> None:
    """Set published runs of several machines side by side: one claim, a verdict for each machine.

    Every file is checked by its hash first. Rows of different machines are never mixed: each machine has intervals of
    its own, which a forest plot shows. Runs of one machine are joined.
    """
    from kmedoids_bench.experiments.publishing import merging

    logger.info("wrote %s", merging.merge(runs, results))
