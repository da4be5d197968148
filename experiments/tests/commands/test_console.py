"""Every command is found by its place, is quick to list, and has a help that can be copied from."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import rich_click as click
from click.testing import CliRunner

from kmedoids_bench.experiments import commands as room
from kmedoids_bench.experiments.commands import SECTIONS, commands
from kmedoids_bench.experiments.commands.console import main

CONSOLE = Path(sys.executable).with_name("kmedoids-bench")
EVERY = pytest.mark.parametrize("name", commands())


def command(name):
    return main.get_command(click.Context(main), name)


def in_a_fresh_process(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_every_section_is_a_folder_and_every_folder_a_section():
    assert {path.parent.name for path in Path(room.__file__).parent.glob("*/__init__.py")} == set(SECTIONS)


def test_help_lists_every_command_under_its_heading():
    text = CliRunner().invoke(main, ["--help"], env={"COLUMNS": "200"}).output
    headings = [*dict.fromkeys(SECTIONS[module.split(".")[-2]] + ":" for module in commands().values()), "Examples:"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    for name, module in commands().items():
        section = text.partition(f"{SECTIONS[module.split('.')[-2]]}:")[2].partition("\n \n")[0]
        assert f"  {name} " in section


def test_listing_all_commands_imports_nothing_slow():
    done = in_a_fresh_process(
        "import sys; from kmedoids_bench.experiments.commands.console import main\n"
        "main(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    slow = {"pandas", "matplotlib", "numba", "scipy", "sklearn", "requests", "jinja2", "snakemake", "pyarrow"}
    assert not slow & set(done.stdout.split()), done.stderr


@EVERY
def test_a_command_says_what_it_does_in_one_line(name):
    line = command(name).help.split("\n")[0]
    assert line.endswith(".")
    assert len(line) <= 110
    assert all(parameter.help for parameter in command(name).params if isinstance(parameter, click.Option))


@EVERY
def test_the_examples_of_a_command_use_it_as_it_is(name):
    first, *lines = command(name).epilog.split("\n\n")
    assert first == "Examples:"
    assert lines
    for line in lines:
        _, program, called, *words = shlex.split(line, comments=True)
        assert (program, called) == ("kmedoids-bench", name)
        context = click.RichContext(command(name), info_name=name)
        values, left, _ = command(name).make_parser(context).parse_args(words)
        assert not left
        missing = [each.name for each in command(name).params if each.required and not values.get(each.name)]
        assert not missing


def test_the_shell_completes_commands_and_options():
    def completed(words):
        env = {"_KMEDOIDS_BENCH_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        return subprocess.run([CONSOLE], env=os.environ | env, capture_output=True, text=True).stdout.split()

    assert completed("kmedoids-bench mea") == ["plain,measure"]
    assert completed("kmedoids-bench measure --ma") == ["plain,--matrices"]


def test_without_the_extra_the_command_says_how_to_get_it():
    done = in_a_fresh_process(
        "import sys; sys.modules['rich_click'] = None; from kmedoids_bench.experiments.__main__ import run; run()"
    )
    assert (done.returncode, done.stderr) == (
        1,
        "kmedoids-bench needs rich_click: pip install 'kmedoids-bench[experiments]'\n",
    )
