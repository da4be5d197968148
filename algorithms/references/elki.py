"""ELKI: the papers' own platform, in Java; a process of its own for every call.

Written from ELKI's documentation and the names of options and log lines in its public source, and not run by us so
far: it is on no registry, so the user names the jar of a bundle, 0.8.0 or newer, in the environment variable
KMEDOIDS_BENCH_ELKI. The line with a medoid is as an older version writes it.

The clock is ELKI's, in whole milliseconds: its log tells the time of the start apart from that of the swaps, and
both without reading the file. Every call is a cold Java, so short runs tell more about its compiler than about the
algorithm. Start medoids can only be handed over as the first objects, so the objects are reordered for it: with ties,
and always for the algorithms that depend on the order, its result may be another one. Alternating logs no time.

This file is run by our own Python, beside Java; at its top level it imports only what every interpreter has.
"""

import os
import platform
import re
import shutil
import subprocess
import tempfile

import numpy as np

FROM_START = {"local_optimum": True, "makes_start": ("build",)}
AS_PAM = FROM_START | {"same_result_as": "pam"}

REFERENCE = {
    "name": "elki",
    "title": "ELKI",
    "language": "Java",
    "licence": "AGPL-3.0",
    "homepage": "https://elki-project.github.io",
    "runtime": "java",
    "orders": ("C",),
    "dtypes": ("float32", "float64", "int32"),  # it computes in float64
    "algorithms": {
        "pam": AS_PAM,
        "reynolds": AS_PAM,
        "fastpam1": AS_PAM,
        "eagerpam": FROM_START,
        "fastpam2": FROM_START,
        "fasterpam": FROM_START,
    },
}

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
# One thread: the collector of garbage and the compiler would otherwise take more.
JAVA = ("java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1")
LEAST_MILLISECONDS = 0.5  # stands for "less than one"


def versions():
    """Versions of all that decides how fast it is."""
    said = subprocess.run([JAVA[0], "-version"], capture_output=True, text=True, check=True).stderr
    return {
        "python": platform.python_version(),
        "java": said.splitlines()[0],
        "elki": os.path.basename(os.environ["KMEDOIDS_BENCH_ELKI"]),
    }


class Prepared:
    """A matrix, and the file of it that was written last: the calls of a cell all read the same."""

    def __init__(self, matrix):
        self.matrix = matrix
        self.order = np.array([], np.int64)
        self.file = nameless_file()

    def file_in(self, order):
        """Return the file with the objects in this order."""
        if not np.array_equal(order, self.order):
            self.file.close()
            self.file, self.order = nameless_file(), order
            write_distances(self.matrix[np.ix_(order, order)], self.file)
        self.file.seek(0)
        return self.file


def nameless_file():
    """Return an open file that is gone with this process, even if it is killed."""
    return tempfile.TemporaryFile("w+")  # noqa: SIM115  # it stays open for Java


def write_distances(matrix, file):
    """Write one line for each pair: two positions and the dissimilarity, with all its digits."""
    for i, row in enumerate(matrix):
        file.writelines(f"{i} {j} {d!r}\n" for j, d in enumerate(row[i:].tolist(), start=i))
    file.flush()


def prepare(matrix):
    """Keep the matrix; its file depends on the start."""
    return Prepared(matrix)


def call(algorithm, prepared, k, medoids, seed, parameters, start=None):
    """Return the call; the file is written outside of it."""
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
    """Return the command line of a call, as the pages on precomputed distances and on benchmarking advise."""
    words = [*JAVA, "-cp", os.environ["KMEDOIDS_BENCH_ELKI"], "elki.application.KDDCLIApplication"]
    guard = shutil.which("setpriv")  # ends Java with the worker even if nobody is left to end both
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
    """Return what a row needs of the output, the time ELKI took by its own clock included."""
    output, order, with_start = result
    milliseconds = float(logged("optimization-time", output))
    if with_start:
        milliseconds += float(logged("initialization-time", output))
    seconds = max(milliseconds, LEAST_MILLISECONDS) / 1000
    return {
        "seconds": seconds,
        "processor_seconds": None,  # those of this process say nothing
        "memory": None,
        "medoids": [int(order[int(m)]) for m in re.findall(r"Cluster Medoid: (\d+)", output)],
        "reported_loss": float(logged("final-cost", output)),
        "n_passes": int(logged("iterations", output)),
    }


def logged(name, output):
    """Return the number that the log has under this name."""
    found = re.search(rf"\.{re.escape(name)}: *([-+.\dEe]+)", output)
    if found is None:
        raise ValueError(f"ELKI's output has no line {name!r}: {output.strip()[-400:]}")
    return found[1]
