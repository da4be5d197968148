"""Calls ELKI through Elki.java, which holds the matrix and times the calls. Read by our own Python.

Every algorithm has a Java process of its own, which keeps the matrix: what else has run in a process changes how its
compiler compiles, and so the times. Before the first call the process runs the algorithm on a problem of its own until
the code is compiled; the worker's first call, on its tiny problem, takes care of that. Processes still differ in what
their compilers chose, for PAM by a factor of 1.6: several of them say more than many calls of one.

The times are Java's: of the swaps from given start medoids, of BUILD and the swaps where ELKI chooses the start. The
processor time is that of the thread that runs the algorithm.
"""

import contextlib
import functools
import itertools
import os
import platform
import shutil
import signal
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np

# One thread collects garbage. Java takes a quarter of the memory by default, too little for a large matrix.
JAVA = ("java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=80")
SOURCE = Path(__file__).with_name("Elki.java")
NAMES = itertools.count()


def versions():
    """Versions of everything that affects speed and results."""
    output = subprocess.run([JAVA[0], "-version"], capture_output=True, text=True, check=True).stderr
    return {
        "python": platform.python_version(),
        "java": output.splitlines()[0],
        "elki": os.pathsep.join(Path(entry).name for entry in class_path().split(os.pathsep)),
    }


def class_path():
    """Return where Java finds ELKI."""
    return os.environ["KMEDOIDS_BENCH_ELKI"]


class Java:
    """A Java process; it ends with this one."""

    def __init__(self):
        guard = shutil.which("setpriv")  # ends Java even when this process is killed
        words = [guard, "--pdeathsig", "KILL"] if guard else []
        words += [*JAVA, "-cp", class_path(), str(SOURCE)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, request, rows=()):
        """Send a line, and the rows of a matrix after it; return the words of the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        answer = ""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(request.encode() + b"\n")
            for row in rows:
                self.process.stdin.write(np.ascontiguousarray(row))
            self.process.stdin.flush()
            answer = self.process.stdout.readline().decode().strip()
        if not answer:  # without Java this worker is of no use
            code = self.process.wait()
            if code == -signal.SIGKILL:  # not Java's fault: the harness tries again when a worker is killed
                os.kill(os.getpid(), signal.SIGKILL)
            sys.exit(f"Java has ended with status {code}. Does KMEDOIDS_BENCH_ELKI name all of ELKI?")
        status, _, text = answer.partition(" ")
        if status != "ok":
            raise RuntimeError(text)
        return text.split()


@functools.cache
def java(algorithm):
    """Return the Java process of an algorithm."""
    return Java()


class Prepared:
    """A matrix, and the Java processes that hold it; they drop it when this object is gone."""

    def __init__(self, matrix):
        self.matrix = matrix
        self.name = str(next(NAMES))
        self.holders = set()

    def name_in(self, process):
        """Return the name by which a Java process knows the matrix; send it if need be."""
        if process not in self.holders:
            process.ask(f"matrix {self.name} {len(self.matrix)} {self.matrix.dtype.str[1:]}", self.matrix)
            weakref.finalize(self, process.ask, f"drop {self.name}").atexit = False
            self.holders.add(process)
        return self.name


def prepare(matrix):
    """Keep the matrix: every algorithm that is called gets it."""
    return Prepared(matrix)


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the function to call; its result has the answers of all its calls, since Java holds the clock."""
    if parameters:
        raise ValueError(f"{algorithm} has no parameter {', '.join(parameters)}")
    if start not in (None, "build"):
        raise ValueError(f"ELKI's {algorithm} has no start {start!r} here")
    given = "build" if medoids is None else " ".join(str(medoid) for medoid in medoids)
    process = java(algorithm)
    request = f"run {algorithm} {prepared.name_in(process)} {k} {given}"
    answers = []

    def run():
        answers.append(process.ask(request))
        return answers, medoids is None

    return run


def read(result):
    """Return what a row keeps of the answers, including the median times of a call."""
    answers, with_start = result
    # For each answer: the start and the swaps, by the clock and of the processor.
    times = np.array([[float(word) for word in words[:4]] for words in answers])
    start, start_busy, swaps, swaps_busy = np.median(times, axis=0)
    n_passes, n_swaps, loss, *medoids = answers[-1][4:]
    return {
        "seconds": float(swaps + start if with_start else swaps),
        "processor_seconds": float(swaps_busy + start_busy if with_start else swaps_busy),
        "all_seconds": float(times[:, [0, 2] if with_start else 2].sum()),
        "memory": None,  # that of this process says nothing about Java
        "medoids": [int(medoid) for medoid in medoids],
        "reported_loss": None if loss == "-" else float(loss),
        "n_passes": None if n_passes == "-" else int(n_passes),
        "n_swaps": None if n_swaps == "-" else int(n_swaps),
    }
