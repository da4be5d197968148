"""The command as a user meets it; `own_data` has the tests of what it does."""

import numpy as np
import pytest
import rich_click as click
from click.testing import CliRunner

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.own_data.compare import compare


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file of three clusters; whatever a test registers is forgotten."""
    monkeypatch.setitem(datasets(), "three", None)
    del datasets()["three"]
    points = np.repeat([[0.0, 0], [10, 0], [0, 10]], 8, axis=0) + np.random.default_rng(0).normal(size=(24, 2))
    np.save(tmp_path / "three.npy", points)
    yield tmp_path / "three.npy"
    best_known.cache_clear()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--k", "24"), "--k 24: .*three.npy has 24 rows"),
        (("--libraries", "kmedoid"), "'kmedoid' is not a library"),
        (("--asymmetric", "max"), "distances are square"),
        (("--k", "many"), "'many' is no number of clusters"),
    ],
)
def test_what_cannot_be_compared_is_said_before_anything_runs(file, words, says):
    with pytest.raises((Trouble, click.UsageError), match=says):
        compare.main([str(file), *words], standalone_mode=False)
    assert not list(file.parent.glob("*-comparison"))


@pytest.mark.proof
def test_a_file_becomes_a_recommendation_and_a_page(file):
    words = [str(file), "--k", "3", "--libraries", "none", "--seconds", "2", "--results", str(file.with_name("out"))]
    text = CliRunner().invoke(compare, words, catch_exceptions=False, env={"COLUMNS": "200"}).output
    assert "comparing our algorithms; k = 3" in text
    assert "On three (n = 24, euclidean), use " in text
    assert file.with_name("out").joinpath("report.html").is_file()
