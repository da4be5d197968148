import subprocess

import pytest

from kmedoids_bench.experiments.harness import machine


def test_the_identity_is_stable_and_the_facts_are_there():
    facts = machine.machine()
    assert machine.machine.__wrapped__()["machine"] == facts["machine"]
    assert facts["cores"] >= 1
    assert facts["ram_bytes"] > 2**28
    assert facts["cpu"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"intel_pstate/no_turbo": "0"}, True),
        ({"intel_pstate/no_turbo": "1", "cpufreq/boost": "1"}, False),
        ({"cpufreq/boost": "1"}, True),
        ({"cpufreq/boost": "0"}, False),
        ({}, None),
    ],
)
def test_turbo_is_read_from_whichever_driver_there_is(tmp_path, files, expected):
    for name, text in files.items():
        (tmp_path / "cpu" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cpu" / name).write_text(text + "\n")
    assert machine.turbo(tmp_path) is expected


def test_what_the_system_does_not_tell_is_missing(monkeypatch):
    monkeypatch.setattr(machine, "told", lambda *_: "")
    facts = machine.machine.__wrapped__()
    assert [facts[name] for name in ("governor", "turbo", "smt")] == [None] * 3
    assert facts["machine"] == machine.machine()["machine"]


def test_outside_a_checkout_there_is_no_commit(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    assert machine.checkout.__wrapped__() == {"commit": None, "dirty": None}


def test_changed_files_are_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=tmp_path, check=True)
    assert machine.checkout.__wrapped__()["dirty"] is False
    (tmp_path / "new").touch()
    assert machine.checkout.__wrapped__()["dirty"] is True
    (tmp_path / "site-packages").mkdir()  # an installed package, in a repository of the user's
    monkeypatch.setattr(machine, "ROOT", tmp_path / "site-packages")
    assert machine.checkout.__wrapped__() == {"commit": None, "dirty": None}
