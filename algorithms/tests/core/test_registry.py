import importlib
import sys

import pytest

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms, discover

RECORD = """
from kmedoids_bench.algorithms.core.algorithm import Algorithm
ALGORITHMS = (Algorithm(name="{name}", title="", call=print, kind="swap", paper="kaufman1990", cost="", memory="",
    local_optimum=True),)
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An empty package of a fresh name, and the folder it lies in."""
    name = f"package_{tmp_path.name}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


def test_a_new_file_is_all_it_takes(package):
    (package / "mine.py").write_text(RECORD.format(name="mine"))
    (package / "helper.py").write_text("x = 1")
    assert [record.name for record in discover(importlib.import_module(package.name), "ALGORITHMS")] == ["mine"]


def test_a_name_used_twice_is_an_error(package):
    (package / "one.py").write_text(RECORD.format(name="same"))
    (package / "two.py").write_text(RECORD.format(name="same"))
    with pytest.raises(ValueError, match="two records of .* are named 'same'"):
        discover(importlib.import_module(package.name), "ALGORITHMS")


def test_a_record_with_an_unknown_paper_is_an_error():
    with pytest.raises(ValueError, match="paper of algorithm 'x' is 'nobody1900'"):
        Algorithm(
            name="x", title="", call=print, kind="swap", paper="nobody1900", cost="", memory="", local_optimum=True
        )


def test_promises_name_registered_algorithms():
    known = algorithms()
    assert {"build", "random", "pam", "fastpam1", "fasterpam"} <= set(known)
    assert all(record.same_result_as in known for record in known.values() if record.same_result_as)
