"""From a file to the page with the harness itself; only the choice of algorithms is cut short."""

import dataclasses
from io import StringIO

import numpy as np
import pytest
from rich.console import Console
from rich.progress import Progress

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.dataset import Dataset
from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Lane, Start
from kmedoids_bench.experiments.own_data import comparing
from kmedoids_bench.experiments.own_data.reading import Wishes, read
from kmedoids_bench.experiments.own_data.showing_calls import Measuring, show_comparison, show_plan
from kmedoids_bench.experiments.studies import studies


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """Let a test register its data and what is known of them, and forget them."""
    for name in ("mine", "my_digits"):
        monkeypatch.setitem(datasets(), name, None)
        del datasets()[name]
    yield
    best_known.cache_clear()


@pytest.fixture
def data(tmp_path):
    points = np.repeat([[0.0, 0], [10, 0], [0, 10]], 8, axis=0) + np.random.default_rng(0).normal(size=(24, 2))
    np.save(tmp_path / "mine.npy", points)
    return read(tmp_path / "mine.npy", Wishes())


def test_libraries_are_named_or_those_that_are_there(monkeypatch):
    monkeypatch.setattr(comparing.runtimes, "is_ready", lambda library: library.name == "biopython")
    assert comparing.libraries_of(None) == ["biopython"]
    assert comparing.libraries_of("none") == []
    assert comparing.libraries_of("all") == list(references())
    assert comparing.libraries_of("elki, cluster,elki") == ["elki", "cluster"]
    with pytest.raises(Trouble, match="'kmedoid' is not a library, did you mean 'kmedoids_"):
        comparing.libraries_of("kmedoid")


def test_a_file_becomes_a_dataset_of_this_process(data):
    profile = comparing.profile_for(data, [2, 3], [], 1.0)
    assert isinstance(datasets()["mine"], Dataset)
    assert profile.datasets == ["mine"]
    assert comparing.expected_seconds(profile) > 1
    digits = dataclasses.replace(data, path=data.path.with_name("Digits.npy"))
    assert comparing.profile_for(digits, [2], [], 1.0).datasets == ["my_digits"]
    with pytest.raises(Trouble, match="most libraries take symmetric distances only"):
        comparing.profile_for(dataclasses.replace(data, directed=True), [2], [], 1.0)


@pytest.fixture
def few(monkeypatch):
    """Compare two algorithms only, in one series."""
    study = dataclasses.replace(studies()["choice"], algorithms=("fasterpam", "alternating"))
    monkeypatch.setitem(studies(), "choice", study)
    monkeypatch.setattr(comparing, "SERIES", 1)


def test_a_comparison_recommends_the_optimum_and_continues_where_it_was(data, few, tmp_path, undraw, monkeypatch):
    undraw(monkeypatch)
    said, profile = [], comparing.profile_for(data, [3], [], 5.0)
    compared = comparing.compare(data, profile, tmp_path / "out", bound_seconds=2.0, say=said.append)
    best = compared.result.ranking.iloc[0]
    assert best["recommended"]
    assert best["excess"] == 0
    assert best["gap"] == pytest.approx(0, abs=1e-6)
    assert said == ["computing the distances", "measuring", "how far from the optimum?", "writing the page"]
    page = compared.page.read_text()
    assert "mine.npy: which call to make" in page
    assert "use FasterPAM of kmedoids-bench" in page or "use Alternating" in page
    rows = (tmp_path / "out" / "cells" / "mine.jsonl").read_bytes()
    comparing.compare(data, profile, tmp_path / "out", bound_seconds=0)
    assert (tmp_path / "out" / "cells" / "mine.jsonl").read_bytes() == rows
    text = StringIO()
    show_comparison(Console(file=text, width=140), data, compared)
    assert "report.html" in text.getvalue()
    assert "On mine (n = 24, euclidean), use " in text.getvalue()


def test_the_plan_names_libraries_and_time(data):
    text = StringIO()
    show_plan(Console(file=text, width=140), comparing.profile_for(data, [2, 3], ["cluster"], 1.0), 45, asked=False)
    assert "comparing our algorithms, R cluster; k = 2, 3; about 45 s" in text.getvalue().replace(
        "cluster (R)", "R cluster"
    )
    assert "--libraries all" in text.getvalue()


def test_the_line_of_the_terminal_counts_what_is_done_and_is_full_at_the_end():
    lanes = tuple(Lane(Contender(implementation=name, algorithm="pam", order="C", tier="library"), 2) for name in "ab")
    start = Start(name="build", seed=None, medoids=(0, 1))
    cell = Cell(dataset="mine", n=9, k=2, dtype="float32", metric="euclidean", matrix_sha256="0", start=start)
    block = Block(cell, lanes)
    with Progress(disable=True) as shown, Measuring(shown, "mine", [block], lambda lane, cell: 2.0) as line:
        (task,) = shown.tasks
        line.advance(block, lanes[0], False)
        assert (task.completed, task.description) == (1.0, "0 of 2: PAM of a, k = 2")
        for lane in lanes:
            line.advance(block, lane, True)
        assert (task.completed, task.total, task.description) == (4.0, 4.0, "2 of 2: PAM of b, k = 2")
    assert not shown.tasks
