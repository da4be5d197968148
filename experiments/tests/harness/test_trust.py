import time

import numpy as np
import pytest

from kmedoids_bench.experiments.rows.reading import read_rows, rows_frame
from kmedoids_bench.experiments.tests.harness.planted_adapter import slowed
from kmedoids_bench.experiments.tests.harness.trust import (
    LENGTHS,
    PLANTED,
    Design,
    contender,
    findings,
    measure,
    ratios,
    summary,
    tables,
)


def test_a_call_is_slower_by_the_planted_factor():
    times = []
    for factor in (1.0, 3.0):
        began = time.perf_counter()
        assert slowed(lambda: time.sleep(0.05) or "the result", factor) == "the result"
        times.append(time.perf_counter() - began)
    assert 0.05 <= times[0] < 0.15 <= times[1]


def planted(factory, blocks=30, noise=0.004):
    for number in range(blocks):
        for slower in (None, *PLANTED):
            one = contender(LENGTHS[0], slower)
            for series in range(3):
                jitter = float(np.exp(noise * factory.rng.normal()))
                yield factory.record(
                    contender=one.name,
                    parameters=dict(one.parameters),
                    algorithm=one.algorithm,
                    block=f"b{number}",
                    series=series,
                    round=series,
                    seconds=0.05 * (slower or 1) * jitter,
                    processor_seconds=0.05 * (slower or 1) * jitter,
                )


def test_false_alarms_and_slowdowns_are_counted(factory):
    table = summary(ratios(rows_frame(planted(factory))))
    wall = table[table["clock"] == "wall clock"].set_index("planted")
    assert wall["blocks"].tolist() == [30] * 4
    assert wall["estimate"].tolist() == pytest.approx(list(PLANTED), rel=0.01)
    assert wall.loc[1.0, "called"] <= 20  # 5 are expected
    assert wall.loc[1.1, "called"] >= 95
    assert wall.loc[1.0, "milliseconds"] == pytest.approx(50, rel=0.05)
    assert wall.loc[1.0, "reach"] == pytest.approx(1.2, rel=0.5)
    words = tables(table)["wall clock"]
    assert [line[1] for line in words] == ["0", "2", "5", "10"]
    alarms = round(0.3 * wall.loc[1.0, "called"])
    assert findings(table)[1].startswith(f"Wall clock: false alarms in {alarms} of 30 blocks")


@pytest.mark.proof
def test_the_real_harness_measures_what_was_planted(tmp_path):
    design = Design(LENGTHS[:1], cells=4)
    rows = read_rows([measure(tmp_path, tmp_path / "matrices", 0, design)])
    assert set(rows["status"]) == {"ok"}
    found = ratios(rows)
    busy = found[found["clock"] == "processor time"].groupby("planted")["estimate"].median()
    assert 1.04 < busy.loc[1.1] / busy.loc[1.0] < 1.25  # 1.1 is planted; other tests run beside it
