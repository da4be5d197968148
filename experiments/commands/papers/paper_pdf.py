"""A short article about stored rows."""

import logging
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples
from kmedoids_bench.experiments.commands.selecting import profile_name_option, run_option

logger = logging.getLogger(__name__)


@click.command(
    epilog=examples("kmedoids-bench paper-pdf", "kmedoids-bench paper-pdf --profile quick --out results/article")
)
@run_option
@profile_name_option
@click.option(
    "--out", type=FOLDER, default="results/article", show_default=True, help="Receives article.pdf and its source."
)
def paper_pdf(run: Path | None, profile: str | None, out: Path) -> None:
    """Write a short article about stored rows: question, method, claims, figures, tables, machine."""
    from kmedoids_bench.experiments.kit.article import compile_article, write_article
    from kmedoids_bench.experiments.kit.stored import stored

    logger.info("wrote %s", compile_article(write_article(stored(run, profile), out)))
