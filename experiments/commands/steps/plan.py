"""What a profile takes, before it starts."""

import rich_click as click

from kmedoids_bench.experiments.commands.options import examples, profile_option
from kmedoids_bench.experiments.planning.profile import Profile


@click.command(
    epilog=examples(
        "kmedoids-bench plan --profile experiments/profiles/paper.yaml",
        "kmedoids-bench plan --profile experiments/profiles/full.yaml --nodes 8",
    )
)
@profile_option
@click.option("--nodes", type=click.IntRange(min=1), help="Also forecast it for this many nodes of a cluster.")
def plan(profile: Profile, nodes: int | None) -> None:
    """Print what a profile takes: cells, time, memory, disk. Nothing is downloaded or measured."""
    from kmedoids_bench.experiments.planning.forecast import forecast_text

    click.echo(forecast_text(profile), nl=False)
    if nodes is not None:
        from kmedoids_bench.experiments.planning.jobs import jobs_text

        click.echo(jobs_text(profile, nodes), nl=False)
