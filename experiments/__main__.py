"""The commands of the suite: `python -m kmedoids_bench.experiments --help`. Each rule of the workflow calls one."""

import json
import logging
import signal
import sys
from pathlib import Path

import click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.planning.configuration import BadConfiguration, Configuration, read_configuration
from kmedoids_bench.experiments.planning.plan import check_names
from kmedoids_bench.experiments.workflow import steps

logger = logging.getLogger("kmedoids_bench.experiments")

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class ConfigurationFile(click.ParamType):
    """A file with a profile of configuration; what is wrong with it is said in one message."""

    name = "file"

    def convert(self, value, param, ctx) -> Configuration:
        """Read and check the file."""
        if isinstance(value, Configuration):
            return value
        try:
            configuration = read_configuration(Path(value))
            check_names(configuration)
        except (BadConfiguration, OSError) as error:
            self.fail(str(error), param, ctx)
        return configuration


configuration_option = click.option(
    "--config", "configuration", type=ConfigurationFile(), required=True, help="A file of experiments/profiles."
)


@click.group(context_settings={"max_content_width": 110})
@click.option("--log", type=FILE, help="Also write messages to this file.")
def main(log: Path | None) -> None:
    """Run one step of the suite by hand. `make reproduce` runs them all, in order."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(log, mode="w"))
    logging.basicConfig(format="%(message)s", handlers=handlers)
    logging.getLogger("kmedoids_bench").setLevel(logging.INFO)
    signal.signal(signal.SIGTERM, _interrupt)  # a workflow that is ended ends its workers too


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@main.command()
@configuration_option
def check(configuration: Configuration) -> None:
    """Check a profile: its schema and every name in it."""
    click.echo(f"{configuration.profile}: {configuration.title}")


@main.command()
@configuration_option
def plan(configuration: Configuration) -> None:
    """Print what a profile will take: cells, time, memory, disk. Nothing is fetched or measured."""
    from kmedoids_bench.experiments.planning.forecast import forecast_text

    click.echo(forecast_text(configuration), nl=False)


@main.command()
def algorithms() -> None:
    """Print the table of algorithms that algorithms/README.md shows."""
    from kmedoids_bench.experiments.publishing.algorithm_table import table

    click.echo(table(), nl=False)


@main.command()
@configuration_option
@click.option("--dataset", required=True)
@click.option("--folder", type=FOLDER, required=True, help="Where matrices are kept.")
@click.option("--out", type=FILE, required=True)
def matrices(configuration: Configuration, dataset: str, folder: Path, out: Path) -> None:
    """Fetch a dataset and compute the dissimilarity matrices a profile asks for."""
    made = steps.make_matrices(configuration, dataset, folder)
    _say_unavailable(f"dataset {dataset}", made)
    steps.write_json(out, made)


@main.command()
@click.option("--library", required=True, help="Name of a reference library, as in rows.")
@click.option("--out", type=FILE, required=True)
def environment(library: str, out: Path) -> None:
    """Build the environment of a reference library, or check that R or Java can run it."""
    made = steps.make_environment(library)
    _say_unavailable(f"library {library}", made)
    steps.write_json(out, made)


@main.command()
@configuration_option
@click.option("--matrices", "made", type=FILE, required=True, help="What the command `matrices` wrote.")
@click.option("--store", type=FILE, required=True, help="Rows are appended to this file.")
@click.option("--logs", type=FOLDER, required=True, help="Where the output of workers goes.")
@click.option("--out", type=FILE, required=True)
def measure(configuration: Configuration, made: Path, store: Path, logs: Path, out: Path) -> None:
    """Measure everything a profile asks of one dataset; what is measured already is kept."""
    steps.write_json(out, steps.measure_dataset(configuration, json.loads(made.read_text()), store, logs))


@main.command()
@configuration_option
@click.option("--cells", type=FOLDER, required=True, help="Folder of the files of rows.")
@click.option("--results", type=FOLDER, required=True, help="Folder for tables, figures and the report.")
@click.option("--pgf", is_flag=True, help="Figures as pgf too, for LaTeX documents; needs a LaTeX.")
@click.argument("records", nargs=-1, type=FILE)
def report(configuration: Configuration, cells: Path, results: Path, pgf: bool, records: tuple[Path, ...]) -> None:
    """Write tables, figures and the report from stored rows; RECORDS are what the other commands wrote."""
    from kmedoids_bench.experiments.exhibits.style import tex_system
    from kmedoids_bench.experiments.workflow.summary import write_summary  # imports matplotlib, which takes a while

    if pgf and tex_system() is None:
        logger.warning("no LaTeX on PATH: figures are written as pdf and png only")
    page = write_summary(configuration, cells, results, [json.loads(path.read_text()) for path in records], pgf)
    logger.info("wrote %s", page)


@main.command()
@configuration_option
@click.option("--cells", type=FOLDER, required=True, help="Folder of the files of rows.")
@click.option("--results", type=FOLDER, required=True, help="Folder of the report, its tables and figures.")
@click.option("--to", "target", type=FOLDER, required=True, help="Folder below results/published; replaced.")
@click.argument("records", nargs=-1, type=FILE)
def publish(configuration: Configuration, cells: Path, results: Path, target: Path, records: tuple[Path, ...]) -> None:
    """Copy a run, its rows as parquet, to a folder that is committed; RECORDS as for `report`."""
    from kmedoids_bench.experiments.publishing import published
    from kmedoids_bench.experiments.workflow.summary import gather

    rows, context = gather(configuration, cells, [json.loads(path.read_text()) for path in records])
    logger.info("published %s rows in %s", f"{len(rows):,}", published.publish(rows, context, results, target))


@main.command()
@click.option("--run", "folder", type=FOLDER, required=True, help="A folder of results/published.")
@click.option("--results", type=FOLDER, required=True, help="Folder for tables, figures and the report.")
def redraw(folder: Path, results: Path) -> None:
    """Make tables, figures and report of a published run again, on any machine; nothing is measured."""
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
@click.argument("one", type=FOLDER)
@click.argument("other", type=FOLDER)
def stability(one: Path, other: Path) -> None:
    """Compare the verdicts of two runs, by their folders of results; fails if a decided one has changed."""
    from kmedoids_bench.experiments.publishing import stability as made

    try:
        found = made.changes(one, other)
    except FileNotFoundError as error:
        raise click.ClickException(f"no verdicts there: {error}") from error
    click.echo(made.report(found), nl=False)
    if found["decided"].any():
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--implementation", help="Ours (kmedoids_bench), or a reference library; needs --out.")
@click.option("--out", type=FILE, help="Receives the answers.")
@click.option("--folder", type=FOLDER, default="results/audit", help="Receives an instance of each failure.")
@click.option("--logs", type=FOLDER, default="results/logs/audit", help="Where the output of workers goes.")
@click.option("--show", type=FILE, help="Ask again about the instance in this file, and print what comes back.")
def audit(implementation: str | None, out: Path | None, folder: Path, logs: Path, show: Path | None) -> None:
    """Ask an implementation the questions of the audit; or show one failure again."""
    from kmedoids_bench.experiments.audit import audit as questions
    from kmedoids_bench.experiments.audit import evidence
    from kmedoids_bench.experiments.audit.subject import implementations

    if show is not None:
        click.echo(evidence.show(show))
        return
    if implementation not in implementations() or out is None:
        raise click.UsageError(f"--implementation with --out, one of {', '.join(implementations())}; or --show FILE")
    made = questions.audit(implementation, folder, logs)
    _say_unavailable(implementation, made)
    steps.write_json(out, made)


@main.command("audit-page")
@click.option("--results", type=FOLDER, required=True, help="Folder for the page and its tables.")
@click.argument("records", nargs=-1, type=FILE)
def audit_page(results: Path, records: tuple[Path, ...]) -> None:
    """Write the page of the audit; RECORDS are what the command `audit` wrote."""
    from kmedoids_bench.experiments.audit.page import write_page

    logger.info("wrote %s", write_page([json.loads(path.read_text()) for path in records], results))


def _say_unavailable(what: str, made: dict) -> None:
    if made["unavailable"]:
        logger.warning("%s cannot be had: %s", what, made["unavailable"]["reason"])
        logger.warning("  %s", made["unavailable"]["advice"])
        logger.warning("  the run goes on without it, and the report says so")


def run() -> None:
    """Entry point: errors that a user can mend end in one message, not in a traceback."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("interrupted: all finished runs are kept, the same command continues from here")
    except (Trouble, BadConfiguration, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
