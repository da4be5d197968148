from pathlib import Path

import pandas as pd
import pytest

from kmedoids_bench.experiments.harness import cost
from kmedoids_bench.experiments.harness.cost import expected_seconds
from kmedoids_bench.experiments.planning.forecast import blocks_of, duration, forecast, forecast_text, size
from kmedoids_bench.experiments.planning.profile import FOLDER, profile_of, read_profile
from kmedoids_bench.experiments.rows.keys import CELL

PUBLISHED = Path(__file__).resolve().parents[3] / "results" / "published" / "paper"
RAW = {
    "profile": "x",
    "title": "A title",
    "libraries": [],
    "limits": {"call_seconds": 10, "memory_gib": 1},
    "repetitions": {"series": 1, "rounds": 4, "seconds": 1},
    "studies": {
        "swap_time": {
            "grids": [
                {"datasets": ["digits"], "n": 100, "k": [2, 5], "starts": ["random"], "algorithms": ["fasterpam"]},
                {
                    "datasets": ["digits"],
                    "n": 200,
                    "k": [2],
                    "starts": ["random"],
                    "dtype": "float64",
                    "algorithms": ["fasterpam"],
                },
            ]
        }
    },
}


def test_cells_runs_and_disk_are_counted():
    (one,) = forecast(profile_of(RAW, "x"))
    assert (one.dataset, one.n, one.cells, one.runs) == ("digits", 200, 3, 12)
    assert one.disk_bytes == 100 * 100 * 4 + 200 * 200 * 8
    assert one.matrix_bytes == 200 * 200 * 8
    assert one.seconds > 0


def test_matrices_of_two_metrics_are_two():
    grids = [RAW["studies"]["swap_time"]["grids"][0], RAW["studies"]["swap_time"]["grids"][0] | {"metric": "cityblock"}]
    (one,) = forecast(profile_of(RAW | {"studies": {"swap_time": {"grids": grids}}}, "x"))
    assert (one.cells, one.disk_bytes) == (4, 2 * 100 * 100 * 4)


def test_what_is_cut_is_not_planned_for_more_medoids():
    grid = {"datasets": ["digits"], "n": 1000, "k": [50, 200, 400], "starts": ["random"], "algorithms": ["pam"]}
    (one,) = forecast(profile_of(RAW | {"studies": {"swap_time": {"grids": [grid]}}}, "x"))
    assert 10 < one.seconds < 20  # cut at 200, after 10 seconds; at 400 it would be cut again


def test_without_matrices_nothing_is_on_disk():
    grid = {"datasets": ["digits"], "n": 100, "k": [2], "starts": ["random"], "matrix": False}
    (one,) = forecast(profile_of(RAW | {"studies": {"large_n": {"grids": [grid | {"algorithms": ["clara"]}]}}}, "x"))
    assert (one.n, one.disk_bytes, one.matrix_bytes) == (100, 0, 0)


def test_the_text_says_all_of_it():
    text = forecast_text(profile_of(RAW, "x"))
    assert "A title" in text
    assert "digits" in text
    assert "3 cells and at most 12 runs" in text


@pytest.mark.parametrize("profile", ["smoke", "quick", "paper"])
def test_every_profile_can_be_forecast_without_data(profile):
    assert forecast(read_profile(FOLDER / f"{profile}.yaml"))


def test_numbers_for_people():
    assert [duration(s) for s in (45, 720, 12240)] == ["45 s", "12 min", "3.4 h"]
    assert [size(b) for b in (12e6, 3.6e9)] == ["12 MB", "3.6 GB"]


@pytest.fixture(scope="module")
def published():
    """Seconds of every lane of the published run. A run that is made for its result only is not timed."""
    rows = pd.read_parquet(PUBLISHED / "rows.parquet")
    seconds = rows["seconds"].fillna(rows["processor_seconds"]) * rows["loops"]
    rows["spent"] = seconds + rows["overhead_seconds"].fillna(0) + rows["first_seconds"].fillna(0)
    rows["seed"] = rows["seed"].fillna(-1)
    return rows.groupby([*CELL, "series", "contender"])["spent"].sum().to_dict()


@pytest.mark.parametrize("dataset", ["mnist", "plants_texture", "optdigits_tra"])
def test_the_forecast_is_within_30_percent_of_what_the_published_run_took(published, dataset, monkeypatch):
    monkeypatch.setattr(cost, "LEAST_SECONDS", 0.01)  # as it was then
    profile = read_profile(FOLDER / "paper.yaml")
    expected = spent = 0.0
    for block in blocks_of(profile, dataset):
        cell, start = block.cell, block.cell.start
        seed = -1 if start.seed is None else start.seed
        for lane in block.lanes:
            key = (
                dataset,
                cell.n,
                cell.metric,
                cell.dtype,
                start.name,
                seed,
                cell.k,
                block.series,
                lane.contender.name,
            )
            if key in published:  # not a library that the machine did not have, and not a run that was cut
                expected += expected_seconds(lane, cell, profile.limits.call_seconds, profile.repetitions.seconds)
                spent += published[key]
    # The others are of an earlier state of the profile.
    assert spent > 0.3 * sum(seconds for key, seconds in published.items() if key[0] == dataset)
    assert expected == pytest.approx(spent, rel=0.3)
