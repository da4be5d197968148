"""The commands of the suite: `python -m kmedoids_bench.experiments --help`. Each rule of the workflow calls one.

A command imports what it needs when it runs: most of them need neither pandas nor numba nor matplotlib.
"""

import importlib
import json
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.planning.profile import Profile, read_profile, unknown

logger = logging.getLogger("kmedoids_bench.experiments")

TOOLS = ("bounds",)
FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class _Commands(click.Group):
    """The commands of this module and those of `tools`, each in a module of its own that is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *TOOLS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in TOOLS:
            return super().get_command(ctx, cmd_name)
        return importlib.import_module(f"kmedoids_bench.experiments.tools.{cmd_name.replace('-', '_')}").main


def _records(ctx: click.Context, parameter: click.Parameter, paths: Sequence[Path]) -> list:
    from kmedoids_bench.experiments.workflow.records import read_record

    return [read_record(path) for path in paths]


profile_option = click.option(
    "--profile",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=lambda ctx, parameter, path: read_profile(path),
    required=True,
    help="A file of experiments/profiles.",
)
out_option = click.option("--out", type=FILE, required=True, help="Receives the record of this step.")
cells_option = click.option("--cells", type=FOLDER, required=True, help="Folder of the files of rows.")
records_argument = click.argument("records", nargs=-1, type=FILE, callback=_records)


@click.group(cls=_Commands, context_settings={"max_content_width": 110})
@click.option("--log", type=FILE, help="Also write messages to this file.")
def main(log: Path | None) -> None:
    """Run one step of the suite by hand. `make reproduce` runs all steps in order."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(log, mode="w"))
    logging.basicConfig(format="%(message)s", handlers=handlers)
    logging.getLogger("kmedoids_bench").setLevel(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a step that is ended ends its workers too


@main.command()
@profile_option
def check(profile: Profile) -> None:
    """Check a profile: its keys, its values and every name in it."""
    click.echo(f"{profile.name}: {profile.title}")


@main.command()
@profile_option
def plan(profile: Profile) -> None:
    """Print what a profile takes: cells, time, memory, disk. Nothing is downloaded or measured."""
    from kmedoids_bench.experiments.planning.forecast import forecast_text

    click.echo(forecast_text(profile), nl=False)


@main.command()
def algorithms() -> None:
    """Print the table of algorithms that algorithms/README.md shows."""
    from kmedoids_bench.experiments.publishing.algorithm_table import table

    click.echo(table(), nl=False)


@main.command()
@profile_option
@click.option("--dataset", required=True)
@click.option("--folder", type=FOLDER, required=True, help="Where matrices are kept.")
@out_option
def matrices(profile: Profile, dataset: str, folder: Path, out: Path) -> None:
    """Download a dataset and compute the dissimilarity matrices that a profile needs of it."""
    from kmedoids_bench.experiments.workflow.prepare import prepare_dataset

    if dataset not in profile.datasets:
        raise click.UsageError(f"--dataset: {unknown(dataset, 'a dataset of this profile', profile.datasets)}")
    _write_prepared(out, prepare_dataset(profile, dataset, folder))


@main.command()
@click.option(
    "--library", type=click.Choice(list(references())), required=True, help="A reference library, as in rows."
)
@out_option
def environment(library: str, out: Path) -> None:
    """Build the environment of a reference library, or check that R or Java can run it."""
    from kmedoids_bench.experiments.workflow.prepare import prepare_library

    _write_prepared(out, prepare_library(library))


def _write_prepared(out: Path, record: Any) -> None:
    from kmedoids_bench.experiments.workflow.records import write_record

    if record.unavailable:
        _warn_unavailable(**vars(record.unavailable))
    write_record(out, record)


@main.command()
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
    write_record(out, measure_dataset(profile, prepared, store, logs))


@main.command()
@profile_option
@cells_option
@click.option("--results", type=FOLDER, required=True, help="Receives tables, figures and the report.")
@click.option("--pgf", is_flag=True, help="Also write figures as pgf, for LaTeX documents; needs LaTeX.")
@records_argument
def report(profile: Profile, cells: Path, results: Path, pgf: bool, records: list) -> None:
    """Write tables, figures and the report from stored rows; RECORDS are those of the other steps."""
    from kmedoids_bench.experiments.exhibits.style import tex_system
    from kmedoids_bench.experiments.workflow.summary import gather, write_page

    if pgf and tex_system() is None:
        logger.warning("no LaTeX on PATH: figures are written as pdf and png only")
    logger.info("wrote %s", write_page(*gather(profile, cells, records, pgf), results))


@main.command()
@profile_option
@cells_option
@click.option("--results", type=FOLDER, required=True, help="Folder of the report, its tables and figures.")
@click.option("--to", "target", type=FOLDER, required=True, help="Folder below results/published; it is replaced.")
@records_argument
def publish(profile: Profile, cells: Path, results: Path, target: Path, records: list) -> None:
    """Copy a run, its rows as parquet, to a folder that is committed; RECORDS as for `report`."""
    from kmedoids_bench.experiments.publishing import published
    from kmedoids_bench.experiments.workflow.summary import gather

    rows, context = gather(profile, cells, records)
    logger.info("published %s rows in %s", f"{len(rows):,}", published.publish(rows, context, results, target))


@main.command()
@click.option("--run", "folder", type=FOLDER, required=True, help="A folder of results/published.")
@click.option("--results", type=FOLDER, required=True, help="Receives tables, figures and the report.")
def redraw(folder: Path, results: Path) -> None:
    """Write tables, figures and report of a published run again, on any machine; nothing is measured."""
    from kmedoids_bench.experiments.publishing.published import read_run
    from kmedoids_bench.experiments.workflow.summary import write_page

    logger.info("wrote %s", write_page(*read_run(folder), results))


@main.command()
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


@main.command()
@click.argument("before", type=FOLDER)
@click.argument("after", type=FOLDER)
def stability(before: Path, after: Path) -> None:
    """Compare the verdicts of two runs, given their folders of results; fail if a decided verdict changed."""
    from kmedoids_bench.experiments.publishing.stability import changes, report

    changed = changes(before, after)
    click.echo(report(changed), nl=False)
    if changed["decided"].any():
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--implementation", help="Ours (kmedoids_bench), or a reference library; needs --out.")
@click.option("--out", type=FILE, help="Receives the answers.")
@click.option("--folder", type=FOLDER, default="results/audit", help="Receives an instance of each failure.")
@click.option("--logs", type=FOLDER, default="results/logs/audit", help="Receives the output of workers.")
@click.option("--show", type=FILE, help="Repeat the question about the instance in this file and print the answer.")
def audit(implementation: str | None, out: Path | None, folder: Path, logs: Path, show: Path | None) -> None:
    """Ask an implementation the questions of the audit, or repeat one failure."""
    from kmedoids_bench.experiments.audit import audit as questions
    from kmedoids_bench.experiments.audit import evidence
    from kmedoids_bench.experiments.audit.subject import implementations

    if show is not None:
        click.echo(evidence.show(show))
        return
    if implementation not in implementations() or out is None:
        raise click.UsageError(f"use --implementation (one of {', '.join(implementations())}) and --out, or --show")
    answers = questions.audit(implementation, folder, logs)
    if answers["unavailable"]:
        _warn_unavailable(implementation, **answers["unavailable"])
    write_whole(out, json.dumps(answers, indent=1) + "\n")


@main.command("audit-page")
@click.option("--results", type=FOLDER, required=True, help="Receives the page and its tables.")
@click.argument("records", nargs=-1, type=FILE)
def audit_page(results: Path, records: tuple[Path, ...]) -> None:
    """Write the page of the audit; RECORDS are those of the command `audit`."""
    from kmedoids_bench.experiments.audit.page import read_answers, write_page

    logger.info("wrote %s", write_page([read_answers(path) for path in records], results))


def _warn_unavailable(what: str, reason: str, advice: str) -> None:
    rest = "the run continues without it, and the report says so"
    logger.warning("%s is not available: %s\n  %s\n  %s", what, reason, advice, rest)


def run() -> None:
    """Entry point: an error that a user can mend ends in one message, not in a traceback."""
    try:
        sys.exit(main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("interrupted: all finished runs are kept; run the same command again to continue")
    except (Trouble, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
