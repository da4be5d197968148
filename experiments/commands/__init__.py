"""The commands of the console, one module each, found by their place: `kmedoids-bench --help`.

To add a command, write `<section>/<name>.py` here. Its function has the name of the module and the decorator
``@click.command(epilog=examples(...))`` of `rich_click`; underscores become hyphens on the command line. The folder is
the heading under which ``--help`` lists the command, and the first line of the docstring is what it says.

``--help`` and completion import all modules of this room. So they import at their top only what is cheap (no numba,
pandas, matplotlib, scipy); the function imports the rest when it runs. A ``Trouble``, a ``click.ClickException`` or an
``OSError`` ends a command with one message. What several commands share is in `options`.
"""

from functools import cache
from pathlib import Path

SECTIONS = {
    "own_data": "Your own data",
    "papers": "Papers and figures",
    "steps": "Steps of the workflow",
    "maintenance": "For maintainers",
}


@cache
def commands() -> dict[str, str]:
    """Return the commands by name, section after section, with the dotted names of their modules."""
    return {
        path.stem.replace("_", "-"): f"{__name__}.{section}.{path.stem}"
        for section in SECTIONS
        for path in sorted((Path(__file__).parent / section).glob("[!_]*.py"))
    }
