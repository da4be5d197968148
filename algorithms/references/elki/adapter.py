"""Calls ELKI: a new Java process for each call. Read by our own Python.

The times are ELKI's own, in whole milliseconds. Its log gives the time of the start and that of the swaps separately,
and neither includes reading the file. Every call begins with a cold Java, so short runs measure Java's compiler more
than the algorithm.

ELKI accepts start medoids only as the first objects, so the objects are reordered for it. With ties its result may
therefore differ, and the result of an algorithm that depends on the order of the objects always may. Alternating logs
no time and is not offered. The line with a medoid is matched as an older version writes it.
"""

import os
import platform
import re
import shutil
import subprocess
import tempfile

import numpy as np

CLASSES = {
    "pam": "PAM",
    "reynolds": "ReynoldsPAM",
    "eagerpam": "EagerPAM",
    "fastpam1": "FastPAM1",
    "fastpam2": "FastPAM",
    "fasterpam": "FasterPAM",
}
STARTS = {None: "elki.clustering.kmeans.initialization.FirstK", "build": "BUILD"}
PACKAGE = "elki.clustering.kmedoids"
# One thread: otherwise the garbage collector and the compiler use more.
JAVA = ("java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1")
LEAST_MILLISECONDS = 0.5  # recorded for a logged 0


def versions():
    """Versions of everything that affects speed and results."""
    output = subprocess.run([JAVA[0], "-version"], capture_output=True, text=True, check=True).stderr
    return {
        "python": platform.python_version(),
        "java": output.splitlines()[0],
        "elki": os.path.basename(os.environ["KMEDOIDS_BENCH_ELKI"]),
    }


class Prepared:
    """A matrix and its most recent file: all calls of a cell read the same file."""

    def __init__(self, matrix):
        self.matrix = matrix
        self.order = np.array([], np.int64)
        self.file = nameless_file()

    def file_in(self, order):
        """Return a file of the matrix with the objects in this order."""
        if not np.array_equal(order, self.order):
            self.file.close()
            self.file, self.order = nameless_file(), order
            write_distances(self.matrix[np.ix_(order, order)], self.file)
        self.file.seek(0)
        return self.file


def nameless_file():
    """Return an open file without a name, which disappears with this process even if it is killed."""
    descriptor, name = tempfile.mkstemp()
    os.unlink(name)
    return os.fdopen(descriptor, "w+")


def write_distances(matrix, file):
    """Write one line for each pair: two positions and the dissimilarity, with all digits."""
    for i, row in enumerate(matrix):
        file.writelines(f"{i} {j} {d!r}\n" for j, d in enumerate(row[i:].tolist(), start=i))
    file.flush()


def prepare(matrix):
    """Keep the matrix; the order of the objects in its file depends on the start."""
    return Prepared(matrix)


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call to time; the file is written before it."""
    n = len(prepared.matrix)
    order = np.arange(n)
    if start is None:
        order = np.concatenate([medoids, np.delete(order, medoids)])
    file = prepared.file_in(order)
    words = command(algorithm, n, k, start, f"/dev/fd/{file.fileno()}", parameters)

    def run():
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=(file.fileno(),)
        )
        if done.returncode != 0:
            raise RuntimeError(f"ELKI exited with status {done.returncode}: {done.stdout.strip()[-400:]}")
        return done.stdout, order, start is not None

    return run


def command(algorithm, n, k, start, matrix_file, parameters):
    """Return the command line of a call; it follows ELKI's pages on precomputed distances and on benchmarking."""
    words = [*JAVA, "-cp", os.environ["KMEDOIDS_BENCH_ELKI"], "elki.application.KDDCLIApplication"]
    guard = shutil.which("setpriv")  # ends Java when the worker is killed
    options = {
        "dbc": "DBIDRangeDatabaseConnection",
        "idgen.start": 0,
        "idgen.count": n,
        "algorithm": f"{PACKAGE}.{CLASSES[algorithm]}",
        "algorithm.distancefunction": "external.FileBasedSparseDoubleDistance",
        "distance.matrix": matrix_file,
        "kmeans.k": k,
        "kmeans.initialization": f"{PACKAGE}.initialization.{STARTS[start]}" if start else STARTS[start],
        "evaluator": "NoAutomaticEvaluation",
        "resulthandler": "ResultWriter",
    } | parameters
    words.append("-time")
    for name, value in options.items():
        words += [f"-{name}", str(value)]
    return [guard, "--pdeathsig", "KILL", *words] if guard else words


def read(result):
    """Return what a row keeps of the output, including ELKI's own time."""
    output, order, with_start = result
    milliseconds = float(logged("optimization-time", output))
    if with_start:
        milliseconds += float(logged("initialization-time", output))
    seconds = max(milliseconds, LEAST_MILLISECONDS) / 1000
    return {
        "seconds": seconds,
        "processor_seconds": None,  # that of this process says nothing about Java
        "memory": None,
        "medoids": [int(order[int(m)]) for m in re.findall(r"Cluster Medoid: (\d+)", output)],
        "reported_loss": float(logged("final-cost", output)),
        "n_passes": int(logged("iterations", output)),
    }


def logged(name, output):
    """Return the number that the log has under this name."""
    match = re.search(rf"\.{re.escape(name)}: *([-+.\dEe]+)", output)
    if match is None:
        raise ValueError(f"ELKI's output has no line {name!r}: {output.strip()[-400:]}")
    return match[1]
