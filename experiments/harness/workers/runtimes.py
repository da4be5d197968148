"""What runs a reference library, by the runtime of its record. All of them speak the worker's protocol.

A new kind of runtime is a class in `algorithms/references/reference.py` and a case in each of the two functions here.
"""

import os
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.references.reference import Jar, Pip, Reference, SystemR
from kmedoids_bench.experiments.harness.workers import environments
from kmedoids_bench.experiments.harness.workers.process import WORKER, Failure, Unavailable, python_worker

WORKER_R = Path(__file__).with_name("worker.R")
ANSWER_SECONDS = 60
DEBIAN_JAVA = "apt install default-jdk-headless"
# Before a command that cannot redirect its own stdout: the pipe is descriptor 3, stdout is stderr, so that what C code
# prints goes to the log as well. A crash should cost a row, not leave a core file.
AWAY_FROM_THE_PIPE = ("sh", "-c", 'ulimit -c 0; exec "$@" 3>&1 1>&2', "worker")
# With so large a heap R does not collect garbage within a call, nor does Python's worker. How many collections fall
# into a call would depend on what the process did before.
LARGE_HEAP = "--min-vsize=2G"


def command(reference: Reference) -> list[str]:
    """Return the command that runs a library's adapter; build the library's environment if necessary.

    Raises Unavailable if the library cannot be run here: no network, no R, no Java.
    """
    match reference.runtime:
        case Pip(requirements):
            return python_worker(reference.adapter, environments.ensure(reference.folder / f"{requirements}.txt"))
        case SystemR(package):
            return r_worker(package, reference.adapter)
        case Jar() as jar:
            check_java(jar)
            return python_worker(reference.adapter)


def is_ready(reference: Reference) -> bool:
    """Whether a library can run here without anything being built first."""
    match reference.runtime:
        case Pip(requirements):
            return environments.is_built(reference.folder / f"{requirements}.txt")
        case SystemR(package):
            return not _look_for_r(package)[1]
        case Jar() as jar:
            try:
                check_java(jar)
            except Unavailable:
                return False
            return True


def determinants(reference: Reference) -> tuple[list[Path], str]:
    """Return the files and the versions that decide what a library computes and how fast."""
    python = platform.python_version()
    match reference.runtime:
        case Pip(requirements):
            return [reference.adapter, reference.folder / f"{requirements}.txt", WORKER], python
        case SystemR(package):
            versions, problem = _look_for_r(package)
            return [reference.adapter, WORKER_R], versions or problem
        case Jar(variable):
            files = [reference.adapter, *reference.folder.glob("*.java"), WORKER]
            return files, f"{python} {os.environ.get(variable, '')}"


def r_worker(package: str, adapter: Path) -> list[str]:
    """Return the command that runs an adapter in R; raise Unavailable unless R and its packages are installed."""
    return [*AWAY_FROM_THE_PIPE, *dies_with_parent(), *r(package), LARGE_HEAP, str(WORKER_R), str(adapter)]


def r(package: str) -> list[str]:
    """Return the command that runs R scripts; raise Unavailable unless R, the package and jsonlite are installed."""
    versions, problem = _look_for_r(package)
    if problem:
        debian = f"apt install r-base-core r-cran-{package.lower()} r-cran-jsonlite"
        raise Unavailable(problem, f"install R with {package} and jsonlite; Debian, Ubuntu: {debian}")
    return ["Rscript", "--vanilla"]


@cache
def _look_for_r(package: str) -> tuple[str, str]:
    """Return the versions of R, the package and jsonlite, which the system may upgrade, or else what is missing."""
    code = f"cat(R.version.string, sapply(c('{package}', 'jsonlite'), function(p) as.character(packageVersion(p))))"
    command = ["Rscript", "--vanilla", "-e", code]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_SECONDS)
    except FileNotFoundError:
        return "", "R is not installed"
    except (OSError, subprocess.SubprocessError) as error:
        return "", f"R does not start: {error}"
    if done.returncode < 0:
        raise Failure("error", f"R was killed by signal {-done.returncode}", "run the same command again")
    if done.returncode == 0:
        return done.stdout, ""
    return "", f"R lacks a package: {next(iter(done.stderr.strip().splitlines()), 'no message')}"


def check_java(jar: Jar) -> None:
    """Raise Unavailable unless a JDK is installed and the user named a class path that exists."""
    advice = f"export {jar.variable}=/path/to/{jar.file}"
    class_path = os.environ.get(jar.variable)
    if not class_path:
        raise Unavailable(f"{jar.variable} is not set", advice)
    for entry in class_path.split(os.pathsep):
        if not Path(entry.removesuffix("/*")).exists():
            raise Unavailable(f"{jar.variable} names a file that does not exist: {entry}", advice)
    if shutil.which("java") is None or shutil.which("javac") is None:
        raise Unavailable("there is no Java with a compiler", f"install a JDK; Debian, Ubuntu: {DEBIAN_JAVA}")


def dies_with_parent() -> list[str]:
    """Return a prefix that lets the kernel end a command with its parent; empty if the system lacks setpriv."""
    program = shutil.which("setpriv")  # util-linux
    return [program, "--pdeathsig", "KILL"] if program else []
