"""The environment of a reference library."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.commands.options import examples, out_option, write_prepared


@click.command(epilog=examples("kmedoids-bench environment --library kmedoids_055 --out kmedoids_055.json"))
@click.option(
    "--library", type=click.Choice(list(references())), required=True, help="A reference library, as in rows."
)
@out_option
def environment(library: str, out: Path) -> None:
    """Build the environment of a reference library, or check that R or Java can run it."""
    from kmedoids_bench.experiments.workflow.prepare import prepare_library

    write_prepared(out, prepare_library(library))
