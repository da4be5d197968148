"""Two problems: of one the optimum is known, of the other only a bound, and of a third nothing."""

import pytest

from kmedoids_bench.datasets.optima import BestKnown
from kmedoids_bench.experiments.analysis import losses
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.optimality import analysis
from kmedoids_bench.experiments.studies.optimality.analysis import analyse, by_data
from kmedoids_bench.experiments.studies.optimality.exhibits import figures, findings, headlines, tables


def known(k, loss, bound):
    about = {"dataset": "d", "n": 100, "metric": "euclidean", "dtype": "float32", "k": k, "matrix_sha256": "m"}
    seconds = {
        "search_seconds": 0.5,
        "certificate_seconds": 1.0,
        "optimal_seconds": 2.0,
        "limit_seconds": 20.0,
        "candidates": 7,
    }
    return BestKnown(**about, loss=loss, bound=bound, proven=loss == bound, medoids=tuple(range(k)), **seconds)


@pytest.fixture
def rows(factory, monkeypatch):
    table = {("m", 2): known(2, 100.0, 100.0), ("m", 5): known(5, 60.0, 50.0)}
    for module in (analysis, losses):
        monkeypatch.setattr(module, "best_known", lambda: table)
    results = [(2, 100.0), (2, 110.0), (5, 60.0), (5, 66.0), (9, 40.0)]
    records = [
        factory.record(
            k=k, loss=loss, seed=seed, start="random", block=f"{k}-{seed}", algorithm="fasterpam", matrix_sha256="m"
        )
        for seed, (k, loss) in enumerate(results)
    ]
    return rows_frame(records)


def test_gaps_are_to_the_bound_at_most_and_to_the_best_known_at_least(rows):
    lines = analyse(rows).gaps.set_index("k")
    assert lines.loc[2, ["gap_percent", "least_gap_percent", "best_gap_percent"]].tolist() == pytest.approx([5, 5, 0])
    assert lines.loc[5, ["gap_percent", "least_gap_percent", "best_gap_percent"]].tolist() == pytest.approx([26, 5, 20])
    assert lines.loc[[2, 5], "optimal"].tolist() == [1, 0]
    assert lines.loc[9, ["gap_percent", "optimal"]].isna().all()


def test_problems_about_which_something_is_known(rows):
    result = analyse(rows)
    columns = ["k", "proven", "left_percent", "certificate_searches", "optimum_searches"]
    assert result.problems[columns].to_numpy().tolist() == [
        [2, "yes", pytest.approx(7), 2, 4],
        [5, "no", pytest.approx(7), 2, 4],
    ]
    line = by_data(result.problems).iloc[0]
    assert line[["problems", "proven", "largest_k"]].tolist() == [2, 1, 2]
    assert line["largest_percent"] == pytest.approx(20)


def test_what_the_report_says(rows):
    result = analyse(rows)
    said = list(findings(result))
    assert said[0].startswith(
        "The optimum is proven for 1 of 2 problems; for the others, the best loss known is at most"
    )
    assert "20 % above the optimum in the median, and 20 % in the worst case" in said[0].replace("20.0", "20")
    assert "FasterPAM" in said[1]
    assert said[1].endswith("1 of 4 results are proven optimal.")
    assert [(one.value, one.words) for one in headlines(result)][0] == ("1 of 2", "problems: the optimum is proven")
    (figure,) = figures(result).values()
    assert len(figure.drawing.axes) == 1
    assert len(tables(result)["gaps"].frame) == 3
