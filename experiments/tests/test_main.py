"""The command line as a user meets it: every error is one message, no traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.planning.configuration import FOLDER

COMMAND = [sys.executable, "-m", "kmedoids_bench.experiments"]


def call(*words, **options):
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


def test_help_names_every_step():
    text = call("--help").stdout
    for step in ("check", "environment", "matrices", "measure", "report"):
        assert step in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("profile: x\ncolour: red\n", "'colour' was unexpected"),
        ((FOLDER / "smoke.yaml").read_text().replace("digits", "digitz"), "dataset 'digitz' is not known"),
    ],
)
def test_a_bad_configuration_is_one_message(tmp_path, content, message):
    (tmp_path / "bad.yaml").write_text(content)
    done = call("check", "--config", tmp_path / "bad.yaml")
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_configuration_is_one_message(tmp_path):
    done = call("check", "--config", tmp_path / "none.yaml")
    assert done.returncode != 0
    assert "none.yaml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def made(tmp_path):
    """What the command `matrices` writes for the smoke profile."""
    done = call(
        "matrices",
        "--config",
        FOLDER / "smoke.yaml",
        "--dataset",
        "digits",
        "--folder",
        tmp_path,
        "--out",
        tmp_path / "made.json",
    )
    assert done.returncode == 0, done.stderr
    return tmp_path / "made.json"


def measuring(made, folder: Path):
    return [
        "measure",
        "--config",
        str(FOLDER / "smoke.yaml"),
        "--matrices",
        str(made),
        "--store",
        str(folder / "rows.jsonl"),
        "--logs",
        str(folder),
        "--out",
        str(folder / "out.json"),
    ]


def test_two_runs_at_once_are_told_apart(made, tmp_path):
    with Store(tmp_path / "rows.jsonl"):
        done = call(*measuring(made, tmp_path))
    assert done.returncode != 0
    assert "another run is writing to" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_that_nothing_is_lost_and_leaves_no_worker(made, tmp_path, number):
    run = subprocess.Popen(
        [*COMMAND, *measuring(made, tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
        # What runs in the background, these tests too perhaps, is started with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    store = tmp_path / "rows.jsonl"
    deadline = time.monotonic() + 90
    while not (store.exists() and store.read_bytes().count(b"\n") > 3) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(run.pid, number)
    _, said = run.communicate(timeout=30)
    assert run.returncode != 0
    assert "interrupted: all finished runs are kept" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.json").exists()
    assert all(json.loads(line)["status"] == "ok" for line in store.read_text().splitlines())
