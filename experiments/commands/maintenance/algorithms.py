"""The table of algorithms."""

import rich_click as click

from kmedoids_bench.experiments.commands.options import examples


@click.command(epilog=examples("kmedoids-bench algorithms"))
def algorithms() -> None:
    """Print the table of algorithms that algorithms/README.md shows."""
    from kmedoids_bench.experiments.publishing.algorithm_table import table

    click.echo(table(), nl=False)
