"""Whether two runs decide the claims alike."""

import sys
from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.commands.options import FILE, FOLDER, examples


@click.command(
    epilog=examples(
        "kmedoids-bench stability results/published/paper results",
        "kmedoids-bench stability results/published/paper results --page compared.html",
    )
)
@click.argument("before", type=FOLDER)
@click.argument("after", type=FOLDER)
@click.option("--page", type=FILE, help="Write a page with the verdicts and all numbers of both runs to this file.")
def stability(before: Path, after: Path, page: Path | None) -> None:
    """Compare the verdicts and the numbers of two runs, given their folders of results.

    The command fails if the two runs decide a claim differently. A claim that only one of them decides is named.
    """
    from kmedoids_bench.experiments.publishing import stability as runs

    changed = runs.changes(before, after)
    click.echo(runs.report(changed, runs.numbers(before, after)), nl=False)
    if page is not None:
        write_whole(page, runs.page(before, after))
    if changed["contradicted"].any():
        sys.exit(1)
