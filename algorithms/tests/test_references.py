import ast
import sys
from dataclasses import replace

import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import Offer, references

REFERENCES = [pytest.param(reference, id=reference.name) for reference in references().values()]


@pytest.mark.parametrize("reference", REFERENCES)
def test_what_is_declared_is_known(reference):
    known = algorithms()
    for name, offer in reference.algorithms.items():
        assert name in known or offer.title, "an algorithm of its own needs a title"
        assert offer.same_result_as in {None, *known}
        assert offer.takes_start or offer.makes_start or offer.phase == "start", "nobody could run it"
    assert reference.orders
    assert set(reference.orders) <= {"C", "F", "dist", "points"}
    assert reference.licence
    assert reference.adapter.is_file()


@pytest.mark.parametrize(
    "wrong", [{"runtime": "perl"}, {"dtypes": ("float16",)}, {"algorithms": {"pam": Offer(phase="middle")}}]
)
def test_what_nobody_knows_is_refused(wrong):
    with pytest.raises(ValueError, match="none of those allowed"):
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
