"""Who runs a reference library: a Python of its own, the system's R, or Java. The protocol is the same."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.references.reference import Reference
from kmedoids_bench.experiments.harness.workers import environments
from kmedoids_bench.experiments.harness.workers.process import WORKER

WORKER_R = Path(__file__).with_name("worker.R")
R_PACKAGES = ("cluster", "jsonlite")
R_ADVICE = "install R and its packages; Debian, Ubuntu: apt install r-base-core r-cran-cluster r-cran-jsonlite"
ANSWER_SECONDS = 60

ELKI = "KMEDOIDS_BENCH_ELKI"  # names the jar of an ELKI bundle


class Unavailable(Exception):
    """A library cannot be had here: the reason in few words, and what would mend it."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason} ({advice})")
        self.reason, self.advice = reason, advice


def command(reference: Reference) -> list[str]:
    """Return the program that runs a library's adapter and speaks the protocol; builds its environment if need be.

    Raises
    ------
    Unavailable
        If it cannot be had: no network, no such Python, no R, no Java.
    """
    adapter = str(reference.adapter)
    if reference.runtime == "R":
        return [*away_from_the_pipe(), *dies_with_parent(), *r(), str(WORKER_R), adapter]
    if reference.runtime == "java":
        check_java()
        return [sys.executable, "-u", str(WORKER), adapter]  # which starts Java for every call
    if reference.environment is None:
        raise Unavailable("its adapter names no environment", "name one of experiments/envs in its record")
    try:
        environment = environments.ensure(reference.environment)
    except environments.EnvironmentUnavailable as error:
        raise Unavailable(error.reason, error.advice) from error
    return [str(environment.python), "-u", str(WORKER), adapter]


def r() -> list[str]:
    """Return the command that runs R scripts, if R and the packages are there."""
    program, versions, trouble = _look_for_r()
    if program is None or not versions:
        raise Unavailable(trouble, R_ADVICE)
    return [program, "--vanilla"]


def r_versions() -> str:
    """Versions of R and of the packages, or why there are none: the system's R may change under us."""
    _, versions, trouble = _look_for_r()
    return versions or trouble


@cache
def _look_for_r() -> tuple[str | None, str, str]:
    """Program, versions and, where these are missing, the reason."""
    program = shutil.which("Rscript")
    if program is None:
        return None, "", "R is not installed"
    packages = ", ".join(f"'{name}'" for name in R_PACKAGES)
    code = f"cat(R.version.string, sapply(c({packages}), function(p) as.character(packageVersion(p))))"
    try:
        done = subprocess.run(
            [program, "--vanilla", "-e", code], capture_output=True, text=True, timeout=ANSWER_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        return program, "", f"R does not start: {error}"
    said = done.stderr.strip().splitlines() or ["it says nothing"]
    return program, done.stdout if done.returncode == 0 else "", f"R lacks a package: {said[0]}"


def away_from_the_pipe() -> list[str]:
    """Words before a command that cannot turn its stdout away itself: the pipe becomes descriptor 3, stdout is stderr.

    What C code prints goes there as well. A crash should cost a row, not a core file.
    """
    return ["sh", "-c", 'ulimit -c 0; exec "$@" 3>&1 1>&2', "worker"]


def check_java() -> None:
    """Raise Unavailable unless there are a Java and the jar that the user named."""
    jar = os.environ.get(ELKI)
    if not jar:
        raise Unavailable("no ELKI was named", f"export {ELKI}=/path/to/elki-bundle-0.8.0.jar")
    if not Path(jar).is_file():
        raise Unavailable(f"{ELKI} names no file: {jar}", f"export {ELKI}=/path/to/elki-bundle-0.8.0.jar")
    if shutil.which("java") is None:
        raise Unavailable("Java is not installed", "install Java; Debian, Ubuntu: apt install default-jre")


def dies_with_parent() -> list[str]:
    """Words before a command that cannot ask the kernel itself to end it with its parent; none where there are none."""
    program = shutil.which("setpriv")  # util-linux
    return [program, "--pdeathsig", "KILL"] if program else []
