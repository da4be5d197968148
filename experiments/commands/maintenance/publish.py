"""A run becomes a folder that is committed."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, cells_option, examples, profile_option, records_argument
from kmedoids_bench.experiments.planning.profile import Profile

logger = logging.getLogger(__name__)


@click.command(
    epilog=examples(
        "kmedoids-bench publish --profile experiments/profiles/paper.yaml --cells results/cells --results results "
        "--to results/published/paper results/work/paper/*/*.json"
    )
)
@profile_option
@cells_option
@click.option("--results", type=FOLDER, required=True, help="Folder of the report, its tables and figures.")
@click.option("--to", "target", type=FOLDER, required=True, help="Folder below results/published; it is replaced.")
@records_argument
def publish(profile: Profile, cells: Path, results: Path, target: Path, records: list) -> None:
    """Copy a run, its rows as parquet, to a folder that is committed; RECORDS as for `report`."""
    from kmedoids_bench.experiments.publishing import published
    from kmedoids_bench.experiments.workflow.summary import gather

    rows, context = gather(profile, cells, records)
    logger.info("published %s rows in %s", f"{len(rows):,}", published.publish(rows, context, results, target))
