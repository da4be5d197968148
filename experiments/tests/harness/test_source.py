from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness import source
from kmedoids_bench.experiments.harness.cell import Contender


def contender(implementation, algorithm):
    return Contender(implementation=implementation, algorithm=algorithm, order="C", tier="plain")


def test_what_an_algorithm_imports_counts_and_nothing_else():
    names = {path.name for path in source.imported("kmedoids_bench.algorithms.swaps.pam")}
    assert {"pam.py", "loss.py", "nearest.py", "kernel.py", "problem.py", "clustering.py"} <= names
    assert not {"fasterpam.py", "fastpam1.py", "build.py", "__init__.py"} & names


def test_a_module_that_is_imported_by_its_name_counts_and_no_other_of_its_package():
    """Of the vector operations `lanes` takes one of two forms, whichever numba can compile."""
    names = {path.name for path in source.imported("kmedoids_bench.algorithms.tuned.swaps.fasterpam")}
    assert {"lanes.py", "lanes_llvm.py", "lanes_plain.py"} <= names
    assert not {"onebatchpam.py", "lab.py", "alternating.py", "__init__.py"} & names


@pytest.mark.parametrize(
    ("ours", "edited", "differs"),
    [
        (("kmedoids_bench", "fasterpam", ""), "loss.py", True),
        (("kmedoids_bench", "fasterpam", ""), "build.py", False),
        (("kmedoids_bench", "fasterpam", "build"), "build.py", True),
        (("kmedoids_bench", "fastclara", ""), "build.py", True),
        (("kmedoids_bench", "alternate_refinement", ""), "random_start.py", True),
        (("kmedoids_bench_tuned", "pam", ""), "lanes_llvm.py", True),
        (("kmedoids_bench_tuned", "pam", ""), "lab.py", False),
    ],
)
def test_an_edit_of_what_decides_a_call_changes_its_source(monkeypatch, ours, edited, differs):
    implementation, algorithm, own_start = ours
    one = replace(contender(implementation, algorithm), own_start=own_start)
    before = source.source_of(one)
    assert source.source_of(one) == before
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"# edited" if path.name == edited else b""))
    assert (source.source_of(one) != before) == differs


def test_every_algorithm_and_every_library_has_a_source_of_its_own():
    ours = [contender("kmedoids_bench", name) for name in algorithms()]
    libraries = [contender(name, "pam") for name in references()]
    sources = [source.source_of(one) for one in (*ours, *libraries)]
    assert len(set(sources)) == len(sources)


def test_what_is_measured_beside_the_algorithms_has_the_source_of_its_module():
    for place, module in source.BESIDE.items():
        assert source.imported(module) > {Path(find_spec(module).origin)}
        bare = contender(place[0], "streaming")
        assert source.source_of(contender(*place)) != source.source_of(bare)
    names = {path.name for path in source.imported("kmedoids_bench.algorithms.gpu.bounds")}
    assert {"ascent.py", "relaxation.py", "close.py", "certificate.py", "matrix.py"} <= names


def test_machine_code_is_kept_in_a_folder_named_after_the_sources(monkeypatch):
    folder = Path(source.cache_environment()["NUMBA_CACHE_DIR"])
    assert folder.parent == source.CACHE
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read(path) + (b"# edited" if path.name == "nearest.py" else b"")
    )
    assert Path(source.cache_environment()["NUMBA_CACHE_DIR"]) != folder


def test_without_a_checkout_machine_code_is_kept_where_every_caller_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "CACHE", tmp_path / "site-packages" / ".cache" / "numba")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/somewhere")
    assert source.cache_environment() == {"NUMBA_CACHE_DIR": "/somewhere"}
