"""The examples of the documentation run and print what they say, and the tutorial gives the outputs that it shows."""

import ast
import contextlib
import io
import json
import re
import shlex
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import rich_click as click

from kmedoids_bench.experiments.commands.console import main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = [page for page in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))) if BLOCK.search(page.read_text("utf-8"))]


def data():
    """What the examples of README.md and of the page about cards take for granted; small, for numba's simulator."""
    rng = np.random.default_rng(0)
    points = rng.integers(0, 50, size=(12, 2)).astype(np.float64)
    distances = np.abs(points[:, None] - points).sum(axis=2)
    return {
        "points": points,
        "weights": np.ones(12),
        "distances": distances,
        "new_points": points[:3],
        "distances_of_new_objects": distances[:3],
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_print_what_they_say(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)  # some write files
    (tmp_path / "results").symlink_to(ROOT / "results")
    code = "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))
    exec(compile(code, str(page), "exec"), data())
    assert capsys.readouterr().out.splitlines() == re.findall(r"^ *print\(.*\)  # (.*)$", code, re.MULTILINE)


COMMANDS = [
    (page.name, line.replace("\\\n", ""))
    for page in (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
    for line in re.findall(r"^    kmedoids-bench ((?:.*\\\n)*.*)", page.read_text("utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_commands_have_the_options_that_pages_use(page, line):
    name, *words = shlex.split(line)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    values, left, _ = command.make_parser(click.RichContext(command)).parse_args(words)
    assert not left
    assert not [each.name for each in command.params if each.required and not values.get(each.name)]


def shown(cell):
    """What a cell of the notebook shows as text; pictures are not compared."""
    texts = ["".join(output.get("text") or output["data"]["text/plain"]) for output in cell["outputs"]]
    return "".join(text for text in texts if not text.startswith("<Figure")).strip()


def run(source, namespace):
    """Run a cell; return what it shows as text."""
    tree = ast.parse(source)
    last = [tree.body.pop()] if isinstance(tree.body[-1], ast.Expr) else []  # prints its value
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "tutorial", "exec"), namespace)
        exec(compile(ast.Interactive(last), "tutorial", "single"), namespace)
    plt.close("all")
    return printed.getvalue().strip()


def test_the_tutorial_gives_the_outputs_that_it_shows():
    cells = json.loads((DOCS / "tutorial.ipynb").read_text(encoding="utf-8"))["cells"]
    namespace = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert run("".join(cell["source"]), namespace) == shown(cell), "".join(cell["source"])
