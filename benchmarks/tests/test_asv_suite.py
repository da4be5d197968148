"""The benchmarks that asv runs: all algorithms, importable by asv, exact counters, n/a on older commits."""

import subprocess
import sys
from pathlib import Path

import pytest
from asv_suite import instructions, kernels

from kmedoids_bench.algorithms.core.algorithm import TIERS
from kmedoids_bench.algorithms.core.registry import algorithms

SUITE = Path(kernels.__file__).parent
# A card is not measured with asv: where there is none, its simulator would be.
ALL = [f"{tier} {name}" for tier in TIERS if tier != "gpu" for name in algorithms(tier)]


def test_every_registered_algorithm_is_measured():
    assert kernels.labels() == ALL
    for benchmark in (kernels.Time, kernels.Memory, kernels.Result):
        assert benchmark.params == ALL
    assert instructions.Instructions.params == [*ALL, kernels.CERTIFY]


def test_there_are_enough_samples_for_a_verdict():
    fewest, most, _ = kernels.Time.repeat
    assert kernels.Time.rounds * fewest >= 8
    assert most >= fewest
    assert kernels.Time.number == 1


def test_asv_can_import_the_suite_without_loading_numba():
    modules = ", ".join(f"asv_suite.{path.stem}" for path in SUITE.glob("*.py") if path.stem != "__init__")
    code = f"import sys; sys.path.insert(0, {str(SUITE.parent)!r}); import {modules}; assert 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_each_state_of_the_sources_has_a_cache_of_its_own(tmp_path):
    code = "import os, asv_suite; print(os.environ['NUMBA_CACHE_DIR'])"
    code = f"import sys; sys.path.insert(0, {str(SUITE.parent)!r}); {code}"
    env = {"ASV_ENV_DIR": str(tmp_path), "PATH": ""}
    folder = subprocess.check_output([sys.executable, "-c", code], env=env, text=True, timeout=60).strip()
    assert Path(folder).parent == tmp_path / "numba-cache"
    assert len(Path(folder).name) == 16


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A suite of small matrices, in a folder of its own, as asv provides it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kernels, "OBJECTS", {"plain": 60, "tuned": 80, "bounds": 60, "matrix": 60})
    monkeypatch.setattr(kernels, "SEEDS", 2)
    kernels.OnMatrix().setup_cache()


@pytest.mark.parametrize(("label", "n_runs"), [("plain fasterpam", 1), ("plain lab", 2), ("plain build", 1)])
def test_a_benchmark_runs_and_its_counters_are_totals(small, label, n_runs):
    time = kernels.Time()
    time.setup(label)
    time.setup(label)  # asv does so before every sample
    time.time_call(label)
    assert len(time.runs) == n_runs
    results = [run() for run in time.runs]
    for _ in range(2):  # measured, then read
        found = kernels.Result()
        found.setup(label)
        assert found.track_loss(label) == sum(result.loss for result in results)
        assert found.track_swaps(label) == sum(result.n_swaps for result in results)
        assert found.track_evaluations(label) == sum(result.n_evaluations for result in results)
        assert found.track_lookups(label) == sum(result.n_lookups for result in results)


@pytest.mark.parametrize("label", kernels.Matrix.params)
def test_a_matrix_is_computed_from_points(small, label):
    time = kernels.Matrix()
    time.setup(label)
    time.time_call(label)
    (run,) = time.runs
    assert run().shape == (60, 60)


def test_a_certificate_takes_the_same_steps_every_time(small):
    first, second = (kernels.Certificate() for _ in range(2))
    (label,) = kernels.Certificate.params
    for one in (first, second):
        one.setup(label)
        one.time_call(label)
    assert first.track_passes(label) == second.track_passes(label) > 1
    assert first.track_bound(label) == second.track_bound(label)
    assert first.track_bound(label) <= first.runs[0]().loss


@pytest.mark.parametrize("benchmark", [kernels.Time, kernels.Memory, kernels.Result])
def test_an_algorithm_younger_than_the_commit_is_skipped(small, benchmark):
    with pytest.raises(NotImplementedError, match="plain tomorrow"):
        benchmark().setup("plain tomorrow")


def test_a_commit_without_tiers_has_plain_algorithms_only(monkeypatch):
    monkeypatch.setattr("kmedoids_bench.algorithms.core.registry.algorithms", lambda: {"pam": "record"})
    assert kernels.algorithm_of("plain pam") == "record"
    with pytest.raises(NotImplementedError):
        kernels.algorithm_of("tuned pam")


def test_instructions_are_read_from_the_files_of_callgrind(monkeypatch):
    """Of the files that callgrind writes, the second, fourth, ... are about the calls of an algorithm."""

    def run(command, **settings):
        if "count" in command:
            (files,) = (word.partition("=")[2] for word in command if word.startswith("--callgrind-out-file="))
            for number, instructions in enumerate((5, 100, 6, 200), 1):
                Path(f"{files}.{number}").write_text(f"desc: Timerange\nsummary: {instructions}\n\nfn=(1)\n")
        return subprocess.CompletedProcess(command, 0, stdout='["plain pam", "tuned pam"]')

    monkeypatch.setattr(subprocess, "run", run)
    assert instructions.counts() == {"plain pam": 100, "tuned pam": 200}


def test_without_valgrind_instructions_are_skipped(monkeypatch):
    monkeypatch.setattr(instructions.shutil, "which", lambda program: None)
    counted = instructions.Instructions().setup_cache()
    with pytest.raises(NotImplementedError, match="plain pam"):
        instructions.Instructions().setup(counted, "plain pam")


def test_an_algorithm_younger_than_the_commit_is_not_counted(monkeypatch):
    monkeypatch.setattr(instructions, "ALL", ["plain lab", "plain tomorrow"])
    monkeypatch.setattr(instructions, "OBJECTS", {"plain": 60})
    monkeypatch.setattr(instructions, "SEEDS", 2)
    monkeypatch.setattr(instructions.gc, "disable", lambda: None)
    (found,) = instructions.calls().items()
    assert (found[0], len(found[1])) == ("plain lab", 2)
