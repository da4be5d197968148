"""What the READMEs say of the published runs."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.commands.options import FILE, FOLDER, examples


@click.command(epilog=examples("kmedoids-bench headline --short", "kmedoids-bench headline --picture docs/speedup.svg"))
@click.option("--run", "folder", type=FOLDER, help="A folder of results/published; without it, all runs.")
@click.option("--short", is_flag=True, help="Print the README's results in words instead of the tables.")
@click.option("--picture", type=FILE, help="Write the README's picture to this file, as svg.")
def headline(folder: Path | None, short: bool, picture: Path | None) -> None:
    """Print what README and results/published/README.md say of the published runs, in Markdown."""
    from kmedoids_bench.experiments.publishing import headline as made

    if picture is not None:
        write_whole(picture, made.picture())
    elif short:
        click.echo(made.in_words(), nl=False)
    else:
        folders = [folder] if folder else [made.FOLDER / profile for profile in made.PROFILES]
        click.echo("\n".join(map(made.headline, folders)), nl=False)
