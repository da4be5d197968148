"""What several commands share: options, kinds of paths, examples, a warning."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

if TYPE_CHECKING:
    from kmedoids_bench.experiments.planning.profile import Profile

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


def examples(*lines: str) -> str:
    """Return the last paragraph of a command's help: commands that can be copied."""
    return "\n\n".join(["Examples:", *(f"$ {line}" for line in lines)])


def _profile(ctx: click.Context, parameter: click.Parameter, path: Path) -> "Profile":
    from kmedoids_bench.experiments.planning.profile import read_profile

    return read_profile(path)


def _records(ctx: click.Context, parameter: click.Parameter, paths: Sequence[Path]) -> list:
    from kmedoids_bench.experiments.workflow.records import read_record

    return [read_record(path) for path in paths]


profile_option = click.option(
    "--profile", type=EXISTING_FILE, callback=_profile, required=True, help="A file of experiments/profiles."
)
out_option = click.option("--out", type=FILE, required=True, help="Receives the record of this step.")
cells_option = click.option("--cells", type=FOLDER, required=True, help="Folder of the files of rows.")
results_option = click.option(
    "--results", type=FOLDER, required=True, help="Receives the page, its tables and its figures."
)
records_argument = click.argument("records", nargs=-1, type=FILE, callback=_records)


def warn_unavailable(what: str, reason: str, advice: str) -> None:
    """Say that a dataset or a library cannot be had, and that the run goes on."""
    rest = "the run continues without it, and the report says so"
    message = "%s is not available: %s\n  %s\n  %s"
    logging.getLogger("kmedoids_bench.experiments").warning(message, what, reason, advice, rest)


def write_prepared(out: Path, record: Any) -> None:
    """Write the record of a dataset or a library, and warn if it cannot be had."""
    from kmedoids_bench.experiments.workflow.records import write_record

    if record.unavailable:
        warn_unavailable(**vars(record.unavailable))
    write_record(out, record)
