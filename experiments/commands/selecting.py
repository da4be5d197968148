"""The options with which `figure` and `table` choose rows, a size and a place for files."""

import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import rich_click as click

from kmedoids_bench.experiments.commands.options import FOLDER

if TYPE_CHECKING:
    import pandas as pd

    from kmedoids_bench.experiments.kit.selection import Selection
    from kmedoids_bench.experiments.kit.stored import Stored

CLASS_HELP = "The class of the document: ieee, acm, acmsmall, lncs, elsevier, elsevier1p or elsevier3p."
WIDTH_HELP = "One column (single), the width of the page (double), or a length such as 240pt or 8.6cm."

run_option = click.option("--run", type=FOLDER, help="A folder of results/published; default: results/published/paper.")
profile_name_option = click.option("--profile", help="The current rows of this profile, instead of a published run.")
OPTIONS = (
    click.argument("name", required=False),
    click.option("--list", "listing", is_flag=True, help="Say what there is, and which choices have rows."),
    run_option,
    profile_name_option,
    click.option("--dataset", help="The dataset, as `--list` spells it."),
    click.option("--n", type=int, help="The number of objects."),
    click.option("--metric", help="The metric."),
    click.option("--dtype", help="The type of the dissimilarities, such as float32."),
    click.option("--k", help="Numbers of medoids: 10, or 10,20,50, or the range 10:200."),
    click.option("--only", help="Algorithms, with commas between them, as papers spell them: PAM,FastPAM1,FasterPAM."),
    click.option("--start", help="Starts, with commas between them: BUILD,random."),
    click.option("--implementation", help="Implementations, with commas between them: kmedoids_bench,kmedoids_055."),
    click.option("--class", "document", default="ieee", show_default=True, help=CLASS_HELP),
    click.option("--width", default="single", show_default=True, help=WIDTH_HELP),
    click.option(
        "--font-size", type=click.FloatRange(4, 30), help="Font size of the text in points; default: by class."
    ),
)


def selecting(command: Callable) -> Callable:
    """Give a command all of these options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def selected(rows: "pd.DataFrame", chosen: dict[str, Any]) -> "Selection":
    """Return the selection that the options describe; `rows` are those of the study."""
    from kmedoids_bench.experiments.kit.selection import PLACES, selection

    who = {"algorithm": chosen["only"], "start": chosen["start"], "implementation": chosen["implementation"]}
    named = {name: words for name, words in who.items() if words}
    return selection(rows, {name: chosen[name] for name in PLACES}, chosen["k"], named)


def made_by(stored: "Stored") -> str:
    """Return the command that runs now and whose rows it reads, to be written into what it makes."""
    command = shlex.join(["kmedoids-bench", *sys.argv[1:]])
    return f"{command}; rows of {stored.name}, commit {stored.context.commit[:12]}"
