"""Plants."""

import hashlib

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets

PLANTS = [dataset for name, dataset in datasets().items() if name.startswith("plants_")]


@pytest.fixture(params=PLANTS, ids=lambda dataset: dataset.name)
def plants(request, fetched):
    return request.param, fetched(request.param)


def test_values(plants):
    dataset, paths = plants
    points = dataset.load(paths)
    assert points.shape == (1599 if dataset.name == "plants_texture" else 1600, 64)
    if dataset.name == "plants_shape":
        assert (points.min(), points.max()) == (2.1672e-05, 0.0030067)
    else:  # histograms
        np.testing.assert_allclose(points.sum(axis=1), 1, atol=1e-4)
        assert (points.min(), points.max()) == (0, 0.85352 if dataset.name == "plants_texture" else 0.41602)


def test_the_edition_with_crlf_is_accepted_and_has_the_same_values(plants, tmp_path):
    dataset, paths = plants
    text = paths[0].read_bytes().replace(b"\r\n", b"\n")
    crlf = tmp_path / "crlf.txt"
    crlf.write_bytes(text.replace(b"\n", b"\r\n"))
    digests = tuple(hashlib.sha256(content).hexdigest() for content in (text, crlf.read_bytes()))
    assert digests == dataset.files[0].sha256
    np.testing.assert_array_equal(dataset.load((crlf,)), dataset.load(paths))
