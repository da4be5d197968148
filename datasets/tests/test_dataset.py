"""The registry looks into the folder."""

import sys
from pathlib import Path

import pytest

from kmedoids_bench.datasets import Dataset, File, datasets

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


GOOD = {"folder": "small", "name": "data.txt", "addresses": (), "sha256": ("0" * 64,), "size": 3}
RECORD_OF = {"name": "small", "title": "-", "n": 3, "kind": "points", "metric": "euclidean", "files": (), "load": len}
RECORD_OF |= {"licence": "-", "citation": "-", "homepage": "-"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "../data.txt"}, r"^small/\.\./data.txt: .* must lead to a place below the cache"),
        ({"folder": "/etc"}, "/etc/data.txt: folder and name"),
        ({"folder": "a/../../b"}, "folder and name"),
        ({"folder": ""}, "folder and name"),
        ({"name": "a\0b"}, "folder and name"),
        ({"name": "a\n"}, "folder and name"),
        ({"sha256": ()}, r"sha256 of data.txt is \(\)"),
        ({"sha256": ("0" * 63,)}, "must be digests of 64 hexadecimal digits"),
        ({"sha256": ("X" * 64,)}, "must be digests of 64 hexadecimal digits"),
        ({"size": -1}, "size of data.txt is -1"),
    ],
)
def test_the_record_of_a_file_is_checked(changes, message):
    File(**GOOD)
    with pytest.raises(ValueError, match=message):
        File(**GOOD | changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "two words"}, "name of a dataset is 'two words', must be of a-z, 0-9 and _"),
        ({"name": "small;rm"}, "name of a dataset"),
        ({"name": "small\n"}, "name of a dataset"),
        ({"n": 0}, "n of small is 0, must be at least 1"),
        ({"kind": "sounds"}, "kind of small is 'sounds', must be one of"),
    ],
)
def test_the_record_of_a_dataset_is_checked(changes, message):
    Dataset(**RECORD_OF)
    with pytest.raises(ValueError, match=message):
        Dataset(**RECORD_OF | changes)
