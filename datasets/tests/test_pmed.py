"""OR-Library p-median problems."""

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import floyd_warshall

from kmedoids_bench.datasets import datasets

PROBLEMS = [dataset for name, dataset in datasets().items() if name.startswith("pmed")]


def test_there_are_forty():
    assert sorted(dataset.name for dataset in PROBLEMS) == sorted(f"pmed{i}" for i in range(1, 41))


@pytest.mark.parametrize("dataset", PROBLEMS, ids=lambda dataset: dataset.name)
def test_the_record_says_what_the_file_says(fetched, dataset):
    (path,) = fetched(dataset)
    n, edges, k = (int(word) for word in path.read_text().split()[:3])
    assert (n, edges, k) == (dataset.n, dataset.facts["edges"], dataset.facts["k"])
    graph = dataset.load((path,))
    assert graph.shape == (n, n)
    assert (graph != graph.T).nnz == 0
    assert graph.nnz <= 2 * edges  # repeated edges count once
    assert graph.data.min() > 0


def write(tmp_path, text: str):
    path = tmp_path / "pmed.txt"
    path.write_text(text)
    return (path,)


def test_the_last_cost_of_a_repeated_edge_counts(tmp_path):
    graph = PROBLEMS[0].load(write(tmp_path, " 3 4 1 \n 1 2 5 \n 2 3 1 \n 2 1 9 \n 2 3 7 \n"))
    np.testing.assert_array_equal(graph.toarray(), [[0, 9, 0], [9, 0, 7], [0, 7, 0]])


def test_a_file_with_another_number_of_edges(tmp_path):
    with pytest.raises(ValueError, match="1 edges, but the header says 2"):
        PROBLEMS[0].load(write(tmp_path, "3 2 1\n1 2 5\n"))


@pytest.mark.parametrize("name", ["pmed1", "pmed2", "pmed5"])
def test_an_exact_solver_finds_the_listed_optimum(fetched, name):
    """The p-median problem as an integer program: the distances are the ones that the optima belong to."""
    dataset = datasets()[name]
    n, k = dataset.n, dataset.facts["k"]
    distances = floyd_warshall(dataset.load(fetched(dataset)), directed=False)
    ones, eye = np.ones((n, 1)), sparse.eye_array(n)
    # variables: assigned[c, o] row after row, then open[c]
    each_object_once = sparse.hstack([sparse.kron(ones.T, eye), sparse.csr_array((n, n))])
    only_to_open = sparse.hstack([sparse.eye_array(n * n), -sparse.kron(eye, ones)])
    number_open = np.r_[np.zeros(n * n), np.ones(n)]
    solution = milp(
        np.r_[distances.ravel(), np.zeros(n)],
        constraints=[
            LinearConstraint(each_object_once, 1, 1),
            LinearConstraint(only_to_open, -np.inf, 0),
            LinearConstraint(number_open[None], k, k),
        ],
        bounds=Bounds(0, 1),
        integrality=number_open,
    )
    assert solution.fun == pytest.approx(dataset.facts["optimum"], abs=1e-6)
