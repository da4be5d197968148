from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from kmedoids_bench.experiments.analysis import losses as losses_module
from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.restarts.analysis import analyse, best_of
from kmedoids_bench.experiments.studies.restarts.exhibits import figures, findings, tables

LOSSES = [104.0, 101.0, 100.0, 103.0, 102.0]


def rows(factory, losses=LOSSES, **fields):
    """BUILD and FastPAM1 take 0.35 s and end at 101.5; a start of FasterPAM takes 0.1 s."""

    def record(algorithm, start, seconds, loss, phase="swap", **more):
        return factory.record(
            algorithm=algorithm, start=start, seconds=seconds, loss=loss, phase=phase, k=10, **more, **fields
        )

    out = [record("build", "build", 0.2, 110.0, "start"), record("fastpam1", "build", 0.15, 101.5)]
    for seed, loss in enumerate(losses):
        out.append(record("fasterpam", "random", 0.099, loss, seed=seed))
        out.append(record("random", "random", 0.001, 200.0, "start", seed=seed))
    return rows_frame(out)


@pytest.mark.parametrize("number", range(1, 7))
def test_the_best_of_several_is_the_mean_over_all_choices(number):
    values = np.sort(np.random.default_rng(number).normal(size=6))
    slow = np.mean([min(chosen) for chosen in combinations(values, number)])
    assert best_of(values, number) == pytest.approx(slow)


def test_both_ways_at_the_same_time(factory):
    (line,) = analyse(rows(factory)).summary.to_dict("records")
    assert (line["starts"], line["fit"], line["reach"]) == (5, 3, 2)
    assert line["once_seconds"] == pytest.approx(0.35)
    assert line["start_seconds"] == pytest.approx(0.1)
    assert line["once_percent"] == pytest.approx(1.5)
    assert line["mean_percent"] == pytest.approx(2.0)
    # Of the ten choices of three out of 0, 1, 2, 3, 4 %, six have 0, three have 1 and one has 2 for the smallest.
    assert line["same_time_percent"] == pytest.approx(0.5)
    assert line["best_percent"] == 0


def test_how_far_the_results_are_above_the_optimum(factory, monkeypatch):
    known = SimpleNamespace(bound=100.0, loss=100.0)
    monkeypatch.setattr(losses_module, "best_known", lambda: {("m", 10): known})
    measures = analyse(rows(factory, matrix_sha256="m")).measures
    assert [one.value for one in measures["pam_gap"]] == pytest.approx([1.5])
    assert [(one.value, one.n) for one in measures["best_of_gap"]] == [(0.0, 5)]
    assert analyse(rows(factory)).measures == {}


def test_a_start_that_takes_longer_does_not_fit(factory):
    (line,) = analyse(
        rows(factory).assign(seconds=lambda all: all["seconds"].mask(all["seed"].notna(), 1.0))
    ).summary.to_dict("records")
    assert line["fit"] == 0
    assert np.isnan(line["same_time_percent"])


def test_the_curve_begins_with_one_start(factory):
    curve = analyse(rows(factory)).best_of
    assert curve["starts"].tolist() == [1, 2, 3, 4, 5]
    assert curve["seconds"].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert curve["percent"].is_monotonic_decreasing


def test_views(factory):
    result = analyse(rows(factory))
    assert len(entries(tables(result)["time_to_quality"])) == 1
    assert list(figures(result)) == ["time_to_quality_digits"]
    (sentence,) = findings(result)
    assert "take as long as 3 random starts of FasterPAM. The best of these is 0.500 % above the best loss" in sentence


def test_one_way_alone_is_not_compared(factory):
    for name in ("build", "random", "fastpam1", "fasterpam"):
        every = rows(factory)
        result = analyse(every[every["algorithm"] != name])
        assert result.summary.empty
        assert not figures(result)
        assert not list(findings(result))
