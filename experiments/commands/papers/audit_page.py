"""The page of the audit."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FILE, examples, results_option

logger = logging.getLogger(__name__)


@click.command(epilog=examples("kmedoids-bench audit-page --results results results/work/audit/*.json"))
@results_option
@click.argument("records", nargs=-1, type=FILE)
def audit_page(results: Path, records: tuple[Path, ...]) -> None:
    """Write the page of the audit; RECORDS are those of the command `audit`."""
    from kmedoids_bench.experiments.audit.page import read_answers, write_page

    logger.info("wrote %s", write_page([read_answers(path) for path in records], results))
