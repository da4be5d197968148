"""Whether two runs decide the claims alike."""

import sys
from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples


@click.command(epilog=examples("kmedoids-bench stability results/published/paper results"))
@click.argument("before", type=FOLDER)
@click.argument("after", type=FOLDER)
def stability(before: Path, after: Path) -> None:
    """Compare the verdicts of two runs, given their folders of results; fail if a decided verdict changed."""
    from kmedoids_bench.experiments.publishing.stability import changes, report

    changed = changes(before, after)
    click.echo(report(changed), nl=False)
    if changed["decided"].any():
        sys.exit(1)
