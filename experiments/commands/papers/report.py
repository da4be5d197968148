"""Tables, figures and page of a run."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import (
    cells_option,
    examples,
    profile_option,
    records_argument,
    results_option,
)
from kmedoids_bench.experiments.planning.profile import Profile

logger = logging.getLogger(__name__)


@click.command(
    epilog=examples(
        "kmedoids-bench report --profile experiments/profiles/quick.yaml --cells results/cells --results results "
        "results/work/quick/*/*.json"
    )
)
@profile_option
@cells_option
@results_option
@click.option("--pgf", is_flag=True, help="Also write figures as pgf, for LaTeX documents; needs LaTeX.")
@records_argument
def report(profile: Profile, cells: Path, results: Path, pgf: bool, records: list) -> None:
    """Write tables, figures and the report from stored rows; RECORDS are those of the other steps."""
    from kmedoids_bench.experiments.exhibits.style import tex_system
    from kmedoids_bench.experiments.workflow.summary import gather, write_page

    if pgf and tex_system() is None:
        logger.warning("no LaTeX on PATH: figures are written as pdf and png only")
    logger.info("wrote %s", write_page(*gather(profile, cells, records, pgf), results))
