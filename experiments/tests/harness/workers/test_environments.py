"""Real, tiny environments: one wheel made here, no index asked."""

import base64
import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from kmedoids_bench.experiments.harness.workers import environments
from kmedoids_bench.experiments.harness.workers.environments import (
    EnvironmentUnavailable,
    ensure,
    find_python,
    wanted_python,
)

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder of requirement files for one made-up library, whose wheel pip finds without an index."""
    wheel = tmp_path / "tinylib-1.0-py3-none-any.whl"
    files = {
        "tinylib.py": "ANSWER = 42\n",
        "tinylib-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tinylib\nVersion: 1.0\n",
        "tinylib-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = []
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(text)}")
        archive.writestr("tinylib-1.0.dist-info/RECORD", "\n".join([*record, "tinylib-1.0.dist-info/RECORD,,", ""]))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("KMEDOIDS_BENCH_RUN", raising=False)
    requirements = tmp_path / "envs"
    requirements.mkdir()
    (requirements / "tiny.in").write_text("tinylib\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (requirements / "tiny.txt").write_text(f"tinylib==1.0 --hash=sha256:{digest}\n")
    return {"requirements": requirements, "home": tmp_path / "home"}


@pytest.fixture
def quick_venv(monkeypatch):
    """Environments that use our own pip instead of unpacking one: seconds less per test."""
    real = environments._run

    def run(command, *rest):
        if "venv" in command:
            return real([*command, "--without-pip"], *rest)
        return real([sys.executable, "-m", "pip", "--python", command[0], *command[4:]], *rest)

    monkeypatch.setattr(environments, "_run", run)


def answer(environment):
    code = "import sys, tinylib; print(tinylib.ANSWER, sys.prefix)"
    return subprocess.run([environment.python, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_builds_with_pip_of_its_own_and_reuses(shop):
    first = ensure("tiny", **shop)
    assert not first.reused
    assert answer(first) == ["42", str(first.python.parents[1])]
    again = ensure("tiny", **shop)
    assert again.reused
    assert again.python == first.python
    assert again.seconds == first.seconds


def test_other_requirements_are_another_environment(shop, quick_venv):
    first = ensure("tiny", **shop)
    lock = shop["requirements"] / "tiny.txt"
    lock.write_text("# changed\n" + lock.read_text())
    second = ensure("tiny", **shop)
    assert not second.reused
    assert second.python != first.python


def test_an_environment_without_its_stamp_is_built_again(shop, quick_venv):
    first = ensure("tiny", **shop)
    folder = first.python.parents[1]
    (folder / "complete.json").unlink()
    torn = next(folder.rglob("tinylib.py"))
    torn.write_text("")
    second = ensure("tiny", **shop)
    assert not second.reused
    assert answer(second)[0] == "42"


def test_an_environment_whose_python_is_gone_is_built_again(shop, quick_venv):
    first = ensure("tiny", **shop)
    first.python.unlink()
    first.python.symlink_to("/nowhere/python")
    assert answer(ensure("tiny", **shop))[0] == "42"


BUILDER = (
    "import pathlib, sys; from kmedoids_bench.experiments.harness.workers.environments import ensure;"
    "print(ensure('tiny', requirements=pathlib.Path(sys.argv[1]), home=pathlib.Path(sys.argv[2])).reused)"
)


def start_builder(shop):
    command = [sys.executable, "-c", BUILDER, str(shop["requirements"]), str(shop["home"])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_killed_builder_leaves_nothing_that_counts(shop):
    """The child it leaves behind, still writing, is waited for; then everything is built again."""
    with start_builder(shop) as builder:
        deadline = time.monotonic() + 30
        while not any(shop["home"].glob("tiny-*/bin/python")) and time.monotonic() < deadline:
            time.sleep(0.01)
        builder.send_signal(signal.SIGKILL)
    assert builder.returncode == -signal.SIGKILL
    assert not list(shop["home"].glob("tiny-*/complete.json"))
    environment = ensure("tiny", **shop)
    assert not environment.reused
    assert answer(environment)[0] == "42"


def test_two_at_once_build_one(shop):
    both = [start_builder(shop) for _ in range(2)]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in both) == ["False", "True"]


def test_wrong_hash(shop, quick_venv):
    (shop["requirements"] / "tiny.txt").write_text(f"tinylib==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(EnvironmentUnavailable, match="not the one the lock names") as caught:
        ensure("tiny", **shop)
    assert "pip cache purge" in caught.value.advice


def test_what_is_missing_is_asked_for_once_a_run(shop, quick_venv, monkeypatch):
    wheel = shop["home"].parent / "tinylib-1.0-py3-none-any.whl"
    away = wheel.rename(wheel.with_suffix(".away"))
    with pytest.raises(EnvironmentUnavailable, match=r"no file of tinylib==1\.0") as caught:
        ensure("tiny", **shop, run="monday")
    assert ".log" in caught.value.advice
    away.rename(wheel)  # it has arrived, but this run has asked already
    with pytest.raises(EnvironmentUnavailable) as remembered:
        ensure("tiny", **shop, run="monday")
    assert str(remembered.value) == str(caught.value)
    monkeypatch.setenv("KMEDOIDS_BENCH_RUN", "tuesday")
    assert answer(ensure("tiny", **shop))[0] == "42"


def test_a_build_that_takes_too_long_is_stopped(shop, monkeypatch):
    monkeypatch.setattr(environments, "BUILD_SECONDS", 0.05)
    with pytest.raises(EnvironmentUnavailable, match="took more than"):
        ensure("tiny", **shop)


def test_unknown_name_lists_the_known(shop):
    with pytest.raises(ValueError, match="no environment 'nope', there are: tiny"):
        ensure("nope", **shop)


def test_wanted_python_is_read_from_the_source_file(tmp_path):
    source = tmp_path / "old.in"
    assert wanted_python(source) is None
    source.write_text("tinylib\n")
    assert wanted_python(source) is None
    source.write_text("# wheels stop here\n# python: 3.11\ntinylib\n")
    assert wanted_python(source) == "3.11"


def test_find_python_takes_our_own_when_it_will_do():
    assert find_python("tiny", None) == (sys.executable, OWN)
    assert find_python("tiny", OWN) == (sys.executable, OWN)


def fake_python(folder, monkeypatch, script):
    program = folder / "python3.4"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return str(program)


def test_find_python_looks_on_the_path(tmp_path, monkeypatch):
    program = fake_python(tmp_path, monkeypatch, "echo 3.4")
    assert find_python("tiny", "3.4") == (program, "3.4")


@pytest.mark.parametrize("script", ["exit 127", "echo 3.5"])
def test_find_python_does_not_believe_a_shim(tmp_path, monkeypatch, script):
    fake_python(tmp_path, monkeypatch, script)
    with pytest.raises(EnvironmentUnavailable, match="needs Python 3.4") as caught:
        find_python("tiny", "3.4")
    assert "python3.4 is on PATH" in caught.value.advice


def test_a_missing_python_is_told_by_ensure(shop, monkeypatch):
    monkeypatch.setenv("PATH", str(shop["requirements"]))
    (shop["requirements"] / "tiny.in").write_text("# python: 3.4\ntinylib\n")
    with pytest.raises(EnvironmentUnavailable, match="needs Python 3.4"):
        ensure("tiny", **shop)
