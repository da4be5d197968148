"""The matrices of a dataset, as a profile needs them."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER, examples, out_option, profile_option, write_prepared
from kmedoids_bench.experiments.planning.profile import Profile, unknown


@click.command(
    epilog=examples(
        "kmedoids-bench matrices --profile experiments/profiles/smoke.yaml --dataset digits --folder .cache/matrices "
        "--out digits.json"
    )
)
@profile_option
@click.option("--dataset", required=True, help="A dataset of the profile.")
@click.option("--folder", type=FOLDER, required=True, help="Where matrices are kept.")
@out_option
def matrices(profile: Profile, dataset: str, folder: Path, out: Path) -> None:
    """Download a dataset and compute the dissimilarity matrices that a profile needs of it."""
    from kmedoids_bench.experiments.workflow.prepare import prepare_dataset

    if dataset not in profile.datasets:
        raise click.UsageError(f"--dataset: {unknown(dataset, 'a dataset of this profile', profile.datasets)}")
    write_prepared(out, prepare_dataset(profile, dataset, folder))
