import pandas as pd

from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order, with_titles


def test_titles_are_those_of_the_papers():
    frame = pd.DataFrame({"algorithm": ["fasterpam", "own"], "start": ["build", "random"], "result": ["pam", "x"]})
    titled = with_titles(frame)
    assert titled["algorithm_title"].tolist() == ["FasterPAM", "own"]
    assert titled["start_title"].tolist() == ["BUILD", "random"]
    assert titled["result_title"].tolist() == ["PAM", "x"]
    assert list(frame) == ["algorithm", "start", "result"]
    assert with_titles(frame.assign(start=None))["start_title"].isna().all()


def test_order_of_algorithms_and_implementations():
    frame = pd.DataFrame(
        [
            (k, implementation, algorithm)
            for algorithm in ("fasterpam", "unheard-of", "fastpam1", "pam")
            for implementation in ("a_library", "kmedoids_bench")
            for k in (10, 2)
        ],
        columns=["k", "implementation", "algorithm"],
    )
    ordered = in_reading_order(frame)
    assert ordered["k"].tolist() == [2] * 8 + [10] * 8
    assert ordered["implementation"].head(8).tolist() == ["kmedoids_bench"] * 4 + ["a_library"] * 4
    assert ordered["algorithm"].head(4).tolist() == ["pam", "fastpam1", "fasterpam", "unheard-of"]
    assert list(ordered) == [*frame, "algorithm_title"]


def test_a_matrix_is_named_by_its_dataset_unless_there_are_several():
    frame = pd.DataFrame(
        [("digits", 1797, "euclidean", "float32", 5), ("mnist", 2000, "euclidean", "float32", 5)]
        + [("mnist", 1000, "euclidean", "float32", k) for k in (10, 5)],
        columns=["dataset", "n", "metric", "dtype", "k"],
    )
    named = {name: (facet["n"], lines["k"].tolist()) for name, facet, lines in by_matrix(frame)}
    assert named == {
        "digits": (1797, [5]),
        "mnist_1000_euclidean_float32": (1000, [10, 5]),
        "mnist_2000_euclidean_float32": (2000, [5]),
    }
