"""Whether published runs are as they were published."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples


@click.command(
    epilog=examples(
        "kmedoids-bench check-run results/published/paper results/published/contributed/*",
        "kmedoids-bench check-run --renew results/published/paper   # after `redraw` into this folder",
    )
)
@click.argument("runs", nargs=-1, required=True, type=FOLDER)
@click.option("--renew", is_flag=True, help="Write new hashes instead, after an intended change.")
def check_run(runs: tuple[Path, ...], renew: bool) -> None:
    """Check every file of published runs, given their folders, by its hash.

    A run that is damaged, altered or incomplete ends the command, which names the files.
    """
    from kmedoids_bench.experiments.publishing.published import check_sums, write_sums

    for folder in runs:
        if renew:
            write_sums(folder)
        click.echo(f"{folder}: {check_sums(folder):,} files as they were published")
