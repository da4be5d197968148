"""The driver's end of the pipe: starts a worker process, asks it, and enforces limits from outside.

A crash, a hang, too much memory or garbage on the pipe becomes a `Failure` with the status for its row; the next
request then gets a fresh process.
"""

import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.harness.workers.placement import ANYWHERE, Place, bind

WORKER = Path(__file__).with_name("worker.py")
POLL_SECONDS = 0.1  # between two looks at the memory of a busy worker
STOPPED_SECONDS = 2.0  # between two looks: this process was stopped, and the worker perhaps too
ENDING_SECONDS = 10.0  # from the end of its pipe to that of the process
START_SECONDS = 120.0  # for imports and loading a matrix that is not large, on a busy machine
TAIL = 400  # characters of a crashed worker's stderr that are shown
LAST_WORDS = "the end of its output:"  # before them
MORE_TIME = "allow more time: limits.call_seconds in the configuration"
MORE_MEMORY = "allow more memory: limits.memory_gib in the configuration"

THREADS = [f"{library}_NUM_THREADS" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON")]
THREADS.append("VECLIB_MAXIMUM_THREADS")


class Failure(Trouble):
    """A run that gave no result: the status of its row, the reason, and what would help."""

    def __init__(self, status: str, reason: str, advice: str = "") -> None:
        super().__init__(reason, advice)
        self.status = status
        self.args = (status, reason, advice)

    def __str__(self) -> str:
        return f"{self.status}: {super().__str__()}"


class Unavailable(Failure):
    """A library cannot be run here."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__("unavailable", reason, advice)


class Disturbed(Failure):
    """A run that was killed or stopped from outside, which says nothing about its contender: the next may succeed."""


@dataclass(frozen=True)
class Limits:
    """What one run may take."""

    seconds: float
    memory_bytes: int


def python_worker(adapter: Path, python: Path | str = sys.executable) -> list[str]:
    """Return the command of the worker that runs an adapter in a given Python."""
    return [str(python), "-u", str(WORKER), str(adapter)]


class WorkerProcess:
    """One worker process, started with the first request and again after a failure.

    `command` is a program that speaks the protocol; the driver's process id is appended. `log` receives what the worker
    and its library print. `environment` has variables beyond those of this process; `threads` is the number of threads
    that the environment allows the worker. `wanted` is where it is to run, `place` where it was bound.
    """

    def __init__(
        self,
        command: list[str],
        log: Path,
        environment: dict[str, str] | None = None,
        threads: int = 1,
        wanted: Place = ANYWHERE,
    ) -> None:
        self.command, self.log = command, log
        self.wanted, self.place = wanted, ANYWHERE
        allowed = dict.fromkeys(THREADS, str(threads))
        self.environment = {**os.environ, **allowed, "PYTHONNOUSERSITE": "1", **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.hello: dict = {}
        self.stopped = False  # while it worked on the last request, or the clock was set
        self.logged = 0  # bytes of the log before the last request

    @property
    def running(self) -> bool:
        """Whether there is a process to ask; after a failure there is none."""
        return self.process is not None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process and greet it."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.command, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self.environment,
                start_new_session=True,  # so that the worker and all its children can be ended together
            )
        self.place = bind(self.process.pid, self.wanted)
        try:
            self.hello = self.ask({"op": "hello"}, Limits(START_SECONDS, sys.maxsize))
        except Failure:  # a process that cannot say what it is must not be taken for one that is ready
            self.close()
            raise
        return self.process

    def ask(self, request: dict, limits: Limits) -> dict:
        """Send a request and return the answer.

        Raises Failure: timeout, memory, crash, or error (the library raised an exception, or did not speak the
        protocol). After all but an exception in the library the process is gone.
        """
        process = self.process or self.start()
        assert process.stdin is not None
        began, self.stopped = time.monotonic(), False
        self.logged = self.log.stat().st_size if self.log.exists() else 0
        token = secrets.token_hex(8)  # a library that writes to the pipe does not know it
        try:
            process.stdin.write(json.dumps(request | {"token": token}).encode() + b"\n")
            process.stdin.flush()
            line = self._read_line(process, limits)
        except (OSError, EOFError):  # it died, perhaps before it was asked
            raise self._crash(process) from None
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or answer.pop("token", None) != token:
            self.close()
            raise Failure("error", f"the worker wrote to its pipe what is not an answer: {line[:80]!r}")
        if "error" in answer:
            raise Failure("error", answer["error"])
        passed = time.monotonic() - began
        if not all(0 <= answer.get(name, 0) <= passed for name in ("seconds", "all_seconds")):
            self.stopped = True  # R's clock, that of the wall, was set
        return answer

    def _read_line(self, process: subprocess.Popen[bytes], limits: Limits) -> bytes:
        """Return the next line of the worker, raise EOFError if there is none, or end the worker at a limit."""
        assert process.stdout is not None
        looked = time.monotonic()
        deadline = looked + limits.seconds
        line = b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], max(0.0, min(POLL_SECONDS, deadline - looked)))
            before, looked = looked, time.monotonic()
            self.stopped |= looked - before > STOPPED_SECONDS
            if ready:
                part = os.read(process.stdout.fileno(), 1 << 16)
                if not part:
                    raise EOFError
                line += part
            elif (used := self._resident_bytes(process.pid)) > limits.memory_bytes:
                self.close()
                reason = f"ended at {used / 2**30:.2f} GiB, the limit is {limits.memory_bytes / 2**30:.2f} GiB"
                raise Failure("memory", reason, MORE_MEMORY)
            if looked >= deadline and not line.endswith(b"\n"):
                self.close()
                kind = Disturbed if self.stopped else Failure
                raise kind("timeout", f"cut after {limits.seconds:g} s", MORE_TIME)
        return line

    def _resident_bytes(self, pid: int) -> int:
        """Resident memory of a process and its children, mapped files included; also note whether one is stopped."""
        total = 0
        with contextlib.suppress(psutil.NoSuchProcess):
            worker = psutil.Process(pid)
            for process in (worker, *worker.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    total += process.memory_info().rss
                    self.stopped |= process.status() == psutil.STATUS_STOPPED
        return total

    def _crash(self, process: subprocess.Popen[bytes]) -> Failure:
        try:
            code = process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:  # it closed its pipe, and hangs
            process.kill()
            code = process.wait()
        self.close()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"exited with status {code}"
        said = self.log.read_bytes()[self.logged :] if self.log.exists() else b""
        output = said[-TAIL:].decode(errors="replace").strip() or "nothing"
        kind = Disturbed if code == -signal.SIGKILL else Failure  # by a person, or by the system for want of memory
        return kind("crash", f"the worker {how}", f"{LAST_WORDS} {output}")

    def close(self) -> None:
        """End the process and all its children, at once."""
        process, self.process = self.process, None
        if process is not None:
            with contextlib.suppress(OSError), process:  # closes its pipes and waits for it
                os.killpg(process.pid, signal.SIGKILL)
