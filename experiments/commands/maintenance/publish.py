"""A run becomes a folder that is committed."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.trouble import Trouble
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
@click.option("--results", type=FOLDER, required=True, help="Receives the report, its tables and figures.")
@click.option("--to", "target", type=FOLDER, required=True, help="Folder below results/published; it is replaced.")
@records_argument
def publish(profile: Profile, cells: Path, results: Path, target: Path, records: list) -> None:
    """Copy a run, its rows as parquet, to a folder that is committed; RECORDS as for `report`.

    The report is made again, of the rows that are published.
    """
    from kmedoids_bench.experiments.publishing import published
    from kmedoids_bench.experiments.workflow.records import Measured
    from kmedoids_bench.experiments.workflow.summary import gather, write_page

    measured = {record.dataset for record in records if isinstance(record, Measured)}
    if missing := [name for name in profile.datasets if name not in measured]:
        raise Trouble(f"no record says that these were measured: {', '.join(missing)}", "run the profile to its end")
    rows, context = gather(profile, cells, records)
    write_page(rows, context, results)
    logger.info("published %s rows in %s", f"{len(rows):,}", published.publish(rows, context, results, target))
