"""The console command itself: finds the commands, and sets up messages for the one that runs."""

import importlib
import logging
import signal
from pathlib import Path

import rich_click as click
from rich_click.rich_panel import RichCommandPanel

from kmedoids_bench.experiments.commands import SECTIONS, commands
from kmedoids_bench.experiments.commands.options import FILE, examples


class Console(click.RichGroup):
    """The commands of this room, each in a module of its own that is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in commands():
            return None
        return getattr(importlib.import_module(commands()[cmd_name]), cmd_name.replace("-", "_"))


def panels() -> list[RichCommandPanel]:
    """Return the headings of the list of commands."""
    return [
        RichCommandPanel(title, commands=[name for name in commands() if f".{section}." in commands()[name]])
        for section, title in SECTIONS.items()
    ]


@click.group(
    cls=Console,
    panels=panels(),
    context_settings={"max_content_width": 110, "rich_help_config": {"theme": "default-slim"}},
    epilog=examples(
        "kmedoids-bench cluster my.csv --k 10",
        "kmedoids-bench compare my.csv --k 5,10,50",
        "kmedoids-bench redraw --run results/published/paper --results /tmp/paper",
        "kmedoids-bench COMMAND --help",
        'eval "$(_KMEDOIDS_BENCH_COMPLETE=bash_source kmedoids-bench)"   # the tab key completes; also zsh_source',
    ),
)
@click.version_option(package_name="kmedoids-bench")
@click.option("--log", type=FILE, help="Also write messages to this file.")
def main(log: Path | None) -> None:
    """Cluster your data with k-medoids, compare algorithms and libraries on it, and reproduce the papers."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(log, mode="w"))
    logging.basicConfig(format="%(message)s", handlers=handlers)
    logging.getLogger("kmedoids_bench").setLevel(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a step that is ended ends its workers too
