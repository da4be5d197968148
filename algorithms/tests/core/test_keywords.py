import inspect
import pickle

import numpy as np
import pytest

import kmedoids_bench.algorithms as plain
from kmedoids_bench.algorithms import tuned
from kmedoids_bench.algorithms.core.registry import algorithms

DIST = np.ones((6, 6)) - np.eye(6)


@pytest.mark.parametrize(
    ("name", "keywords", "message"),
    [
        ("pam", {"n_clusters": 2}, r"pam\(\) has no parameter 'n_clusters': write k=\.\.\."),
        ("fasterpam", {"k": 2, "init": "random"}, r"has no parameter 'init': write start=\.\.\."),
        ("fasterpam", {"k": 2, "random_state": 0}, r"has no parameter 'random_state': write seed=\.\.\."),
        ("clara", {"k": 2, "random_state": 0}, r"clara\(\) has no parameter 'random_state': write seed=\.\.\."),
        ("pam", {"k": 2, "max_iter": 9}, r"has no parameter 'max_iter': write max_passes=\.\.\."),
        ("pam", {"k": 2, "metric": "cosine"}, r"has no parameter 'metric': pass Points\(x, metric"),
        ("build", {"k": 2, "max_iter": 9}, r"build\(\) has no parameter 'max_iter': its parameters are distances, k$"),
        ("build", {"k": 2, "colour": 9}, r"has no parameter 'colour': its parameters are distances, k$"),
    ],
)
def test_parameters_of_other_libraries_are_answered(name, keywords, message):
    with pytest.raises(TypeError, match=message):
        getattr(plain, name)(DIST, **keywords)


def test_a_number_in_place_of_medoids_is_answered():
    for number in (2, np.int64(2)):
        with pytest.raises(ValueError, match="for a number of medoids write k=2"):
            plain.pam(DIST, number)


@pytest.mark.parametrize("package", [plain, tuned])
def test_a_public_function_is_that_of_its_file_otherwise(package):
    for record in algorithms(package.__name__.rpartition(".")[2].replace("algorithms", "plain")).values():
        public = getattr(package, record.function)
        assert inspect.signature(public) == inspect.signature(record.call)
        assert public.__doc__ == record.call.__doc__
        assert pickle.loads(pickle.dumps(public)) is public
