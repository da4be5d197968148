import shutil
import subprocess
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.references.reference import Jar, Pip, Reference, SystemR, references
from kmedoids_bench.experiments.harness.workers import environments, pool, runtimes
from kmedoids_bench.experiments.harness.workers.process import WORKER, Failure

DEBIAN = "apt install r-base-core r-cran-cluster r-cran-jsonlite"


def reference(runtime):
    common = {"name": "lib", "title": "Lib", "language": "", "licence": "", "homepage": "", "algorithms": {}}
    return Reference(**common, orders=("C",), runtime=runtime, folder=Path("/lib"))


R = reference(SystemR("cluster"))


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
        runtimes.command(R)
    assert DEBIAN in error.value.advice
    assert runtimes.determinants(R)[1] == "R is not installed"


def test_r_without_a_package(program):
    program("echo \"Error in packageVersion(p) : there is no package called 'cluster'\" >&2; exit 1")
    with pytest.raises(runtimes.Unavailable, match="there is no package called 'cluster'") as error:
        runtimes.command(R)
    assert DEBIAN in error.value.advice


def test_r_that_fails_without_a_message(program):
    program("exit 1")
    with pytest.raises(runtimes.Unavailable, match="no message"):
        runtimes.r("cluster")


def test_r_that_is_killed_while_it_is_asked_is_not_missing(program):
    program("kill -9 $$")
    with pytest.raises(Failure, match="R was killed by signal 9") as error:
        runtimes.command(R)
    assert not isinstance(error.value, runtimes.Unavailable)


def test_r_that_does_not_answer(program, monkeypatch):
    monkeypatch.setattr(runtimes, "ANSWER_SECONDS", 0.2)
    program("exec /bin/sleep 30")
    with pytest.raises(runtimes.Unavailable, match="R does not start"):
        runtimes.r("cluster")


def test_without_r_a_worker_is_unavailable_with_advice(program, monkeypatch, tmp_path):
    program()
    monkeypatch.setattr(pool, "references", lambda: {"lib": R})
    with pytest.raises(Failure, match="unavailable: R is not installed") as failure:
        pool.new_worker("lib", tmp_path / "log")
    assert DEBIAN in failure.value.advice


def test_the_command_of_a_library_of_r(program):
    program("echo 'R version 9.9.9 1.2.3'")
    *before, rscript, vanilla, heap, worker, adapter = runtimes.command(R)
    assert Path(rscript).name == "Rscript"
    words = ["--vanilla", runtimes.LARGE_HEAP, str(runtimes.WORKER_R), "/lib/adapter.R"]
    assert [vanilla, heap, worker, adapter] == words
    assert tuple(before) == runtimes.AWAY_FROM_THE_PIPE  # there is no setpriv on this path
    assert runtimes.determinants(R)[1].startswith("R version 9.9.9")


def test_the_kernel_is_asked_to_end_a_worker_with_its_driver():
    words = runtimes.dies_with_parent()
    assert words == ([shutil.which("setpriv"), "--pdeathsig", "KILL"] if shutil.which("setpriv") else [])


def test_what_a_program_prints_goes_elsewhere_than_its_answers():
    code = "import os; os.write(1, b'printed'); os.write(3, b'answered')"
    command = [*runtimes.AWAY_FROM_THE_PIPE, shutil.which("python3") or "python3", "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    assert (done.stdout, done.stderr) == (b"answered", b"printed")


def test_a_python_of_its_own(monkeypatch):
    monkeypatch.setattr(environments, "ensure", lambda lock: Path(f"/env-of{lock}/python"))
    command = runtimes.command(reference(Pip("old")))
    assert command == ["/env-of/lib/old.txt/python", "-u", str(WORKER), "/lib/adapter.py"]


def test_what_decides_speed_and_results_is_told_for_every_runtime(program, monkeypatch):
    program()
    monkeypatch.setenv("A_JAR", "a-1.0.jar")
    assert runtimes.determinants(R) == ([Path("/lib/adapter.R"), runtimes.WORKER_R], "R is not installed")
    assert Path("/lib/old.txt") in runtimes.determinants(reference(Pip("old")))[0]
    assert runtimes.determinants(reference(Jar("A_JAR", "a.jar")))[1].endswith(" a-1.0.jar")
    for known in references().values():
        assert all(path.is_file() for path in runtimes.determinants(known)[0])


def test_whether_a_library_is_ready_is_told_without_building_anything(program, monkeypatch, tmp_path):
    monkeypatch.setattr(environments, "is_built", lambda lock: lock.name == "new.txt")
    assert [runtimes.is_ready(reference(Pip(name))) for name in ("old", "new")] == [False, True]
    program()
    assert not runtimes.is_ready(R)
    monkeypatch.delenv("A_JAR", raising=False)
    assert not runtimes.is_ready(reference(Jar("A_JAR", "a.jar")))
    monkeypatch.setenv("A_JAR", str(tmp_path))
    monkeypatch.setattr(runtimes.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert runtimes.is_ready(reference(Jar("A_JAR", "a.jar")))
