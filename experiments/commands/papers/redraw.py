"""Tables, figures and page of a published run."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples, results_option

logger = logging.getLogger(__name__)


@click.command(epilog=examples("kmedoids-bench redraw --run results/published/paper --results /tmp/paper"))
@click.option("--run", "folder", type=FOLDER, required=True, help="A folder of results/published.")
@results_option
def redraw(folder: Path, results: Path) -> None:
    """Write tables, figures and report of a published run again, on any machine; nothing is measured."""
    from kmedoids_bench.experiments.publishing.published import read_run
    from kmedoids_bench.experiments.workflow.summary import write_page

    logger.info("wrote %s", write_page(*read_run(folder), results))
