"""What several commands share: options, kinds of paths, examples, a warning."""

import logging
from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

if TYPE_CHECKING:
    from rich.progress import Progress

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


def own_data_options(command: Callable) -> Callable:
    """Add the file of the user and what may be said about it, which the command gets as `file` and `wishes`."""
    comma = {"callback": lambda ctx, parameter, text: tuple(filter(None, text.split(","))), "default": ""}
    options = {
        "metric": click.option("--metric", help="Of points: euclidean (the default), manhattan, cosine, gower, ..."),
        "form": click.option("--distances/--points", default=None, help="What the file holds, if it is square."),
        "labels": click.option("--labels", metavar="COLUMN", help="The column that names the rows."),
        "only": click.option("--columns", "only", metavar="A,B,...", help="Only these columns.", **comma),
        "without": click.option("--drop-columns", "without", metavar="A,B,...", help="All but these columns.", **comma),
        "header": click.option("--header/--no-header", default=None, help="Whether the first line names the columns."),
        "asymmetric": click.option(
            "--asymmetric",
            type=click.Choice(["mean", "max", "min", "directed"]),
            help="How to resolve d(i, j) != d(j, i): by mean, max or min, or directed, from the row to the medoid.",
        ),
    }

    @wraps(command)
    def called(**values: Any) -> Any:
        wishes = {name: values.pop("distances" if name == "form" else name) for name in options}
        wishes["form"] = {True: "distances", False: "points", None: None}[wishes["form"]]
        return command(wishes=wishes, **values)

    for option in reversed(options.values()):
        called = option(called)
    return click.argument("file", type=EXISTING_FILE)(called)


def _numbers(ctx: click.Context, parameter: click.Parameter, text: str) -> list[int]:
    from kmedoids_bench.experiments.own_data.choosing_k import numbers_of

    try:
        return numbers_of(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


k_option = partial(
    click.option,
    "--k",
    callback=_numbers,
    metavar="K",
    show_default=True,
    help="One k or several: 10, 2:20, 2:20:2, 2,5,10.",
)


def progress() -> "Progress":
    """Return a line that shows how far something is and how long it takes; only on a terminal, and gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("elapsed, remaining:"))
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal)


def warn_unavailable(what: str, reason: str, advice: str) -> None:
    """Say that a dataset or a library cannot be had, and that the run goes on."""
    rest = "the run continues without it, and the report says so"
    message = "%s is not available: %s\n  %s\n  %s"
    logging.getLogger("kmedoids_bench.experiments").warning(message, what, reason, advice, rest)


def write_prepared(out: Path, record: Any) -> None:
    """Write the record of a dataset or a library, and say what is there, or warn if it cannot be had."""
    from kmedoids_bench.experiments.workflow.records import write_record

    if record.unavailable:
        warn_unavailable(**vars(record.unavailable))
    else:
        logging.getLogger("kmedoids_bench.experiments").info(record.in_words)
    write_record(out, record)
