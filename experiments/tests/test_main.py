"""The command line as a user meets it: every error is one message, no traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from kmedoids_bench.experiments.commands.console import main
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.planning.profile import FOLDER

COMMAND = [sys.executable, "-m", "kmedoids_bench.experiments"]


def call(*words, **options):
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


def test_help_names_every_step():
    text = CliRunner().invoke(main, ["--help"]).output
    for step in ("check", "environment", "matrices", "measure", "report", "bounds"):
        assert step in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("profile: x\ncolour: red\n", "'colour' is not a key"),
        ((FOLDER / "smoke.yaml").read_text().replace("digits", "digitz"), "'digitz' is not a dataset, did you mean 'd"),
        (None, "bad.yaml' does not exist"),
    ],
)
def test_a_bad_profile_is_one_message(tmp_path, content, message):
    if content is not None:
        (tmp_path / "bad.yaml").write_text(content)
    done = call("check", "--profile", tmp_path / "bad.yaml")
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "module",
    ["commands.console", "planning.forecast", "audit.subject", "workflow.prepare", "workflow.measure", "audit.audit"],
)
def test_a_step_imports_only_what_it_uses(module):
    """In a fresh process: a workflow with a hundred datasets starts hundreds of them."""
    slow = {"pandas", "matplotlib", "numba", "scipy", "sklearn", "requests", "jinja2", "snakemake"}
    code = f"import sys, kmedoids_bench.experiments.{module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(done.stdout.split())


def test_the_names_that_the_workflow_parses_are_cheap():
    code = (
        "import sys, yaml; from kmedoids_bench.experiments.planning.profile import FOLDER, profile_of;"
        "profile = profile_of(yaml.safe_load((FOLDER / 'paper.yaml').read_text()), 'paper'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "matplotlib", "numba", "scipy", "sklearn", "requests"} & set(done.stdout.split())


def test_a_profile_is_checked_in_less_than_a_second():
    def seconds():
        before = os.times()
        assert call("check", "--profile", FOLDER / "smoke.yaml").returncode == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(3)) < 1


def test_a_changed_verdict_fails_the_command(tmp_path):
    for name, verdict in (("before", "reproduced"), ("after", "contradicted")):
        (tmp_path / name / "tables").mkdir(parents=True)
        for table, lines in {
            "verdicts": f"claim,code_base,statement,verdict\n7,ours,It is fast.,{verdict}\n",
            "measures": "claim,code_base,quantity,value,low,high\n7,ours,study.x,1.5,1,2\n",
        }.items():
            (tmp_path / name / "tables" / f"claims_{table}.csv").write_text(lines)

    def stability(*folders):
        return CliRunner().invoke(main, ["stability", *(str(tmp_path / folder) for folder in folders)])

    assert stability("before", "before").exit_code == 0
    done = stability("before", "after")
    assert (done.exit_code, "1 decided otherwise" in done.output) == (1, True)
    done = call("stability", tmp_path / "before", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "claims_verdicts.csv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """The smoke profile with one algorithm, to compile no more."""
    path, raw = tmp_path_factory.mktemp("profile") / "one.yaml", yaml.safe_load((FOLDER / "smoke.yaml").read_text())
    grid = raw["studies"]["swap_time"]["grids"][0] | {"algorithms": ["fasterpam"]}
    path.write_text(
        yaml.safe_dump(raw | {"profile": "one", "libraries": [], "studies": {"swap_time": {"grids": [grid]}}})
    )
    return path


@pytest.fixture(scope="module")
def prepared(profile, tmp_path_factory):
    """The record that the command `matrices` writes for the profile."""
    folder = tmp_path_factory.mktemp("matrices")
    record = folder / "prepared.json"
    done = call("matrices", "--profile", profile, "--dataset", "digits", "--folder", folder, "--out", record)
    assert done.returncode == 0, done.stderr
    return record


def measuring(profile: Path, record: Path, folder: Path):
    words = ("--matrices", record, "--store", folder / "rows.jsonl", "--logs", folder, "--out", folder / "out.json")
    return [str(word) for word in ("measure", "--profile", profile, *words)]


def test_a_record_of_another_version_is_one_message(profile, tmp_path):
    record = tmp_path / "old.json"
    record.write_text('{"dataset": "digits", "asked": {}}')
    done = call(*measuring(profile, record, tmp_path))
    assert done.returncode == 1
    assert "old.json is not the record of a step of this version" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("matrices", "--dataset", "mnist"), "--dataset: 'mnist' is not a dataset of this profile (allowed: digits)"),
        (("matrices", "--dataset", "../x"), "--dataset: '../x' is not a dataset of this profile"),
        (("environment", "--library", "elki2"), "Invalid value for '--library': 'elki2' is not one of 'aeon', "),
    ],
)
def test_an_unknown_name_is_one_message(profile, tmp_path, words, message):
    more = ("--profile", profile, "--folder", tmp_path) if words[0] == "matrices" else ()
    done = call(*words, *more, "--out", tmp_path / "out.json")
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_data_that_a_type_cannot_hold_are_one_message(tmp_path):
    """Whether sums of whole numbers are small enough is only known from the data."""
    raw = yaml.safe_load((FOLDER / "smoke.yaml").read_text()) | {"profile": "one", "libraries": []}
    grid = {"datasets": ["dry_bean"], "metric": "cityblock", "dtype": "int32", "k": [2], "starts": ["build"]}
    (tmp_path / "one.yaml").write_text(yaml.safe_dump(raw | {"studies": {"swap_time": {"grids": [grid | {"n": 40}]}}}))
    words = ("--profile", tmp_path / "one.yaml", "--dataset", "dry_bean", "--folder", tmp_path)
    done = call("matrices", *words, "--out", tmp_path / "out.json")
    if (tmp_path / "out.json").exists():
        pytest.skip("dry_bean cannot be had here")
    assert done.returncode == 1
    assert "dataset 'dry_bean': d(0, 1) = " in done.stderr
    assert done.stderr.endswith("not a whole number: choose float32 or float64\n  change this in the profile\n")


def test_two_runs_at_once_are_told_apart(profile, prepared, tmp_path):
    with Store(tmp_path / "rows.jsonl"):
        done = call(*measuring(profile, prepared, tmp_path))
    assert done.returncode != 0
    assert "another run is writing to" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.proof)])
def test_an_interrupted_run_says_that_nothing_is_lost_and_leaves_no_worker(profile, prepared, tmp_path, number):
    run = subprocess.Popen(
        [*COMMAND, *measuring(profile, prepared, tmp_path)],
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
    _, errors = run.communicate(timeout=30)
    assert run.returncode != 0
    assert "interrupted: all finished runs are kept" in errors
    assert "Traceback" not in errors
    assert not (tmp_path / "out.json").exists()
    assert all(json.loads(line)["status"] == "ok" for line in store.read_text().splitlines())
