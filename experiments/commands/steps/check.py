"""Check a profile."""

import rich_click as click

from kmedoids_bench.experiments.commands.options import examples, profile_option
from kmedoids_bench.experiments.planning.profile import Profile


@click.command(epilog=examples("kmedoids-bench check --profile experiments/profiles/quick.yaml"))
@profile_option
def check(profile: Profile) -> None:
    """Check a profile: its keys, its values and every name in it."""
    click.echo(f"{profile.name}: {profile.title}")
