"""The driver's end of the pipe: starts a worker process, asks it, and enforces limits from outside.

A crash, a hang, too much memory or garbage on the pipe becomes a `Failure` with the status for its row; the next
request then gets a fresh process.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from kmedoids_bench.datasets.trouble import Trouble

WORKER = Path(__file__).with_name("worker.py")
POLL_SECONDS = 0.1  # between two looks at the memory of a busy worker
START_SECONDS = 120.0  # for imports and loading the matrix, on a busy machine
TAIL = 400  # characters of a crashed worker's stderr that are shown
LAST_OUTPUT = "the end of its output:"  # before them
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
        """Put the status before reason and advice."""
        return f"{self.status}: {super().__str__()}"


@dataclass(frozen=True)
class Limits:
    """What one run may take."""

    seconds: float
    memory_bytes: int


class WorkerProcess:
    """One worker process, started with the first request and again after a failure.

    `command` is a program that speaks the protocol; the driver's process id is appended. `log` receives what the worker
    and its library print. `environment` has variables beyond those of this process; `threads` is the number of threads
    that the environment allows the worker.
    """

    def __init__(
        self, command: list[str], log: Path, environment: dict[str, str] | None = None, threads: int = 1
    ) -> None:
        self.command, self.log = command, log
        allowed = dict.fromkeys(THREADS, str(threads))
        self.environment = {**os.environ, **allowed, "PYTHONNOUSERSITE": "1", **(environment or {})}
        self.process: subprocess.Popen | None = None
        self.hello: dict = {}

    @classmethod
    def of_adapter(
        cls,
        adapter: Path,
        log: Path,
        python: str = sys.executable,
        environment: dict[str, str] | None = None,
        threads: int = 1,
    ) -> "WorkerProcess":
        """Return the worker that runs an adapter in a given Python."""
        return cls([python, "-u", str(WORKER), str(adapter)], log, environment, threads)

    @property
    def running(self) -> bool:
        """Whether there is a process to ask; after a failure there is none."""
        return self.process is not None

    def start(self) -> None:
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
        self.hello = self.ask({"op": "hello"}, Limits(START_SECONDS, sys.maxsize))

    def ask(self, request: dict, limits: Limits) -> dict:
        """Send a request and return the answer.

        Raises Failure: timeout, memory, crash, or error (the library raised an exception, or did not speak the
        protocol). After all but an exception in the library the process is gone.
        """
        if self.process is None:
            self.start()
        assert self.process is not None
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:  # it died before it was asked
            raise self._crash() from None
        line = self._wait_for_line(limits)
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self.kill()
            raise Failure("error", f"the worker wrote to its pipe what is not an answer: {line[:80]!r}")
        if "error" in answer:
            raise Failure("error", answer["error"])
        return answer

    def _wait_for_line(self, limits: Limits) -> bytes:
        assert self.process is not None
        assert self.process.stdout is not None
        deadline = time.monotonic() + limits.seconds
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0:
                    self.kill()
                    raise Failure("timeout", f"cut after {limits.seconds:g} s", MORE_TIME)
                if selector.select(min(POLL_SECONDS, left)):
                    part = os.read(self.process.stdout.fileno(), 1 << 16)
                    if not part:
                        raise self._crash()
                    line += part
                elif (used := self.resident_bytes()) > limits.memory_bytes:
                    self.kill()
                    reason = f"ended at {used / 2**30:.2f} GiB, the limit is {limits.memory_bytes / 2**30:.2f} GiB"
                    raise Failure("memory", reason, MORE_MEMORY)
        return line

    def resident_bytes(self) -> int:
        """Resident memory of the worker and its children, mapped files included."""
        assert self.process is not None
        total = 0
        with contextlib.suppress(psutil.NoSuchProcess):
            worker = psutil.Process(self.process.pid)
            for process in (worker, *worker.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    total += process.memory_info().rss
        return total

    def _crash(self) -> Failure:
        assert self.process is not None
        code = self.process.wait()
        self.kill()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"exited with status {code}"
        output = self.log.read_bytes()[-TAIL:].decode(errors="replace").strip()
        return Failure("crash", f"the worker {how}", f"{LAST_OUTPUT} {output}")

    def kill(self) -> None:
        """End the process and all its children, at once."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process = None
