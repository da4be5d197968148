import importlib
import inspect
import subprocess
import sys

import pytest

import kmedoids_bench.algorithms as plain
from kmedoids_bench.algorithms import gpu, tuned
from kmedoids_bench.algorithms.core.algorithm import KINDS, TIERS, Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms, names, read_records

RECORD = """
import numba

def mine(distances, k):
    return "called"


ALGORITHM = Algorithm(
    __name__, title="Mine", paper="kaufman1990", cost="O(k)", memory="O(1)", local_optimum=True{more}
)
"""
ALL = [pytest.param(record, id=f"{tier}-{name}") for tier in TIERS for name, record in algorithms(tier).items()]


@pytest.fixture
def folder(tmp_path):
    for kind in ("starts", "swaps", "sampling"):
        (tmp_path / kind).mkdir()
    return tmp_path


def test_a_new_file_is_all_it_takes(folder):
    (folder / "swaps" / "mine.py").write_text(RECORD.format(more=""))
    (folder / "swaps" / "helper.py").write_text("x = 1")
    (record,) = read_records(folder, "package").values()
    assert (record.name, record.title, record.kind, record.tier) == ("mine", "Mine", "swap", "plain")
    assert record.module == "package.swaps.mine"


def test_a_name_used_twice_is_an_error(folder):
    for kind in ("starts", "swaps"):
        (folder / kind / "same.py").write_text(RECORD.format(more=""))
    with pytest.raises(ValueError, match=r"starts\.same and package\.swaps\.same have one name"):
        read_records(folder, "package")


@pytest.mark.parametrize("text", [RECORD.format(more=", seeded=x"), RECORD.format(more="") + "x = 1\n"])
def test_a_record_that_cannot_be_read_is_an_error(folder, text):
    (folder / "starts" / "mine.py").write_text(text)
    with pytest.raises(ValueError, match=r"mine\.py: the record must be the last statement and have literal values"):
        read_records(folder, "package")


def test_a_record_with_an_unknown_paper_is_an_error():
    with pytest.raises(ValueError, match="paper of algorithm 'x' is 'nobody1900'"):
        Algorithm("package.starts.x", title="", paper="nobody1900", cost="", memory="", local_optimum=True)


@pytest.mark.parametrize("record", ALL)
def test_the_record_that_is_read_is_the_one_that_the_file_makes(record):
    assert record == importlib.import_module(record.module).ALGORITHM
    assert record.call.__name__ == record.function
    assert record.call.__module__ == record.module


@pytest.mark.parametrize("record", ALL)
def test_a_record_tells_whether_the_call_takes_threads(record):
    assert record.threads == ("threads" in inspect.signature(record.call).parameters)


def test_names_are_those_of_one_kind_or_of_all():
    assert [name for kind in KINDS for name in names(kind)] == list(names()) == list(algorithms())
    assert {"build", "random"} <= set(names("start"))
    assert {"pam", "fastpam1", "fasterpam"} <= set(names("swap"))
    assert names("sampling", "tuned") == ("fasterclara", "onebatchpam")


def test_promises_name_registered_algorithms():
    known = algorithms()
    assert all(record.same_result_as in known for record in known.values() if record.same_result_as)
    for tier in ("tuned", "gpu"):
        assert all(record.kind == known[name].kind for name, record in algorithms(tier).items())
    assert [record.same_result_as for record in algorithms("gpu").values()] == list(algorithms("gpu"))


def test_every_algorithm_has_its_public_name():
    functions = {tier: {record.function: record.call for record in algorithms(tier).values()} for tier in TIERS}
    assert sorted(tuned.__all__) == sorted(functions["tuned"])
    assert sorted(plain.__all__) == sorted([*functions["plain"], *plain.CLASSES]), "see CONTRIBUTING.md, step 3"
    assert sorted(gpu.__all__) == sorted([*functions["gpu"], *gpu.FILES])
    for package, tier in ((plain, "plain"), (tuned, "tuned"), (gpu, "gpu")):
        assert dir(package) == sorted(package.__all__)
        assert {name: getattr(package, name).__wrapped__ for name in functions[tier]} == functions[tier]
        with pytest.raises(AttributeError, match=f"{package.__name__}' has no attribute 'nothing'"):
            _ = package.nothing


def test_names_and_records_are_read_without_numba():
    code = """if True:
        import sys
        import kmedoids_bench.algorithms, kmedoids_bench.algorithms.gpu, kmedoids_bench.algorithms.tuned
        from kmedoids_bench.algorithms.core.registry import algorithms, names
        from kmedoids_bench.algorithms.references.reference import references
        assert names() and algorithms("tuned") and references()
        assert "numba" not in sys.modules
        from kmedoids_bench.algorithms import pam
        assert "numba" in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True)
