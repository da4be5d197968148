"""A matrix is used again exactly when its inputs are the same and its bytes are untouched."""

import dataclasses
import hashlib
import importlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from small_datasets import dataset_of, file_of, load_text

from kmedoids_bench.datasets import Dataset, Matrix, write_matrix

reuse = importlib.import_module("kmedoids_bench.datasets.reuse")
TEXT = b"1 2\n3 4\n5 7\n"
CRLF = TEXT.replace(b"\n", b"\r\n")


@pytest.fixture
def dataset(cache: Path) -> Dataset:
    put(cache, TEXT)
    return dataset_of(file_of(TEXT, "http://127.0.0.1:9/data.txt", other=(CRLF,)))


def put(cache: Path, content: bytes) -> None:
    (cache / "small").mkdir(parents=True, exist_ok=True)
    (cache / "small" / "data.txt").write_bytes(content)


@pytest.fixture
def first(dataset, tmp_path) -> Matrix:
    return write_matrix(dataset, tmp_path)


def again(dataset, tmp_path) -> Matrix:
    matrix = write_matrix(dataset, tmp_path)
    assert np.load(matrix.path)[0, 1] == np.float32(np.sqrt(8))
    assert matrix.sha256 == hashlib.sha256(matrix.path.read_bytes()).hexdigest()
    return matrix


def test_the_same_inputs(first, dataset, tmp_path):
    assert not first.reused
    assert again(dataset, tmp_path) == dataclasses.replace(first, reused=True)


def test_the_record_says_what_the_matrix_was_made_of(first):
    record = json.loads(first.path.with_suffix(".json").read_text())
    assert record["inputs"]["files"] == [hashlib.sha256(TEXT).hexdigest()]
    assert set(record["inputs"]["versions"]) == {"numpy", "scipy", "scikit-learn", "rapidfuzz", "numba"}
    assert record["sha256"] == first.sha256
    assert record["bytes"] == first.path.stat().st_size
    assert record["seconds"] == first.seconds > 0


def test_the_files_are_not_needed_again(first, dataset, tmp_path, cache):
    (cache / "small" / "data.txt").unlink()
    assert again(dataset, tmp_path).reused


def test_another_edition_gives_the_same_matrix(first, dataset, tmp_path, cache):
    first.path.unlink()
    put(cache, CRLF)
    assert again(dataset, tmp_path).sha256 == first.sha256
    assert again(dataset, tmp_path).reused


def test_copied_to_another_place(first, dataset, tmp_path, monkeypatch):
    os.utime(first.path, (1, 1))
    assert again(dataset, tmp_path).reused
    monkeypatch.setattr(reuse, "_sha256", lambda path: pytest.fail("read again: the new time stamp was not recorded"))
    assert write_matrix(dataset, tmp_path).reused


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def write_over(path: Path) -> None:
    with open(path, "r+b") as file:
        file.seek(-4, os.SEEK_END)
        file.write(b"\x01")


@pytest.mark.parametrize("damage", [truncate, write_over, Path.unlink])
def test_damaged_bytes(first, dataset, tmp_path, damage):
    damage(first.path)
    assert not again(dataset, tmp_path).reused


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"inputs": 1}', '{"inputs": {"files": null}}'])
def test_a_record_that_is_none(first, dataset, tmp_path, content):
    first.path.with_suffix(".json").write_text(content)
    assert not again(dataset, tmp_path).reused


def test_a_file_that_is_no_longer_accepted(first, dataset, tmp_path, cache):
    put(cache, CRLF)
    newer = dataset_of(file_of(CRLF, "http://127.0.0.1:9/data.txt"))
    assert not again(newer, tmp_path).reused


def test_other_versions_of_the_libraries(first, dataset, tmp_path, monkeypatch):
    monkeypatch.setattr(reuse, "version", lambda library: "0")
    assert not again(dataset, tmp_path).reused


@pytest.mark.parametrize(
    "module", ["kmedoids_bench.datasets.metrics", "kmedoids_bench.datasets.distances", load_text.__module__]
)
def test_an_edit_of_the_code(first, dataset, tmp_path, monkeypatch, module):
    plain = reuse.inspect.getsource
    monkeypatch.setattr(reuse.inspect, "getsource", lambda m: plain(m) + "#" * (m.__name__ == module))
    assert not again(dataset, tmp_path).reused


def test_the_code_of_a_loader_includes_what_it_uses(monkeypatch):
    from kmedoids_bench.datasets import datasets

    seen = []
    monkeypatch.setattr(reuse.inspect, "getsource", lambda m: seen.append(m.__name__) or "")
    reuse.inputs_of(datasets()["mnist"], 1, "euclidean", "float32")
    assert seen == [f"kmedoids_bench.datasets.{name}" for name in ("distances", "idx", "metrics", "mnist")]


def test_another_request_has_its_own_file(first, dataset, tmp_path):
    assert not write_matrix(dataset, tmp_path, n=2).reused
    assert not write_matrix(dataset, tmp_path, dtype="float64").reused
    assert not write_matrix(dataset, tmp_path, metric="cityblock").reused
    assert again(dataset, tmp_path).reused
