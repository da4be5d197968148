"""The measurements of a dataset, as a profile needs them."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.options import FILE, FOLDER, examples, out_option, profile_option
from kmedoids_bench.experiments.planning.profile import Profile


@click.command(
    epilog=examples(
        "kmedoids-bench measure --profile experiments/profiles/smoke.yaml --matrices digits.json "
        "--store results/cells/digits.jsonl --logs results/logs --out measured.json"
    )
)
@profile_option
@click.option("--matrices", type=FILE, required=True, help="The record of the command `matrices`.")
@click.option("--store", type=FILE, required=True, help="Rows are appended to this file.")
@click.option("--logs", type=FOLDER, required=True, help="Receives the output of workers.")
@out_option
def measure(profile: Profile, matrices: Path, store: Path, logs: Path, out: Path) -> None:
    """Measure everything that a profile needs of one dataset; current rows are kept."""
    from kmedoids_bench.experiments.workflow.measure import measure_dataset
    from kmedoids_bench.experiments.workflow.records import Prepared, read_record, write_record

    prepared = read_record(matrices)
    if not isinstance(prepared, Prepared):
        raise Trouble(f"{matrices} is not a record of the command `matrices`")
    write_record(out, measure_dataset(profile, prepared, store, logs, bound=True))
