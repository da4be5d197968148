"""An audit becomes a folder that is committed."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FILE, FOLDER, examples

logger = logging.getLogger(__name__)


@click.command(epilog=examples("kmedoids-bench publish-audit results/work/audit/*.json"))
@click.option("--to", "target", type=FOLDER, default="results/published/audit", help="Target folder; it is replaced.")
@click.argument("records", nargs=-1, type=FILE, required=True)
def publish_audit(target: Path, records: tuple[Path, ...]) -> None:
    """Copy an audit, with the instance of every failure, to a folder that is committed; RECORDS as for `audit-page`."""
    from kmedoids_bench.experiments.audit.page import read_answers
    from kmedoids_bench.experiments.publishing import audit

    logger.info("published the audit in %s", audit.publish([read_answers(path) for path in records], target))
