import ast
import sys
from dataclasses import replace

import pytest

import kmedoids_bench.algorithms.references as package
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import Offer, Pip, read_references, references

REFERENCES = [pytest.param(reference, id=reference.name) for reference in references().values()]


@pytest.mark.parametrize("reference", REFERENCES)
def test_what_is_declared_is_known(reference):
    known = algorithms()
    for name, offer in reference.algorithms.items():
        assert name in known or offer.title, "an algorithm of its own needs a title"
        assert name not in known or offer.chooses_k == known[name].chooses_k
        assert offer.same_result_as in {None, *known}
        assert offer.takes_start or offer.makes_start or offer.phase == "start", "nobody could run it"
    assert reference.orders
    assert reference.licence


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_folder_is_complete(reference):
    assert reference.adapter.is_file()
    assert (reference.folder / "tests" / "test_adapter.py").is_file()
    if isinstance(reference.runtime, Pip):
        pins = (reference.folder / f"{reference.runtime.requirements}.txt").read_text()
        source = (reference.folder / f"{reference.runtime.requirements}.in").read_text()
        assert all(line in pins for line in source.splitlines() if "==" in line), "run make lock"


@pytest.mark.parametrize(
    "wrong", [{"orders": ("diagonal",)}, {"dtypes": ("float16",)}, {"algorithms": {"pam": Offer(phase="middle")}}]
)
def test_what_nobody_knows_is_refused(wrong):
    with pytest.raises(ValueError, match="which this project does not know"):
        replace(next(iter(references().values())), **wrong)


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_adapter_imports_nothing_that_another_interpreter_may_lack(reference):
    if reference.adapter.suffix != ".py":
        pytest.skip("not in Python: its own tests run it")
    tree = ast.parse(reference.adapter.read_text())
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert names <= {*sys.stdlib_module_names, "numpy"}
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {"versions", "call", "read"} <= functions
    assert ("prepare_points" if "points" in reference.orders else "prepare") in functions


def test_two_records_of_one_name_are_refused(tmp_path, monkeypatch):
    folder = tmp_path / "zz_copy"
    folder.mkdir()
    (folder / "__init__.py").write_text("from kmedoids_bench.algorithms.references.elki import REFERENCES\n")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="two records of .* are named 'elki'"):
        read_references(package)
