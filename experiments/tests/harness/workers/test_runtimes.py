import shutil
import subprocess
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.references.reference import Reference
from kmedoids_bench.experiments.harness.workers import environments, pool, runtimes
from kmedoids_bench.experiments.harness.workers.process import WORKER, Failure

DEBIAN = "apt install r-base-core r-cran-cluster r-cran-jsonlite"


def reference(**fields):
    common = {"name": "lib", "title": "Lib", "language": "", "licence": "", "homepage": "", "algorithms": {}}
    return Reference(**{**common, "orders": ("C",), "adapter": Path("/adapters/lib.R"), **fields})


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Make the next look for R find this shell script in its place, and nothing else."""

    def program(text=None):
        if text is not None:
            script = tmp_path / "Rscript"
            script.write_text(f"#!/bin/sh\n{text}\n")
            script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    runtimes._look_for_r.cache_clear()
    yield program
    runtimes._look_for_r.cache_clear()


def test_a_machine_without_r(program):
    program()
    with pytest.raises(runtimes.Unavailable, match="R is not installed") as error:
        runtimes.command(reference(runtime="R"))
    assert DEBIAN in error.value.advice
    assert runtimes.r_versions() == "R is not installed"


def test_r_without_a_package(program):
    program("echo \"Error in packageVersion(p) : there is no package called 'cluster'\" >&2; exit 1")
    with pytest.raises(runtimes.Unavailable, match="there is no package called 'cluster'") as error:
        runtimes.command(reference(runtime="R"))
    assert DEBIAN in error.value.advice


def test_r_that_fails_without_a_word(program):
    program("exit 1")
    with pytest.raises(runtimes.Unavailable, match="it says nothing"):
        runtimes.r()


def test_r_that_does_not_answer(program, monkeypatch):
    monkeypatch.setattr(runtimes, "ANSWER_SECONDS", 0.2)
    program("exec /bin/sleep 30")
    with pytest.raises(runtimes.Unavailable, match="R does not start"):
        runtimes.r()


def test_without_r_a_worker_is_unavailable_with_advice(program, monkeypatch, tmp_path):
    program()
    monkeypatch.setattr(pool, "references", lambda: {"lib": reference(runtime="R")})
    with pytest.raises(Failure, match="unavailable: R is not installed") as failure:
        pool.new_worker("lib", tmp_path / "log")
    assert DEBIAN in failure.value.advice


def test_the_command_of_a_library_of_r(program):
    program("echo 'R version 9.9.9 1.2.3'")
    *before, rscript, vanilla, worker, adapter = runtimes.command(reference(runtime="R"))
    assert Path(rscript).name == "Rscript"
    assert [vanilla, worker, adapter] == ["--vanilla", str(runtimes.WORKER_R), "/adapters/lib.R"]
    assert before == runtimes.away_from_the_pipe()  # there is no setpriv on this path
    assert runtimes.r_versions().startswith("R version 9.9.9")


def test_the_kernel_is_asked_to_end_a_worker_with_its_driver():
    words = runtimes.dies_with_parent()
    assert words == ([shutil.which("setpriv"), "--pdeathsig", "KILL"] if shutil.which("setpriv") else [])


def test_what_a_program_prints_goes_elsewhere_than_its_answers():
    code = "import os; os.write(1, b'printed'); os.write(3, b'answered')"
    command = [*runtimes.away_from_the_pipe(), shutil.which("python3") or "python3", "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    assert (done.stdout, done.stderr) == (b"answered", b"printed")


def test_a_python_of_its_own(monkeypatch):
    built = environments.Environment("lib", Path("/envs/lib/bin/python"), True, 0.0)
    monkeypatch.setattr(environments, "ensure", lambda name: built)
    command = runtimes.command(reference(environment="lib", adapter=Path("/adapters/lib.py")))
    assert command == ["/envs/lib/bin/python", "-u", str(WORKER), "/adapters/lib.py"]


def test_a_python_environment_that_cannot_be_had(monkeypatch):
    def refuse(name):
        raise environments.EnvironmentUnavailable(name, "no network", "connect")

    monkeypatch.setattr(environments, "ensure", refuse)
    with pytest.raises(runtimes.Unavailable, match="no network") as error:
        runtimes.command(reference(environment="lib"))
    assert error.value.advice == "connect"


def test_a_python_library_names_its_environment():
    with pytest.raises(runtimes.Unavailable, match="names no environment"):
        runtimes.command(reference())
