import subprocess
import sys
from importlib.metadata import version

import pytest

import kmedoids_bench
from kmedoids_bench import algorithms, estimator


def test_has_all_names_of_the_algorithms_and_the_estimator():
    assert sorted(kmedoids_bench.__all__) == sorted([*algorithms.__all__, "KMedoids", "__version__"])
    assert dir(kmedoids_bench) == sorted(kmedoids_bench.__all__)
    for name in algorithms.__all__:
        assert getattr(kmedoids_bench, name) is getattr(algorithms, name)
    assert kmedoids_bench.KMedoids is estimator.KMedoids
    assert kmedoids_bench.__version__ == version("kmedoids-bench")
    with pytest.raises(AttributeError, match="module 'kmedoids_bench' has no attribute 'nothing'"):
        _ = kmedoids_bench.nothing


def run(code):
    return subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)


def test_the_import_loads_neither_numba_nor_scikit_learn():
    code = """if True:
        import sys
        import kmedoids_bench
        assert not {"numba", "numpy", "sklearn"} & sys.modules.keys()
        from kmedoids_bench import pam
        assert "sklearn" not in sys.modules
    """
    answer = run(code)
    assert answer.returncode == 0, answer.stderr


def test_without_scikit_learn_everything_but_the_estimator_works():
    code = """if True:
        import sys
        sys.modules["sklearn"] = None
        import kmedoids_bench
        print(kmedoids_bench.random_start([[0, 1], [1, 0]], 2, seed=0).k)
        kmedoids_bench.KMedoids
    """
    answer = run(code)
    assert answer.stdout == "2\n"
    assert answer.stderr.splitlines()[-1] == (
        "ImportError: KMedoids needs scikit-learn 1.6 or newer: pip install scikit-learn"
    )
