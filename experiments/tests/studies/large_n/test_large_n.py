from types import SimpleNamespace

import pytest

from kmedoids_bench.experiments.analysis import losses as losses_module
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.large_n.analysis import analyse
from kmedoids_bench.experiments.studies.large_n.exhibits import figures, findings, headlines, tables

# implementation, algorithm, start -> seconds and loss
CALLS = {
    ("kmedoids_bench_tuned", "fasterclara", "random"): (1.0, 110.0),
    ("kmedoids_bench", "clara", "random"): (2.0, 112.0),
    ("kmedoids_bench_tuned", "onebatchpam", "random"): (5.0, 100.5),
    ("rustpam", "onebatchpam", "random"): (9.0, 100.0),
}


def rows_of(factory, n=20_000, **more):
    records = []
    for (implementation, algorithm, start), (seconds, loss) in CALLS.items():
        for seed in range(2):
            fields = {"implementation": implementation, "algorithm": algorithm, "start": start, "seed": seed}
            fields |= {"phase": "total", "own_start": start, "order": "points", "n": n, "k": 10, "dataset": "mnist"}
            fields |= {"contender": f"{implementation}/{algorithm}[own {start}]/points", "peak_memory": 2**20}
            records.append(factory.record(seconds=seconds, loss=loss, **fields, **more))
    return records


def cut(factory, n=20_000):
    fields = {"implementation": "banditpam_points", "algorithm": "banditpam", "start": "build", "own_start": "build"}
    fields |= {"order": "points", "n": n, "k": 10, "dataset": "mnist", "phase": "total", "contender": "b/b/points"}
    return factory.failure("timeout", "cut", limit_seconds=60.0, **fields)


def test_what_no_other_beats_is_on_the_front(factory):
    on_matrix = factory.record(order="C", n=20_000, k=10, dataset="mnist", seconds=0.1, loss=1.0)
    calls = analyse(rows_frame([*rows_of(factory), cut(factory), on_matrix])).calls
    assert calls["algorithm"].tolist() == ["fasterclara", "clara", "onebatchpam", "onebatchpam", "banditpam"]
    assert calls["front"].tolist() == [True, False, True, True, False]
    assert calls["excess"].tolist()[:4] == pytest.approx([0.1, 0.12, 0.005, 0.0])
    assert calls["note"].tolist()[-1] == "cut at 60 s"
    assert not calls["certified"].any()


def test_the_fastest_call_that_is_good_is_named(factory):
    result = analyse(rows_frame([*rows_of(factory), cut(factory)]))
    (line,) = result.fastest.to_dict("records")
    assert (line["implementation"], line["algorithm"], line["seconds"]) == ("kmedoids_bench_tuned", "onebatchpam", 5.0)
    assert (line["first_algorithm"], line["first_seconds"]) == ("fasterclara", 1.0)
    assert (line["finished"], line["tried"]) == (4, 5)
    (headline,) = headlines(result)
    assert headline.value == "5.00 s"
    assert headline.words.endswith("our tuned OneBatchPAM")
    (text,) = findings(result)
    assert "4 of 5 calls have a result" in text
    assert "is our tuned OneBatchPAM, in 5.00 s. The fastest of all, our tuned FasterCLARA," in text


def test_where_a_bound_is_known_the_axis_is_the_gap(factory, monkeypatch):
    known = SimpleNamespace(bound=98.0, loss=99.0)
    monkeypatch.setattr(losses_module, "best_known", lambda: {("ab" * 32, 10): known})
    rows = [*rows_of(factory), *rows_of(factory, n=60_000, matrix_sha256="cd" * 32)]
    result = analyse(rows_frame(rows))
    small = result.calls[result.calls["n"] == 20_000]
    assert small["certified"].all()
    assert small["above"].tolist() == pytest.approx([110 / 98 - 1, 112 / 98 - 1, 100.5 / 98 - 1, 100 / 98 - 1])
    assert not result.calls[result.calls["n"] == 60_000]["certified"].any()
    labels = {name: figure.chart.y for name, figure in figures(result).items()}
    assert labels == {
        "gap_over_time_mnist_20000_euclidean_float32": "above the optimum, at most",
        "loss_over_time_mnist_60000_euclidean_float32": "loss above the best",
    }


def test_the_tables_name_what_was_measured(factory):
    result = analyse(rows_frame([*rows_of(factory), cut(factory)]))
    made = tables(result)
    assert len(made["front"].frame) == 3
    assert len(made["calls"].frame) == 5
    assert figures(result)


def test_nothing_measured_is_no_error(factory):
    result = analyse(rows_frame([cut(factory)]))
    assert [*findings(result), *headlines(result)] == []
    assert figures(result) == {}
