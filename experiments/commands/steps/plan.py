"""What a profile takes, before it starts."""

import rich_click as click

from kmedoids_bench.experiments.commands.options import examples, profile_option
from kmedoids_bench.experiments.planning.profile import Profile


@click.command(epilog=examples("kmedoids-bench plan --profile experiments/profiles/paper.yaml"))
@profile_option
def plan(profile: Profile) -> None:
    """Print what a profile takes: cells, time, memory, disk. Nothing is downloaded or measured."""
    from kmedoids_bench.experiments.planning.forecast import forecast_text

    click.echo(forecast_text(profile), nl=False)
