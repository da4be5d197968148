import numpy as np
import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import by_deciding_clock, rows_frame
from kmedoids_bench.experiments.studies.self_check import analysis
from kmedoids_bench.experiments.studies.self_check.exhibits import findings, headlines, tables


def analyse(rows):
    return analysis.analyse(by_deciding_clock(rows))


def twice(factory, slower=1.0, series=3, noise=0.02, **fields):
    """A contender and its copy; the copy takes `slower` times as long by the clock on the wall."""
    for number in range(series):
        for copy in ("", "[copy 2]"):
            jitter = float(np.exp(noise * factory.rng.normal()))
            yield factory.record(
                algorithm="fasterpam",
                contender=f"kmedoids_bench/fasterpam{copy}/C",
                round=number,
                series=number,
                seconds=0.05 * jitter * (slower if copy else 1),
                processor_seconds=0.05 * np.sqrt(jitter),
                **fields,
            )


def test_equal_contenders_are_compared_by_both_clocks(factory):
    result = analyse(rows_frame(one for k in range(2, 42) for one in twice(factory, k=k)))
    summary = result.summary.set_index(["clock", "implementation"])
    assert summary.loc[("wall clock", "all"), "pairs"] == 40
    assert summary.loc[("wall clock", "all"), "different"] <= 6  # 2 are expected
    wall, busy = (summary.loc[(clock, "all"), "reach"] - 1 for clock in ("wall clock", "processor time"))
    assert 0.03 < wall < 0.15
    assert busy == pytest.approx(wall / 2, rel=0.3)


def test_a_difference_is_a_false_alarm(factory):
    result = analyse(rows_frame(twice(factory, slower=1.5)))
    by_clock = result.pairs.set_index("clock")
    assert by_clock.loc["wall clock", "different"]
    assert by_clock.loc["wall clock", "estimate"] == pytest.approx(1.5, rel=0.1)  # of the copy over the original
    assert not by_clock.loc["processor time", "different"]
    assert any("By wall clock, 1 of 1 pair" in one for one in findings(result))
    (floor,) = headlines(result)  # by the clock that decides
    assert "0 of 1 pair of equal programs were called different" in floor.words


def test_without_an_interval_nothing_is_counted(factory):
    result = analyse(rows_frame(twice(factory, series=2)))
    assert result.pairs["why_none"].tolist() == ["2 series, 3 needed"] * 2
    assert result.summary.empty
    assert not [*findings(result), *headlines(result)]
    assert len(entries(tables(result)["equal_contenders"])) == 2


def test_nothing_measured(factory):
    for rows in (rows_frame([]), rows_frame([factory.record(algorithm="pam")])):
        result = analyse(rows)
        assert result.pairs.empty
        assert result.summary.empty
