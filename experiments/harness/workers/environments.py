"""The Python environments of the reference libraries: built once by uv from pinned requirements, then reused.

uv installs only files whose hash is in the lock, and downloads the Python that a library asks for if there is none.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import without_credentials
from kmedoids_bench.experiments.harness.machine import this_run
from kmedoids_bench.experiments.harness.workers.process import Unavailable

OWN_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
HOME = Path(__file__).resolve().parents[3] / ".environments"
BUILD_SECONDS = 1800.0

# What uv prints, what it means and what to do; the first pattern that matches decides. Otherwise uv's error is shown.
CAUSES = (
    (
        r"Hash mismatch for `(.*)`",
        "a downloaded file of {} is not the one in the lock",
        "empty uv's cache (.venv/bin/uv cache clean) and run again",
    ),
    (r"No space left on device", "the disk is full", "make room and run again"),
    (
        r"(?:error sending request|HTTP status server error .*) for url \((https?://[^/]+)",
        "{} cannot be reached",
        "check the network, or set HTTPS_PROXY or UV_DEFAULT_INDEX, and run again",
    ),
)

COMPILED = (".pyc", ".nbi", ".nbc")

logger = logging.getLogger(__name__)


def ensure(lock: Path, home: Path = HOME) -> Path:
    """Return the Python of an environment with exactly the packages of a lock file; build it if it is not there.

    Safe under concurrent calls and when killed at any moment: one process builds while the others wait, and an
    environment counts once its last file, `complete`, has been written.

    Raises Unavailable if it cannot be built. That is remembered for this run: not every job waits for the same network.
    """
    python = requested_python(lock.with_suffix(".in"))
    folder = _folder_of(lock, python, home)
    interpreter = folder / "bin" / "python"
    failure = folder.with_suffix(".failed.json")
    home.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if _is_whole(folder) and os.access(interpreter, os.X_OK):
            return interpreter
        with contextlib.suppress(OSError, ValueError):  # none yet, or damaged
            remembered = json.loads(failure.read_text())
            if remembered["run"] == this_run():
                raise Unavailable(remembered["reason"], remembered["advice"])
        try:
            _build(lock, python, folder, guard.fileno())
        except Unavailable as error:
            write_whole(failure, json.dumps({"run": this_run(), "reason": error.reason, "advice": error.advice}))
            raise
    return interpreter


def is_built(lock: Path, home: Path = HOME) -> bool:
    """Whether the environment of a lock file is there, so that `ensure` has nothing to build."""
    return (_folder_of(lock, requested_python(lock.with_suffix(".in")), home) / "complete").is_file()


def _folder_of(lock: Path, python: str, home: Path) -> Path:
    key = hashlib.sha256(lock.read_bytes() + python.encode()).hexdigest()[:12]
    return home / f"{lock.parent.name}-{key}"


def requested_python(source: Path) -> str:
    """Return the version in the line `# python: 3.11` of a .in file, or that of our own Python."""
    line = re.search(r"^# python: *(\d+\.\d+) *$", source.read_text(encoding="utf-8"), re.MULTILINE)
    return line[1] if line else OWN_PYTHON


def _build(lock: Path, python: str, folder: Path, guard: int) -> None:
    """Build an environment. uv inherits the open file `guard`, and keeps it locked if this process is killed."""
    logger.info("building the environment of %s (once) ...", lock.parent.name)
    venv = ["venv", "--clear", "--python", sys.executable if python == OWN_PYTHON else python, str(folder)]
    install = ["pip", "install", "--python", str(folder), "--require-hashes", "--no-deps", "--compile-bytecode"]
    log = folder.with_suffix(".log")
    # A user's choice of index for pip counts here too.
    index = {"UV_DEFAULT_INDEX": os.environ["PIP_INDEX_URL"]} if os.environ.get("PIP_INDEX_URL") else {}
    for words in (venv, [*install, "-r", str(lock)]):
        with open(log, "w") as output:
            try:
                subprocess.run(
                    [find_uv_bin(), *words],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    env=index | os.environ,
                    pass_fds=(guard,),
                    timeout=BUILD_SECONDS,
                    check=True,
                )
            except subprocess.TimeoutExpired:
                reason = f"the installation took more than {BUILD_SECONDS / 60:.0f} minutes"
                raise Unavailable(reason, f"run again on a faster network; uv's output: {log}") from None
            except subprocess.CalledProcessError:
                said = without_credentials(log.read_text(errors="replace"))
                log.write_text(said)  # uv shows the password of a malformed address
                reason, advice = explain(said)
                if words is venv:
                    reason, advice = f"it needs Python {python}, and {reason}", f"install Python {python}, or {advice}"
                raise Unavailable(reason, f"{advice}; uv's output: {log}") from None
    (folder / "complete").write_text(_extent(folder))
    log.unlink()


def _is_whole(folder: Path) -> bool:
    complete = folder / "complete"
    whole = complete.is_file() and complete.read_text() in ("", _extent(folder))  # empty: of an earlier version
    if complete.exists() and not whole:
        logger.warning("the environment %s is damaged", folder)
    return whole


def _extent(folder: Path) -> str:
    """Return how many files and bytes an environment has, apart from what Python and numba compile at any time."""
    files = [path for path in folder.glob("lib/python*/site-packages/**/*") if path.suffix not in COMPILED]
    return f"{len(files)} files, {sum(path.lstat().st_size for path in files if not path.is_dir())} bytes"


def explain(output: str) -> tuple[str, str]:
    """Return the reason for which uv failed and what to do about it, from its output."""
    for pattern, reason, advice in CAUSES:
        if match := re.search(pattern, output):
            return reason.format(*match.groups()), advice
    error = re.search(r"^error: (.*)", output, re.MULTILINE | re.DOTALL)
    text = " ".join((error[1] if error else output or "no output").replace("\n  cause:", ":").split())
    return f"the installation failed: {text[:300]}", "fix this and run again"
