"""The campaign of kills notices every kind of damage, here planted in a small program; and real runs take none."""

import random
import sys

import pytest

from kmedoids_bench.experiments.tests.campaign import kills
from kmedoids_bench.experiments.tests.campaign.campaign import Length, Line, summed
from kmedoids_bench.experiments.tests.campaign.kills import Scene, files_of, kind_of, results_of

# Measures ten rows and continues after an interruption, as a run does.
PROGRAM = """
import json, os, sys, time
from pathlib import Path
store = Path("results/cells/digits.jsonl")
store.parent.mkdir(parents=True, exist_ok=True)
rows = store.read_text().splitlines() if store.exists() else []
interrupted = bool(rows)
def add(number, loss=1.0, block="b"):
    with store.open("a") as file:
        row = {"id": str(number), "block": block, "contender": "c", "series": 0, "status": "ok", "loss": loss}
        file.write(json.dumps(row) + "\\n")
for number in range(len(rows), 10):
    time.sleep(0.02)
    add(number)
if interrupted:
    FAULT
"""
FAULTS = {
    "pass": Line("", 0),
    "store.write_text(store.read_text().partition('\\n')[2])": Line("", 0, lost=1),
    "add(3)": Line("", 0, lost=1),
    "add(99, block='other')": Line("", 0, lost=1),
    "store.write_text(store.read_text().replace('1.0', '2.0'))": Line("", 0, lost=1, wrong=1),
    "Path('results/.page.part').touch()": Line("", 0, wrong=1),
    "print('Traceback (most recent call last)')": Line("", 0, tracebacks=1),
    "sys.exit('unlock it by hand')": Line("", 0, manual=1),
    "time.sleep(60)": Line("", 0, hangs=1),
}


@pytest.mark.proof
@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
def test_damage_is_noticed(fault, expected, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(kills, "HANG_SECONDS", 1.0)
    monkeypatch.setattr(kills, "ROOT", tmp_path_factory.mktemp("kept"))  # evidence of a run is kept elsewhere
    program = tmp_path / "run.py"
    monkeypatch.setattr(kills, "COMMAND", [sys.executable, "-I", str(program)])
    program.write_text(PROGRAM.replace("FAULT", "pass"))
    scene = Scene(tmp_path, {}, seconds=0.25)
    assert scene.command() == (None, 0)
    scene.expected, scene.files = results_of(scene.lines()), files_of(tmp_path)
    scene.forget()
    program.write_text(PROGRAM.replace("FAULT", fault))
    (total,) = summed(Line("", *line_numbers(line)) for line in kills.kills(scene, 3, random.Random(0)))
    assert total.times == 3
    assert [number > 0 for number in line_numbers(total)[1:]] == [number > 0 for number in line_numbers(expected)[1:]]


def line_numbers(line):
    return [line.times, line.lost, line.tracebacks, line.hangs, line.manual, line.wrong]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("/usr/bin/make run PROFILE=campaign", "make"),
        ("/bin/sh -c make", "a shell"),
        ("sh experiments/envs/setup.sh run", "a shell"),
        ("flock 9", "flock"),
        ("/x/.venv/bin/python .venv/bin/snakemake --configfile a.yaml", "Snakemake"),
        ("python -m kmedoids_bench.experiments --log results/logs/a.log measure --profile a.yaml", "the driver"),
        ("python -m kmedoids_bench.experiments --log results/logs/a.log report --profile a.yaml", "a step"),
        ("/x/.venv/bin/python -u /x/worker.py /x/own_adapter.py 17", "a worker"),
        ("/usr/lib/R/bin/exec/R --no-echo --file=/x/worker.R --args /x/adapter.R 17", "R"),
        ("java -XX:+UseSerialGC -cp elki.jar /x/algorithms/references/elki/Elki.java", "Java"),
        ("git rev-parse HEAD", "another process"),
        ("", "another process"),
    ],
)
def test_processes_are_told_apart(command, kind):
    assert kind_of(command.split(" ") if command else []) == kind


@pytest.mark.proof
def test_a_few_kills_do_no_damage(tmp_path):
    (total,) = summed(Line("", *line_numbers(line)) for line in kills.lines(Length(seed=1, kills=3), tmp_path))
    assert total == Line("", 3)
