from kmedoids_bench.experiments.analysis.where_measured import place

LINE = {"dataset": "names", "n": 2000, "metric": "edit", "dtype": "float32"}


def test_what_is_not_the_usual_is_said():
    assert place(LINE) == "names (n = 2,000, edit)"
    assert (
        place({**LINE, "k": 10, "dtype": "float64"}, "3 seeds") == "names (n = 2,000, edit, float64), k = 10, 3 seeds"
    )
