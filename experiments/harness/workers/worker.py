"""The measuring end of the pipe: loads one adapter, answers requests in JSON lines, holds the clock.

Runs as `python worker.py <adapter.py> <pid of the driver>` in the environment of the adapter's library: it may import
nothing but the standard library and numpy. Each request gets one answer, with the request's token; an exception becomes
the answer {"error": ...}. What the library prints goes to stderr: only answers are written to the pipe.

Requests ("op"):

hello   -> pid, versions
matrix  path, order ("C", "F"; for the audit also "column-major", "strided", "read-only") -> n
points  path, metric -> n
run     algorithm, k, medoids, seed, parameters, start (that the call itself chooses), loops, tiny, details, facts
        -> seconds and processor_seconds of one call, all_seconds of all calls together, memory, and what the
        adapter's `read` returns: medoids, reported_loss, ...; with details also labels, and whether the data were
        left untouched; with facts the result of the adapter's function of that name (ours has one)

worker.R speaks the same for libraries of R.
"""

import contextlib
import ctypes
import gc
import importlib.util
import json
import os
import resource
import signal
import sys
import time

import numpy as np

PR_SET_PDEATHSIG = 1
PARTS = 5  # in which calls are timed that are repeated
TINY = 8  # objects of the problem that a first call compiles on


def main() -> None:
    """Answer requests until the pipe is closed."""
    die_with_parent(int(sys.argv[2]))
    with contextlib.suppress(OSError):  # a library's crash should cost a row, not a core file
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(load(sys.argv[1]))
    for line in sys.stdin:
        request = json.loads(line)
        token = request.pop("token")
        try:
            answer = getattr(worker, request.pop("op"))(**request)
        except Exception as error:  # whatever a library raises becomes a row
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer | {"token": token}, default=np.generic.item) + "\n")
        answers.flush()


def die_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when the driver dies, even in the middle of a long call."""
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the closed pipe ends it later
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        sys.exit()


def load(path: str):
    """Import the adapter from its file: it is not installed in the environment of its library."""
    spec = importlib.util.spec_from_file_location("adapter", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Worker:
    """One method per request: its keyword arguments are the fields of the request, it returns the answer."""

    def __init__(self, adapter):
        self.adapter = adapter
        self.data = self.original = None  # as read from the file; a copy to compare it with
        self.problem = self.tiny = None  # as the adapter wants them

    def hello(self):
        """Return the process and the versions of the library and its dependencies."""
        return {"pid": os.getpid(), "versions": self.adapter.versions()}

    def matrix(self, path, order):
        """Map the matrix and hand it to the adapter; every page is read once, so that no run pays for it."""
        mapped = np.load(path, mmap_mode="c")  # private: whatever a library writes never reaches the file
        for row in mapped:
            row.max()
        positions = np.arange(TINY)
        tiny = np.abs(positions[:, None] - positions[None, :]).astype(mapped.dtype)
        return self._hold(mapped, tiny, lambda matrix: self.adapter.prepare(in_order(matrix, order)))

    def points(self, path, metric):
        """Read the points and hand them to the adapter."""
        points = np.load(path)
        return self._hold(points, points[:TINY], lambda some: self.adapter.prepare_points(some, metric))

    def _hold(self, data, tiny, prepare):
        self.data, self.original = data, None
        self.problem = self.tiny = None  # two matrices at once may be too many
        self.problem, self.tiny = prepare(data), prepare(tiny)
        return {"n": len(data)}

    def run(
        self,
        algorithm,
        k,
        medoids=None,
        seed=None,
        parameters=None,
        start=None,
        loops=1,
        tiny=False,
        details=False,
        facts=False,
    ):
        """Time `loops` calls, in parts; on the tiny problem, k and the start are cut to fit.

        A call is as long as in the median part, so one that is held up does not count.
        """
        problem = self.tiny if tiny else self.problem
        if tiny:
            k = min(k, 2)
            medoids = None if medoids is None else list(range(k))
        if details and self.original is None:
            self.original = np.array(self.data)
        given = None if medoids is None else np.array(medoids, np.int64)
        # The adapter of a library that never chooses a start itself has no such parameter.
        more = {} if start is None else {"start": start}
        call = self.adapter.call(algorithm, problem, k, given, seed, parameters or {}, **more)
        gc.collect()
        if loops == 1:  # in a loop only the time counts
            give_back()
        before = reset_peak()
        gc.disable()
        result, clocks, whole = None, [], 0
        try:
            for number in parts(loops):
                processor = time.process_time_ns()
                began = time.perf_counter_ns()
                for _ in range(number):
                    result = call()
                wall = time.perf_counter_ns() - began
                clocks.append((wall / number, (time.process_time_ns() - processor) / number))
                whole += wall
        finally:
            gc.enable()
        memory = memory_since(before)
        seconds, processor_seconds = (float(median) / 1e9 for median in np.median(clocks, axis=0))
        answer = {"seconds": seconds, "processor_seconds": processor_seconds, "all_seconds": whole / 1e9}
        answer |= {"memory": memory} | self.adapter.read(result)
        labels = answer.pop("labels", None)
        if facts and not tiny:
            answer["facts"] = self.adapter.facts(algorithm, problem, given, result)
        if tiny:
            # The library is imported and compiled now and stays so: without it, the collection before a run is fast.
            gc.freeze()
        if details:
            answer["labels"] = None if labels is None else [int(label) for label in labels]
            answer["untouched"] = same(self.data, self.original)
        return answer


def parts(loops):
    """Return how many of the calls each part has: all as many, or one more."""
    number = min(loops, PARTS)
    return [(loops + part) // number for part in range(number)]


def same(one, other):
    """Whether two arrays hold the same numbers; NaN equals NaN."""
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))


def in_order(matrix, order):
    """Return the matrix in the order; "F" is a view: transposed, a symmetric matrix is the same."""
    if order == "F":
        return matrix.T
    if order == "column-major":  # what F is for a matrix that need not be symmetric
        return np.asfortranarray(matrix)
    if order == "strided":  # every second row and column of a larger one
        larger = np.zeros((2 * len(matrix), 2 * matrix.shape[1]), matrix.dtype)
        larger[::2, ::2] = matrix
        return larger[::2, ::2]
    if order == "read-only":
        locked = np.array(matrix)
        locked.flags.writeable = False
        return locked
    return matrix


def give_back():
    """Return free memory to the system: what a call takes of it would not be measured."""
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)


def reset_peak():
    """Set the peak of the resident memory back to what is resident now, in all and of mapped files; return both."""
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w") as file:
        file.write("5")
        file.flush()
        return resident("VmRSS"), resident("RssFile")
    return None, None


def memory_since(before):
    """Return how far memory has exceeded what `reset_peak` returned, in bytes, or None.

    The matrix is a mapped file: where memory is short, the system drops pages of it and reads them again during a call.
    """
    now = resident("VmHWM"), resident("RssFile")
    if None in (*before, *now):
        return None
    return now[0] - before[0] - max(0, now[1] - before[1])


def resident(field):
    """Return a field of /proc/self/status in bytes, or None (`getrusage` inherits the parent's peak)."""
    with contextlib.suppress(OSError), open("/proc/self/status") as file:
        for line in file:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    return None


if __name__ == "__main__":
    main()
