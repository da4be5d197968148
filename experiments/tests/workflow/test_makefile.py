"""What `make` does around the workflow."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def forget(tmp_path):
    """Return a function that lets `make run PROFILE=quick` forget, and returns what is left."""

    def left():
        subprocess.run(["sh", ROOT / "experiments/workflow/forget.sh", "quick"], cwd=tmp_path, check=True)
        return {str(path.relative_to(tmp_path / "results")) for path in tmp_path.rglob("*") if path.is_file()}

    return left


@pytest.fixture
def done(tmp_path):
    """What two runs left: relative paths and contents."""
    nothing = '{\n "unavailable": null,\n "kind": "prepared"\n}'
    missing = '{\n "unavailable": {\n  "what": "dataset mnist"\n },\n "kind": "prepared"\n}'
    files = {"report.html": "", "cells/digits.jsonl": ""}
    for profile in ("quick", "paper"):
        files |= {f"work/{profile}/matrices/digits.json": nothing, f"work/{profile}/measured/digits.json": nothing}
    for name, text in files.items():
        path = tmp_path / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {"names": set(files), "folder": tmp_path / "results", "missing": missing}


def test_a_complete_run_forgets_nothing(done, forget):
    assert forget() == done["names"]


@pytest.mark.parametrize("kind", ["matrices", "environments"])
def test_what_could_not_be_had_is_asked_for_again(done, forget, kind):
    for profile in ("quick", "paper"):
        record = done["folder"] / "work" / profile / kind / "mnist.json"
        record.parent.mkdir(exist_ok=True)
        record.write_text(done["missing"])
    expected = (done["names"] | {f"work/paper/{kind}/mnist.json"}) - {"report.html"}
    assert forget() == expected
    assert forget() == expected


def test_what_is_dated_in_the_future_gets_the_time_of_now(done, forget):
    """Snakemake fails when an output is older than its input."""
    record = done["folder"] / "work" / "quick" / "matrices" / "digits.json"
    os.utime(record, (2.2e9, 2.2e9))
    lock = done["folder"].parent / ".snakemake" / "run.lock"  # make has opened it
    lock.parent.mkdir()
    lock.touch()
    subprocess.run(["sh", ROOT / "experiments/workflow/forget.sh", "quick"], cwd=done["folder"].parent, check=True)
    assert record.stat().st_mtime <= time.time()
    assert record.read_text().startswith("{")


def test_a_failing_step_is_shown(tmp_path):
    """Of Snakemake only warnings and errors are shown, but those are."""
    rule = 'rule fails:\n    output: "x"\n    log: "y"\n    shell: "echo because >{log}; exit 1"\n'
    (tmp_path / "Snakefile").write_text((ROOT / "Snakefile").read_text().split("# Not beside")[0] + rule)
    profile = ROOT / "experiments/workflow/snakemake"
    words = [sys.executable, "-m", "snakemake", "--workflow-profile", profile, "fails"]
    run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert "because" in run.stderr
    assert "Building DAG" not in run.stderr


def test_what_lost_its_rows_is_measured_again(done, forget):
    (done["folder"] / "cells" / "digits.jsonl").unlink()
    assert forget() == done["names"] - {"cells/digits.jsonl", "work/quick/measured/digits.json", "report.html"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{\n "unavailable": {',
        b'{\n "unavailable": {\n  "what": 1\n }',
        bytes(300),
        b'{\n "environment": "digits"\n}',
    ],
)
def test_a_damaged_record_is_made_again(done, forget, content, capfd):
    (done["folder"] / "work" / "quick" / "matrices" / "digits.json").write_bytes(content)
    assert forget() == done["names"] - {"work/quick/matrices/digits.json", "report.html"}
    said = "results/work/quick/matrices/digits.json is damaged, or of another version: its step is done again\n"
    assert capfd.readouterr().err == said


def test_nothing_was_done_yet(forget):
    assert forget() == set()


def test_every_run_of_the_workflow_forgets_first():
    workflow = (ROOT / "Makefile").read_text().partition("define workflow")[2].partition("endef")[0]
    assert workflow.index("forget.sh $(1)") < workflow.index("$(SNAKEMAKE)")


RUN = """include {makefile}
alone:
	@$(alone) && $(COMMAND)
"""


@pytest.fixture
def alone(tmp_path):
    """Start a command with make, as the only run in a folder; it has to be over within seconds."""
    (tmp_path / "run.mk").write_text(RUN.format(makefile=ROOT / "Makefile"))
    started = []

    def alone(command):
        words = ["make", "-f", "run.mk", "alone", f"COMMAND={command}"]
        process = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
        started.append(process)
        return process

    yield alone
    for process in started:
        process.kill()
        process.communicate()


def wait_for(path):
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("killed", ["make", "make and its shell"])
def test_the_same_command_waits_for_what_a_kill_has_left_and_then_runs(alone, tmp_path, killed):
    first = alone("{ touch began; sleep 1; echo first >>log; }")
    wait_for(tmp_path / "began")
    victims = [psutil.Process(first.pid), *(psutil.Process(first.pid).children() if "shell" in killed else [])]
    for victim in victims:
        os.kill(victim.pid, signal.SIGKILL)
    again = alone("echo second >>log")
    assert "another run uses this folder; waiting until it ends (processes: " in again.communicate(timeout=20)[1]
    assert again.returncode == 0
    left = (tmp_path / "log").read_text().split()
    assert left == (["first", "second"] if killed == "make" else ["second"])


def test_a_run_that_has_ended_leaves_no_lock(alone, tmp_path):
    for number in range(2):
        done = alone(f"echo {number} >>log")
        assert (done.communicate(timeout=20)[1], done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("given", "folder"),
    [([], "paper"), (["PROFILE=quick"], "quick"), (["PROFILE=quick", "AS=contributed/mine"], "contributed/mine")],
)
def test_a_run_is_published_under_its_profile_or_the_name_that_is_given(given, folder):
    # make predefines AS=as, the assembler.
    commands = subprocess.run(
        ["make", "--dry-run", "publish", *given], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert f"--to results/published/{folder} " in commands.stdout
