from dataclasses import replace

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets, write_matrix
from kmedoids_bench.datasets.optima import FILE, BestKnown, best_known, joined, write_best_known
from kmedoids_bench.datasets.trouble import Trouble

ONE = BestKnown(
    dataset="d",
    n=9,
    metric="euclidean",
    dtype="float32",
    k=2,
    matrix_sha256="ab",
    loss=6.25,
    bound=5.0,
    proven=False,
    search_seconds=0.5,
    certificate_seconds=1.5,
    candidates=7,
    optimal_seconds=2.5,
    limit_seconds=20.0,
    medoids=(3, 8),
)


def test_what_is_written_is_read(tmp_path):
    write_best_known([ONE], tmp_path / "optima.csv")
    assert best_known(tmp_path / "optima.csv") == {("ab", 2): ONE}
    assert ONE.gap == 0.25


@pytest.mark.parametrize("turned", [False, True])
def test_two_results_give_the_lower_loss_and_the_higher_bound(turned):
    better = replace(ONE, loss=6.0, bound=4.0, medoids=(1, 2))
    both = joined(better, ONE) if turned else joined(ONE, better)
    assert (both.loss, both.bound, both.proven, both.medoids) == (6.0, 5.0, False, (1, 2))
    proven = replace(ONE, loss=5.0, proven=True)
    assert joined(proven, better) == joined(better, proven) == proven
    assert joined(replace(ONE, bound=6.0), better).proven


def test_no_loss_is_below_its_bound():
    for one in best_known().values():
        assert one.bound <= one.loss * (1 + 1e-12), one
        assert one.proven == (one.gap <= 2e-9), one
        assert list(one.medoids) == sorted(set(one.medoids))
        assert len(one.medoids) == one.k


def test_the_optima_of_the_or_library_are_proven():
    facts = {name: record.facts for name, record in datasets().items() if "optimum" in record.facts}
    kept = {(one.dataset, one.k): one for one in best_known().values()}
    for name, fact in facts.items():
        one = kept[name, fact["k"]]
        assert (one.loss, one.proven) == (fact["optimum"], True)


def test_losses_are_those_of_the_medoids(tmp_path):
    smallest = min((one for one in best_known().values() if one.dataset == "digits"), key=lambda one: (one.n, one.k))
    about = {"n": smallest.n, "metric": smallest.metric, "dtype": smallest.dtype}
    distances = np.load(write_matrix(datasets()["digits"], tmp_path, **about).path)
    for one in best_known().values():
        if one.matrix_sha256 == smallest.matrix_sha256:
            loss = distances[list(one.medoids)].min(axis=0).sum(dtype=np.float64)
            assert one.loss == pytest.approx(loss, rel=1e-9)


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-30], lambda text: b"<html>\n<body>\n", lambda text: b"\xff" + text]
)
def test_a_damaged_file_is_named(tmp_path, damage):
    path = tmp_path / "optima.csv"
    path.write_bytes(damage(FILE.read_bytes()))
    with pytest.raises(Trouble, match="optima.csv is not a file of best known medoids: "):
        best_known(path)
