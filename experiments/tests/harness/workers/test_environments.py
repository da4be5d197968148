"""Real, tiny environments: one wheel made here, and no index."""

import base64
import hashlib
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from kmedoids_bench.experiments.harness.workers import environments
from kmedoids_bench.experiments.harness.workers.environments import ensure, explain, is_built, requested_python
from kmedoids_bench.experiments.harness.workers.process import Unavailable

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """The lock file of a made-up library, whose wheel uv finds without an index."""
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
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    monkeypatch.setenv("KMEDOIDS_BENCH_RUN", "monday")
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "requirements.in").write_text("tinylib\n")
    lock = tmp_path / "tiny" / "requirements.txt"
    lock.write_text(f"tinylib==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    return lock


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def answer(python):
    code = "import sys, tinylib; print(tinylib.ANSWER, sys.prefix)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_builds_once(lock, home):
    assert not is_built(lock, home)
    python = ensure(lock, home)
    assert is_built(lock, home)
    assert answer(python) == ["42", str(python.parents[1])]
    (python.parents[1] / "mark").touch()
    assert ensure(lock, home) == python
    assert (python.parents[1] / "mark").exists()


def test_other_requirements_are_another_environment(lock, home):
    first = ensure(lock, home)
    lock.write_text("# changed\n" + lock.read_text())
    assert ensure(lock, home) != first


@pytest.mark.parametrize("missing", ["complete", "bin/python"])
def test_an_environment_that_is_not_complete_is_built_again(lock, home, missing):
    folder = ensure(lock, home).parents[1]
    (folder / missing).unlink()
    next(folder.rglob("tinylib.py")).unlink()
    assert answer(ensure(lock, home))[0] == "42"


def test_what_is_compiled_later_is_no_damage(lock, home, caplog):
    module = next(ensure(lock, home).parents[1].rglob("tinylib.py"))
    for compiled in ("tinylib.cpython-311.pyc", "tinylib.answer-1.py311.nbi", "tinylib.answer-1.py311.1.nbc"):
        module.with_name(compiled).write_text("code")
    caplog.clear()
    with caplog.at_level("INFO"):
        ensure(lock, home)
    assert caplog.text == ""
    assert module.with_name("tinylib.answer-1.py311.nbi").exists()


def test_a_damaged_environment_is_noticed_and_built_again(lock, home, caplog):
    module = next(ensure(lock, home).parents[1].rglob("tinylib.py"))
    for damage in ("ANS", None, "more"):
        if damage != "more":
            module.unlink()  # it may be a link of the file in uv's cache
        if damage is not None:
            module.with_name("more.py" if damage == "more" else module.name).write_text(damage)
        caplog.clear()
        assert answer(ensure(lock, home))[0] == "42"
        assert f"the environment {home}/tiny-" in caplog.text


BUILDER = (
    "import pathlib, sys; from kmedoids_bench.experiments.harness.workers import environments as e;"
    "build = e._build; e._build = lambda *words: (build(*words), print('built'));"
    "e.ensure(*map(pathlib.Path, sys.argv[1:]))"
)


def start_builder(lock, home):
    return subprocess.Popen([sys.executable, "-c", BUILDER, lock, home], stdout=subprocess.PIPE, text=True)


def test_a_killed_builder_leaves_nothing_that_counts(lock, home):
    with start_builder(lock, home) as builder:
        deadline = time.monotonic() + 60
        while not any(home.glob("tiny-*/bin/python")) and time.monotonic() < deadline:
            time.sleep(0.001)
        builder.send_signal(signal.SIGKILL)
    assert builder.returncode == -signal.SIGKILL
    assert not list(home.glob("tiny-*/complete"))
    assert answer(ensure(lock, home))[0] == "42"


def test_two_at_once_build_one(lock, home):
    both = [start_builder(lock, home) for _ in range(2)]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in both) == ["", "built"]


def test_uv_holds_the_lock_when_its_builder_is_gone(lock, home, tmp_path):
    """A substitute for uv that sleeps: the next process waits until it has ended."""
    slow = tmp_path / "uv"
    slow.write_text(f"#!/bin/sh\ntouch {home}/begun\nsleep 1.5\nexit 1\n")
    slow.chmod(0o755)
    code = BUILDER.replace("build = e", f"e.find_uv_bin = lambda: {str(slow)!r}; build = e")
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", code, lock, home]) as builder:
        while not (home / "begun").exists() and time.monotonic() < began + 60:
            time.sleep(0.001)
        started = time.monotonic()
        builder.send_signal(signal.SIGKILL)
    assert answer(ensure(lock, home))[0] == "42"
    assert time.monotonic() - started > 1.2


def test_wrong_hash(lock, home):
    lock.write_text(f"tinylib==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(Unavailable, match="file of tinylib==1.0 is not the one in the lock") as error:
        ensure(lock, home)
    assert "uv cache clean" in error.value.advice
    assert not list(home.glob("tiny-*/complete"))


def test_a_failure_is_remembered_for_one_run(lock, home, monkeypatch):
    wheel = home.parent / "tinylib-1.0-py3-none-any.whl"
    away = wheel.rename(wheel.with_suffix(".away"))
    with pytest.raises(Unavailable, match=r"there is no version of tinylib==1\.0") as error:
        ensure(lock, home)
    assert ".log" in error.value.advice
    away.rename(wheel)  # it is there again, but this run does not ask a second time
    with pytest.raises(Unavailable) as remembered:
        ensure(lock, home)
    assert str(remembered.value) == str(error.value)
    next(home.glob("*.failed.json")).write_text('{"run": "mon')  # damaged: nothing is remembered
    assert answer(ensure(lock, home))[0] == "42"
    monkeypatch.setenv("KMEDOIDS_BENCH_RUN", "tuesday")
    assert answer(ensure(lock, home))[0] == "42"


def test_without_network_the_server_is_named(lock, home, monkeypatch):
    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.delenv("UV_FIND_LINKS")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    with pytest.raises(Unavailable, match=r"^unavailable: http://127\.0\.0\.1:9 cannot be reached") as error:
        ensure(lock, home)
    assert "HTTPS_PROXY" in error.value.advice


@pytest.mark.parametrize("index", ["http://user:s3cr3t@127.0.0.1:9/simple", "http://user:s3cr3t@[::1/simple"])
def test_a_password_is_not_shown(lock, home, monkeypatch, index):
    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.delenv("UV_FIND_LINKS")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("PIP_INDEX_URL", index)
    with pytest.raises(Unavailable) as error:
        ensure(lock, home)
    assert "s3cr3t" not in f"{error.value!r} {error.value}"
    assert not [path for path in home.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]


def test_a_build_that_takes_too_long_is_stopped(lock, home, monkeypatch):
    monkeypatch.setattr(environments, "BUILD_SECONDS", 0.001)
    with pytest.raises(Unavailable, match="took more than"):
        ensure(lock, home)


def test_the_requested_python_is_read_from_the_source_file(tmp_path):
    source = tmp_path / "old.in"
    source.write_text("tinylib\n")
    assert requested_python(source) == OWN
    source.write_text("# wheels stop here\n# python: 3.11\ntinylib\n")
    assert requested_python(source) == "3.11"


def test_a_missing_python(lock, home):
    lock.with_suffix(".in").write_text("# python: 3.5\ntinylib\n")
    with pytest.raises(Unavailable, match=r"it needs Python 3.5, and the installation failed: ") as error:
        ensure(lock, home)
    assert error.value.advice.startswith("install Python 3.5, or ")


def test_another_python_on_the_path(lock, home, monkeypatch, tmp_path):
    """A program of the right name that is another Python is not believed."""
    shim = tmp_path / "python3.5"
    shim.symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    lock.with_suffix(".in").write_text("# python: 3.5\ntinylib\n")
    with pytest.raises(Unavailable, match="it needs Python 3.5"):
        ensure(lock, home)


NO_PYTHON = """\
warning: Failed to inspect Python interpreter from search path at `/opt/python3.10`
error: Request failed after 3 retries in 12.7s
  cause: Failed to download `https://github.com/astral-sh/python-build-standalone/releases/download/cpython-3.14.tar.gz`
  cause: error sending request for url (https://github.com/astral-sh/python-build-standalone/releases/cpython-3.14.tar.gz)
  cause: client error (Connect)
  cause: dns error
  cause: failed to lookup address information: Name or service not known
"""


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (NO_PYTHON, "https://github.com cannot be reached"),
        ("error: Failed to install: a.whl\n  cause: No space left on device (os error 28)", "the disk is full"),
        ("warning: w\nerror: Failed\n  cause: tunnel error: x", "the installation failed: Failed: tunnel error: x"),
        ("", "the installation failed: no output"),
    ],
)
def test_what_uv_prints_becomes_a_reason(output, reason):
    assert explain(output)[0] == reason
