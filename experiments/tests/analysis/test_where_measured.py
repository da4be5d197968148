import pytest

from kmedoids_bench.experiments.analysis.where_measured import k_range, place, span, title_of, titles_of

LINE = {"dataset": "names", "n": 2000, "metric": "edit", "dtype": "float32"}


def test_only_an_unusual_dtype_is_named():
    assert place(LINE) == "names (n = 2,000, edit)"
    assert (
        place({**LINE, "k": 10, "dtype": "float64"}, "3 seeds") == "names (n = 2,000, edit, float64), k = 10, 3 seeds"
    )


def test_several_sizes_and_k():
    assert place({**LINE, "n": [500, 2000], "k": [10, 2]}) == "names (n = 500 to 2,000, edit), k = 2 to 10"
    assert k_range([7, 7]) == "k = 7"


@pytest.mark.parametrize(("values", "words"), [([10], "10"), (10, "10"), ([5, 1000, 7], "5 to 1,000")])
def test_spans(values, words):
    assert span(values) == words


def test_algorithms_and_starts_as_the_papers_spell_them():
    assert [title_of(name) for name in ("build", "fasterpam", "pam_o1")] == ["BUILD", "FasterPAM", "PAM (o_1)"]
    assert title_of("of nobody") == "of nobody"
    assert titles_of(["fasterpam", "fastpam2", "fasterpam"]) == "FasterPAM, FastPAM2"
