"""The registry looks into the folder."""

import sys
from pathlib import Path

import pytest

from kmedoids_bench.datasets import datasets

RECORD = """
from kmedoids_bench.datasets import Dataset
DATASETS = (Dataset({name!r}, "T", 1, "points", "euclidean", (), lambda paths: [[0.0]], "-", "-", "-"),)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a package of modules, each of which declares one dataset name; give the package's name."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(**names: str) -> str:
        folder = tmp_path / f"room_{len(sys.modules)}"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        (folder / "no_records.py").write_text("")
        for module, name in names.items():
            (folder / f"{module}.py").write_text(RECORD.format(name=name))
        return folder.name

    return make


def test_the_datasets_of_this_room():
    pmed = {f"pmed{number}" for number in range(1, 41)}
    points = {"digits", "plants_texture", "plants_shape", "plants_margin", "optdigits_tra", "optdigits_tes"}
    assert set(datasets()) >= pmed | points | {"mnist", "fashion_mnist"}


def test_a_new_file_is_found(package):
    assert set(datasets(package(one="first", two="second"))) == {"first", "second"}


def test_a_name_that_is_declared_twice_is_an_error_that_names_both_files(package):
    with pytest.raises(ValueError, match=r"'same' is declared twice, in .*\.one and in .*\.two"):
        datasets(package(one="same", two="same"))
