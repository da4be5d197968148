"""Harm a run in every way that can be thought of, and count what comes of it: what `make campaign` runs.

A part is a module of this folder, named in PARTS. It has `lines(length, folder)`, which does harm in an empty folder
and yields a `Line` for each kind of harm, and `NOT_TRIED`, sentences about what could not be tried. The lines are
appended to a file, so a long campaign may be spread over several runs with other seeds: the table is their sum.
"""

import importlib
import json
import sys
import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict, astuple, dataclass
from itertools import groupby
from pathlib import Path

import click
from tabulate import tabulate

from kmedoids_bench.datasets.atomic import write_whole

PARTS = ("kills", "state", "inputs", "networks")
HERE = "kmedoids_bench.experiments.tests.campaign"
HANG_SECONDS = 60.0  # whatever gives no answer for so long hangs
HEADERS = ["what was done", "times", "lost rows", "tracebacks", "hangs over 60 s", "manual steps", "wrong numbers"]
HEAD = """# The campaign

<!-- Made by `make campaign ARGS="--page docs/campaign.md"`; do not edit. -->

What was done to runs, commands and their files, how often, and what came of it. A row is lost if it is gone, doubled or
torn; a step is manual if the same command, given again, does not go on by itself; a number is wrong if it differs from
that of an undisturbed run, or was measured under a disturbance and not marked.
"""


@dataclass(frozen=True)
class Length:
    """How long a campaign is."""

    seed: int = 0
    kills: int = 200
    inputs: int = 300


@dataclass(frozen=True)
class Line:
    """One kind of harm: what was done, how often, and how often it did damage, by the kind of damage."""

    done: str
    times: int
    lost: int = 0  # rows that are gone, doubled or torn
    tracebacks: int = 0
    hangs: int = 0  # no answer for HANG_SECONDS
    manual: int = 0  # things a person would have to do before the same command goes on
    wrong: int = 0  # numbers that differ from those of an undisturbed run

    @property
    def harmless(self) -> bool:
        """Whether nothing was damaged."""
        return not any(astuple(self)[2:])

    def __add__(self, other: "Line") -> "Line":
        """Add the numbers of a line about the same harm."""
        return Line(self.done, *(one + two for one, two in zip(astuple(self)[1:], astuple(other)[1:], strict=True)))


def summed(lines: Iterable[Line]) -> list[Line]:
    """Return one line for each kind of harm, in the order in which they were first done."""
    totals: dict[str, Line] = {}
    for line in lines:
        totals[line.done] = totals[line.done] + line if line.done in totals else line
    return list(totals.values())


def table_text(lines: list[Line], form: str) -> str:
    """Write the lines and their sum as a table, for a terminal or for Markdown."""
    total = Line("all together", 0)
    for line in lines:
        total += Line("all together", *astuple(line)[1:])
    return tabulate([astuple(line) for line in [*lines, total]], headers=HEADERS, tablefmt=form)


def page_text(parts: dict[str, list[Line]], not_tried: list[str]) -> str:
    """Write the page: a table for each part, and what could not be tried."""
    text = HEAD
    for part, lines in parts.items():
        text += f"\n## {part.replace('_', ' ').capitalize()}\n\n{table_text(lines, 'github')}\n"
    return text + "\n## What could not be tried\n\n" + "".join(f"- {sentence}\n" for sentence in not_tried)


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS), metavar=f"[{' | '.join(PARTS)}]...")
@click.option("--kills", default=Length.kills, show_default=True, help="Processes that are killed.")
@click.option("--inputs", default=Length.inputs, show_default=True, help="Bad inputs that are generated.")
@click.option("--seed", default=Length.seed, show_default=True, help="Of all that is drawn.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to do it; it is kept.")
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path), default=Path("results/campaign.jsonl"))
@click.option("--table", is_flag=True, help="Harm nothing; only show what is in the file.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Receives the table in Markdown.")
def main(
    parts: tuple[str, ...],
    kills: int,
    inputs: int,
    seed: int,
    folder: Path | None,
    file: Path,
    table: bool,
    page: Path | None,
) -> None:
    """Harm runs, commands and files, and count the damage. Without names, all parts; fails if there is any damage.

    The lines are appended to the file, and the table shows the sum of all that is in it.
    """
    modules = {name: importlib.import_module(f"{HERE}.{name}") for name in PARTS}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    for name in () if table else parts or PARTS:
        with (
            nullcontext(folder) if folder else tempfile.TemporaryDirectory(prefix="campaign-") as place,
            file.open("a") as output,
        ):
            for line in modules[name].lines(Length(seed, kills, inputs), Path(place)):
                click.echo(f"{name}: {line}", err=True)
                output.write(json.dumps({"part": name, **asdict(line)}) + "\n")
                output.flush()
    records = [json.loads(text) for text in file.read_text().splitlines()]
    records.sort(key=lambda record: PARTS.index(record["part"]))  # stable: the order within a part stays
    parted = {
        part: summed(Line(**{key: value for key, value in record.items() if key != "part"}) for record in group)
        for part, group in groupby(records, key=lambda record: record["part"])
    }
    for lines in parted.values():
        click.echo(table_text(lines, "simple") + "\n")
    if page is not None:
        write_whole(page, page_text(parted, [sentence for part in parted for sentence in modules[part].NOT_TRIED]))
    sys.exit(0 if all(line.harmless for lines in parted.values() for line in lines) else 1)


if __name__ == "__main__":
    main()
