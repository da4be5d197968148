"""The campaign of damaged state notices every kind of damage, here planted in a small program."""

import json
import sys

import pytest

from kmedoids_bench.experiments.tests.campaign import kills, state
from kmedoids_bench.experiments.tests.campaign.campaign import Length
from kmedoids_bench.experiments.tests.campaign.kills import Scene, files_of, results_of
from kmedoids_bench.experiments.tests.campaign.state import Fault, rows, size_of, suffer, truncated

# Ignores what is no row, says so, and adds the rows that are missing.
PROGRAM = """
import json, sys, time
from pathlib import Path
store, work = Path("results/cells/digits.jsonl"), Path("results/work/campaign/measured")
for folder in (store.parent, work, Path("results/logs")):
    folder.mkdir(parents=True, exist_ok=True)
lines = store.read_text().splitlines() if store.exists() else []
there = {line for line in lines if line.startswith("{")}
if len(there) < len(lines):
    print("a line is ignored", flush=True)
with store.open("a") as file:
    for line in Path("rows").read_text().splitlines():
        if line not in there:
            file.write(line + "\\n")
work.joinpath("digits.json").touch()
Path("results/report.html").touch()
FAULT
"""
HARM = Fault("nonsense", rows(lambda lines: [b"nonsense\n", *lines[1:]]), "is ignored")
FAULTS = {
    "pass": {},
    "store.write_text('')": {"lost": 10},
    "store.write_text(store.read_text().replace('100.0', '99.0'))": {"wrong": 1},
    "Path('results/more').touch()": {"wrong": 1},
    "print('Traceback (most recent call last)')": {"tracebacks": 1},
    "sys.exit('repair it by hand')": {"manual": 1},
    "time.sleep(60)": {"hangs": 2},  # so does the same command again
}


@pytest.fixture
def scene(tmp_path, factory, monkeypatch):
    """A finished run of the program, saved."""
    monkeypatch.setattr(state, "HANG_SECONDS", 1.0)
    monkeypatch.setattr(kills, "ROOT", tmp_path)
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    records = [factory.record(id=str(number), seconds=0.1) for number in range(10)]
    (checkout / "rows").write_text("".join(json.dumps(record) + "\n" for record in records))
    monkeypatch.setattr(kills, "COMMAND", [sys.executable, "-I", str(tmp_path / "run.py")])
    (tmp_path / "run.py").write_text(PROGRAM.replace("FAULT", ""))
    scene = Scene(checkout, {}, seconds=0.1)
    assert scene.command() == (None, 0)
    scene.expected, scene.files = results_of(scene.lines()), files_of(checkout)
    state.shutil.copytree(checkout / "results", tmp_path / "saved" / "results")
    return scene


@pytest.mark.proof
@pytest.mark.parametrize(("fault", "damage"), FAULTS.items())
def test_damage_is_noticed(scene, tmp_path, fault, damage):
    (tmp_path / "run.py").write_text(PROGRAM.replace("FAULT", fault))
    line = suffer(scene, HARM, tmp_path / "saved")
    assert line is not None
    assert {name: count for name, count in vars(line).items() if count and name not in ("done", "times")} == damage


def test_what_a_person_is_not_told_is_a_manual_step(scene, tmp_path):
    line = suffer(scene, Fault("nonsense", HARM.harm, "the moon is full"), tmp_path / "saved")
    assert (line.manual, line.lost) == (1, 0)


def test_a_disk_has_room_for_what_is_there(tmp_path):
    assert size_of(tmp_path / "missing") == 0
    (tmp_path / "file").write_bytes(bytes(5000))
    assert size_of(tmp_path) == 4 * state.os.sysconf("SC_PAGE_SIZE")


@pytest.mark.proof
def test_the_first_faults_do_no_damage(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    monkeypatch.setattr(state, "FAULTS", [HARM, Fault("cut", rows(lambda lines: [truncated(lines[0])]))])
    assert all(line.harmless for line in state.lines(Length(), tmp_path))
