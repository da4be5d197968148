"""ARCHITECTURE.md, made from the docstrings of the packages and from what they really import.

`python experiments/tests/tools/architecture.py` writes the file. With ``--check``, a part of `make lint`, it
writes nothing and fails if the file is out of date.
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "ARCHITECTURE.md"
PACKAGE = "kmedoids_bench"
API = "api"  # has no name of its own in the package
TOP = (API, "algorithms", "datasets", "experiments")
NO_ROOMS = {"tests", "__pycache__"}
# Imported by almost every room: its arrows would hide the others.
EVERYWHERE = {"algorithms.core", "experiments.rows", "experiments"}

HEAD = """# Architecture

<!-- Made by `python experiments/tests/tools/architecture.py`; do not edit. -->

Four folders at the top level form the package `kmedoids_bench`. `api` is what `import kmedoids_bench` gives.
`algorithms` and `datasets` do not import each other; `experiments` imports both. Inside `experiments`, a package
imports only packages below it; `make lint` checks that. The folder `benchmarks` is not part of the package: `make asv`
runs it to see whether the last commit is slower or changes a result.

An arrow points from the importing package to the imported one. Arrows that follow from others are left out, and so are
those to {everywhere}, which most packages import.
"""


def room_of(path: Path) -> str:
    """Return the room of a file: two folders are enough for a map, so a study is a part of `studies`."""
    parts = path.relative_to(ROOT).parts[:2]
    return ".".join(parts if ROOT.joinpath(*parts).is_dir() else parts[:1])


def imported(path: Path) -> set[str]:
    """Return the rooms that a file imports, other than its own."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    inside = [name.split(".")[1:] for name in names if name.startswith(f"{PACKAGE}.")]
    rooms = {room_of(ROOT.joinpath(*parts)) if parts[0] in TOP else API for parts in inside}
    return rooms - {room_of(path)}


def arrows(rooms: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Return the imports between rooms that do not follow from others."""
    shown = {room: targets - EVERYWHERE for room, targets in rooms.items() if room not in EVERYWHERE}

    def reachable(room: str, seen: frozenset = frozenset()) -> set[str]:
        below = shown.get(room, set()) - seen
        return below.union(*(reachable(target, seen | {room}) for target in below))

    return [
        (room, target)
        for room, targets in sorted(shown.items())
        for target in sorted(targets)
        if not any(target in reachable(other) for other in targets - {target})
    ]


def first_paragraph(path: Path) -> str:
    """Return the first paragraph of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def drawing(rooms: dict[str, set[str]]) -> str:
    """Return the rooms and the arrows between them as a Mermaid flow chart."""
    lines = ["```mermaid", "flowchart TD"]
    for top in TOP:
        members = [room for room in rooms if room.split(".")[0] == top and room not in EVERYWHERE]
        lines += [f"    subgraph {top}", *(f"        {room}[{room.split('.')[-1]}]" for room in members), "    end"]
    return "\n".join([*lines, *(f"    {room} --> {target}" for room, target in arrows(rooms)), "```"])


def chapter(room: str, files: list[Path]) -> str:
    """Return what a room is for, and a line for each of its files."""
    folder = ROOT.joinpath(*room.split("."))
    lines = [f"### {'/'.join(room.split('.'))}", "", first_paragraph(folder / "__init__.py"), ""]
    for path in files:
        inside = path.relative_to(folder)
        shown = inside.parent if inside.name == "__init__.py" else inside
        if len(shown.parts) == 1:
            lines.append(f"- `{shown}{'/' if shown != inside else ''}` {first_paragraph(path)}")
    return "\n".join(lines)


def page() -> str:
    """Return the text of ARCHITECTURE.md."""
    rooms, files = defaultdict(set), defaultdict(list)
    for path in (path for top in TOP for path in sorted((ROOT / top).rglob("*.py"))):
        if not NO_ROOMS & set(path.relative_to(ROOT).parts):
            rooms[room_of(path)] |= imported(path)
            files[room_of(path)].append(path)
    everywhere = ", ".join(f"`{room.replace('.', '/')}`" for room in sorted(EVERYWHERE - set(TOP)))
    parts = [HEAD.format(everywhere=everywhere), drawing(dict(rooms)), "", "## The packages", ""]
    return "\n".join([*parts, *(chapter(room, files[room]) + "\n" for room in sorted(rooms))])


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is out of date.")
def main(check: bool) -> None:
    """Write ARCHITECTURE.md, or check it."""
    text = page()
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
        sys.exit("ARCHITECTURE.md is out of date: python experiments/tests/tools/architecture.py")


if __name__ == "__main__":
    main()
