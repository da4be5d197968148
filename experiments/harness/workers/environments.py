"""The isolated environments of the reference libraries: built once from pinned requirements, then reused.

One library is one pair of files in `experiments/envs`: `<name>.in`, what is wanted, and `<name>.txt`, the
exact versions with hashes (`make lock` writes it). A library that needs an old Python says so in its .in file
with a line `# python: 3.11`.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kmedoids_bench.experiments.harness.workers.pip_output import explain

REQUIREMENTS = Path(__file__).resolve().parents[2] / "envs"
HOME = Path(__file__).resolve().parents[3] / ".environments"
BUILD_SECONDS = 1800.0
THIS_PROCESS = uuid.uuid4().hex

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Environment:
    """A virtual environment that is complete.

    Attributes
    ----------
    name
        Name of the pair of requirement files.
    python
        Its interpreter.
    reused
        Whether it was there already.
    seconds
        Time it took to build, now or when it was built.
    """

    name: str
    python: Path
    reused: bool
    seconds: float


class EnvironmentUnavailable(Exception):
    """An environment cannot be had: the reason in few words, and what would mend it."""

    def __init__(self, name: str, reason: str, advice: str) -> None:
        super().__init__(f"the environment of {name} cannot be had: {reason} ({advice})")
        self.name, self.reason, self.advice = name, reason, advice


def names(requirements: Path = REQUIREMENTS) -> list[str]:
    """Names of all environments, sorted."""
    return sorted(path.stem for path in requirements.glob("*.in"))


def ensure(name: str, *, requirements: Path = REQUIREMENTS, home: Path = HOME, run: str | None = None) -> Environment:
    """Return the environment of a library; build it if it is not there yet.

    Safe under concurrent calls, in one or several processes, and when killed at any moment: the stamp that
    makes an environment count is written last, and one without a stamp is built again from nothing.

    Parameters
    ----------
    name
        Name of the pair of requirement files.
    requirements, home
        Folder of the requirement files; folder the environments are made in.
    run
        A failure is remembered for one run, so that many jobs do not each wait for the same network; the next
        run tries again. Default: the environment variable KMEDOIDS_BENCH_RUN (make sets it), or this process.

    Raises
    ------
    ValueError
        There is no requirement file of this name.
    EnvironmentUnavailable
        It could not be built, with the reason and what would mend it.
    """
    lock_file = requirements / f"{name}.txt"
    if not lock_file.is_file():
        raise ValueError(f"name: no environment {name!r}, there are: {', '.join(names(requirements))}")
    interpreter, version = find_python(name, wanted_python(requirements / f"{name}.in"))
    key = hashlib.sha256(lock_file.read_bytes() + version.encode()).hexdigest()[:12]
    folder = home / f"{name}-{key}"
    if (ready := _ready(name, folder)) is not None:
        return ready
    home.mkdir(parents=True, exist_ok=True)
    run = run or os.environ.get("KMEDOIDS_BENCH_RUN") or THIS_PROCESS
    failure = home / f"{name}-{key}.failed.json"
    with _locked(name, home / f"{name}.lock") as lock:
        if (ready := _ready(name, folder)) is not None:  # another process was quicker
            return ready
        _raise_remembered(name, failure, run)
        try:
            return _build(name, interpreter, lock_file, folder, lock)
        except EnvironmentUnavailable as error:
            record = {"run": run, "reason": error.reason, "advice": error.advice}
            _write_whole(failure, json.dumps(record, indent=1))
            raise


def wanted_python(source: Path) -> str | None:
    """Return the Python version, like "3.11", that a .in file asks for with a line `# python: 3.11`."""
    if not source.is_file():
        return None
    found = re.search(r"^# python: *(\d+\.\d+) *$", source.read_text(encoding="utf-8"), re.MULTILINE)
    return found and found[1]


def find_python(name: str, version: str | None) -> tuple[str, str]:
    """Return an interpreter of the wanted version, and its version; our own if it will do.

    Raises
    ------
    EnvironmentUnavailable
        No such Python is on PATH.
    """
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    if version in (None, own):
        return sys.executable, own
    program = shutil.which(f"python{version}")
    # A program of that name may be a shim without a Python behind it, so it has to answer.
    code = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    if program and _output([program, "-c", code]) == version:
        return program, version
    advice = f"install Python {version} so that python{version} is on PATH, e.g. pyenv install {version}"
    raise EnvironmentUnavailable(name, f"needs Python {version}, this one is {own}", advice)


def _output(command: list[str]) -> str | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def _ready(name: str, folder: Path) -> Environment | None:
    """Return the environment in this folder, if it is complete and its Python still exists."""
    python = folder / "bin" / "python"
    stamp = folder / "complete.json"
    if not (stamp.is_file() and os.access(python, os.X_OK)):
        return None
    return Environment(name, python, True, json.loads(stamp.read_text(encoding="utf-8"))["seconds"])


def _raise_remembered(name: str, failure: Path, run: str) -> None:
    if failure.is_file():
        record = json.loads(failure.read_text(encoding="utf-8"))
        if record["run"] == run:
            raise EnvironmentUnavailable(name, record["reason"], record["advice"])


def _build(name: str, interpreter: str, lock_file: Path, folder: Path, lock: int) -> Environment:
    logger.info("building the environment of %s (once) ...", name)
    started = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    log = folder.with_suffix(".log")
    python = folder / "bin" / "python"
    deadline = started + BUILD_SECONDS
    install = [str(python), "-I", "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"]
    install += ["--disable-pip-version-check", "-r", str(lock_file)]
    with open(log, "w", encoding="utf-8") as output:
        for command in ([interpreter, "-I", "-m", "venv", str(folder)], install):
            status = _run(command, output, deadline, lock)
            if status != 0:
                output.flush()
                text = log.read_text(encoding="utf-8", errors="replace")
                reason, advice = explain(text) if status is not None else _too_slow()
                raise EnvironmentUnavailable(name, reason, f"{advice}; pip's output: {log}")
    seconds = round(time.monotonic() - started, 1)
    _write_whole(folder / "complete.json", json.dumps({"seconds": seconds, "python": interpreter}))
    log.unlink()
    logger.info("built the environment of %s in %.0f s", name, seconds)
    return Environment(name, python, False, seconds)


def _too_slow() -> tuple[str, str]:
    return (f"its installation took more than {BUILD_SECONDS / 60:.0f} minutes", "run again on a faster network")


def _run(command: list[str], output, deadline: float, lock: int) -> int | None:
    """Exit status of a command, or None if it was stopped at the deadline."""
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in {"VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"}
        and not key.startswith("PYTHON")
    }
    # The child keeps the lock open: if we are killed while it writes, nobody builds here before it has ended.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env=env,
        pass_fds=(lock,),
        start_new_session=True,
    )
    try:
        return process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:  # too slow, or we were interrupted: its helpers end with it
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def _locked(name: str, path: Path) -> Iterator[int]:
    """Hold the lock of one environment; waits while another process builds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + 2 * BUILD_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    advice = f"end that process or delete {path}, then run again"
                    raise EnvironmentUnavailable(name, "another process holds its lock", advice) from None
                time.sleep(0.1)
        yield descriptor
    finally:
        os.close(descriptor)


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with open(draft, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
