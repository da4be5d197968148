import ast
import sys

import pytest

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.algorithms.registry import algorithms

REFERENCES = [pytest.param(reference, id=reference.name) for reference in references().values()]


@pytest.mark.parametrize("reference", REFERENCES)
def test_what_is_declared_is_known(reference):
    known = algorithms()
    for name, promise in reference.algorithms.items():
        assert name in known
        assert promise.same_result_as in {None, *known}
    assert reference.orders
    assert set(reference.orders) <= {"C", "F"}
    assert reference.licence


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_adapter_imports_nothing_that_another_interpreter_may_lack(reference):
    tree = ast.parse(reference.adapter.read_text())
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert names <= {*sys.stdlib_module_names, "numpy"}
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {"versions", "prepare", "call", "read"} <= functions
