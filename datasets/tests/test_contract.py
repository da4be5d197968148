"""What every dataset keeps, whoever adds it."""

import re

import numpy as np
import pytest
import requests

from kmedoids_bench.datasets import DatasetUnavailable, datasets, fetch, metrics, write_matrix

ALL = list(datasets().values())


@pytest.fixture(params=ALL, ids=lambda dataset: dataset.name)
def dataset(request):
    return request.param


def test_the_record(dataset):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", dataset.name)
    assert dataset.title.isascii()
    assert "\n" not in dataset.title
    assert dataset.n > 1
    assert dataset.kind in ("points", "graph", "categories", "mixed", "strings", "series")
    assert dataset.metric.isidentifier()
    assert dataset.metric in metrics.OF_KIND.get(dataset.kind, ("", (dataset.metric,)))[1]
    assert dataset.licence
    assert re.search(r"\b(19|20)\d\d\b", dataset.citation), "a citation has a year"
    assert re.match(r"https?://", dataset.homepage)


def test_the_files(dataset):
    for file in dataset.files:
        assert file.addresses
        assert all(re.fullmatch(r"https?://\S+", address) for address in file.addresses)
        assert file.member or file.name.endswith(".zip") or not any(a.endswith(".zip") for a in file.addresses)
        assert file.sha256
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in file.sha256)
        assert file.size > 0
        assert not {"/", "\\", ".."} & {file.name, *file.folder.split("/")}


def test_the_size_is_that_of_an_accepted_edition(dataset, fetched):
    for path, file in zip(fetched(dataset), dataset.files, strict=True):
        content = path.read_bytes()
        assert file.size in (len(content), len(content.replace(b"\r\n", b"\n")))


def test_files_that_cannot_be_had(dataset, cache, monkeypatch):
    def no_network(*arguments, **others):
        raise requests.ConnectionError("no network")

    monkeypatch.setattr(requests, "get", no_network)
    if not dataset.files:
        assert fetch(dataset) == ()
        return
    with pytest.raises(DatasetUnavailable, match=f"dataset '{dataset.name}' is not available") as caught:
        fetch(dataset)
    assert all(address in str(caught.value) for address in dataset.files[0].addresses)
    assert f"{dataset.files[0].folder}/{dataset.files[0].name}" in caught.value.advice


def test_the_matrix(dataset, fetched, tmp_path):
    fetched(dataset)
    matrix = write_matrix(dataset, tmp_path, n=min(dataset.n, 60))
    values = np.load(matrix.path)
    np.testing.assert_array_equal(values, values.T)
    assert not np.diagonal(values).any()
    assert np.isfinite(values).all()
    assert values.min() == 0 < values.max()
    assert write_matrix(dataset, tmp_path, n=matrix.n).reused
