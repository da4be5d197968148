"""The whole way from a dataset to rows and a report, with real workers on real data."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.datasets.fetch import DATA, MIRROR
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.planning.profile import profile_of
from kmedoids_bench.experiments.workflow.measure import measure_dataset
from kmedoids_bench.experiments.workflow.prepare import prepare_dataset, prepare_library
from kmedoids_bench.experiments.workflow.records import Measured, Prepared, read_record, write_record
from kmedoids_bench.experiments.workflow.summary import gather, time_spent, write_page

GRID = {"datasets": ["digits"], "n": 60, "dtype": "float64"}  # the type for which other tests compile, too
RAW = {
    "profile": "tiny",
    "title": "tiny",
    "libraries": ["kmedoids_055"],
    "limits": {"call_seconds": 20, "memory_gib": 4},
    "repetitions": {"series": 2, "rounds": 2, "seconds": 1},
    "studies": {
        "swap_time": {"grids": [GRID | {"k": [1, 3], "starts": ["build", "random"]}]},
        "agreement": {"grids": [GRID | {"k": [3], "starts": ["random"], "seeds": [0, 1]}]},
    },
}


def rows_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def counted(rows):
    """What is to be there in the end, whatever happened on the way: timed runs by block and contender."""
    return {
        (row["block"], row["implementation"], row["algorithm"], row["order"]): sum(
            other["status"] == "ok"
            and other["seconds"] is not None
            and (other["block"], other["implementation"], other["algorithm"], other["order"])
            == (row["block"], row["implementation"], row["algorithm"], row["order"])
            for other in rows
        )
        for row in rows
    }


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """A folder with everything measured once, the profile and the records of the steps."""
    folder = tmp_path_factory.mktemp("run")
    profile = profile_of(RAW, "tiny.yaml")
    prepared = prepare_dataset(profile, "digits", folder / "matrices")
    library = prepare_library("kmedoids_055")
    outcome = measure_dataset(profile, prepared, folder / "cells" / "digits.jsonl", folder / "logs")
    return folder, profile, prepared, library, outcome


def test_rows_are_complete_and_right(measured):
    folder, _, _, library, outcome = measured
    rows = rows_of(folder / "cells" / "digits.jsonl")
    ours = [row for row in rows if row["implementation"] == "kmedoids_bench"]
    assert {row["status"] for row in ours} == {"ok"}
    assert all(row["loss"] == pytest.approx(row["reported_loss"]) for row in ours)
    promised = {name for name, record in algorithms().items() if record.local_optimum}
    assert all(row["local_optimum"] for row in ours if row["algorithm"] in promised and not row["parameters"])
    assert {row["k"] for row in ours} == {1, 3}
    assert all(row["matrix_seconds"] > 0 for row in rows)
    others = {row["status"] for row in rows if row["implementation"] != "kmedoids_bench"}
    assert others == ({"unavailable"} if library.unavailable else {"ok"})
    assert set(outcome.requested) == {"swap_time", "agreement"}
    # Workers of its own: each series compiles again.
    pam = [row for row in ours if (row["contender"], row["start"], row["k"]) == ("kmedoids_bench/pam/C", "build", 3)]
    compiled = [(row["series"], row["first_seconds"] is not None) for row in pam]
    assert compiled == [(0, True), (0, False), (1, True), (1, False)]


def test_the_same_command_again_adds_nothing(measured):
    folder, profile, prepared, _, _ = measured
    store = folder / "cells" / "digits.jsonl"
    before = store.read_bytes()
    again = measure_dataset(profile, prepared, store, folder / "logs")
    if not measured[3].unavailable:  # what is unavailable is tried again
        assert store.read_bytes() == before
    assert "timed runs" not in again.seconds or measured[3].unavailable


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-8])])
def test_a_matrix_that_was_deleted_or_damaged_is_computed_again(measured, damage):
    folder, profile, prepared, _, _ = measured
    before = [one.matrix.path.read_bytes() for one in prepared.matrices]
    for one in prepared.matrices:
        damage(one.matrix.path)
    measure_dataset(profile, prepared, folder / "cells" / "digits.jsonl", folder / "logs")
    assert [one.matrix.path.read_bytes() for one in prepared.matrices] == before


def test_each_metric_has_a_matrix_and_cells_of_its_own(tmp_path):
    grid = GRID | {"n": 30, "k": [2], "starts": ["random"], "seeds": 1, "algorithms": ["fasterpam"]}
    grids = [grid, grid | {"metric": "cityblock"}]
    raw = RAW | {"libraries": [], "studies": {"swap_time": {"grids": grids}}}
    profile = profile_of(raw, "tiny.yaml")
    write_record(tmp_path / "digits.json", prepare_dataset(profile, "digits", tmp_path / "matrices"))
    prepared = read_record(tmp_path / "digits.json")
    measure_dataset(profile, prepared, tmp_path / "digits.jsonl", tmp_path / "logs")
    rows = rows_of(tmp_path / "digits.jsonl")
    assert {(row["metric"], row["status"]) for row in rows} == {("euclidean", "ok"), ("cityblock", "ok")}
    assert len({row["block"] for row in rows}) == 2


def test_points_without_a_matrix_are_measured_and_checked(tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    grid = {"datasets": ["digits"], "n": 60, "k": [3], "starts": ["random"], "seeds": 2, "matrix": False}
    grid |= {"algorithms": ["clara", "onebatchpam"]}
    profile = profile_of(RAW | {"libraries": [], "studies": {"large_n": {"grids": [grid]}}}, "tiny.yaml")
    write_record(tmp_path / "digits.json", prepare_dataset(profile, "digits", tmp_path / "matrices"))
    prepared = read_record(tmp_path / "digits.json")
    assert prepared.in_words == "digits: points of 60 objects (euclidean, float32)"
    assert [path.name for path in (tmp_path / "matrices").glob("*.npy")] == ["digits-n60-points.npy"]
    outcome = measure_dataset(profile, prepared, tmp_path / "cells" / "digits.jsonl", tmp_path / "logs")
    rows = rows_of(tmp_path / "cells" / "digits.jsonl")
    points = np.load(prepared.matrices[0].points)
    for row in rows:
        distances = np.linalg.norm(points[row["medoids"]][:, None] - points, axis=-1)
        assert row["loss"] == pytest.approx(distances.min(axis=0).sum())
        assert (row["order"], row["status"], row["start_medoids"], row["local_optimum"]) == ("points", "ok", [], None)
    assert {row["contender"] for row in rows} == {
        "kmedoids_bench/clara[own random]/points",
        "kmedoids_bench_tuned/onebatchpam[own random]/points",
    }
    page = write_page(*gather(profile, tmp_path / "cells", [prepared, outcome]), tmp_path / "results")
    assert "Large n" in page.read_text()
    assert list((tmp_path / "results" / "figures").glob("large_n_loss_over_time_*.pdf"))


def test_the_report_is_written_from_the_rows(measured, monkeypatch, undraw):
    undraw(monkeypatch)
    folder, profile, prepared, library, outcome = measured
    page = write_page(*gather(profile, folder / "cells", [prepared, library, outcome]), folder / "results")
    text = page.read_text()
    assert "http-equiv" not in text
    assert "FasterPAM" in text
    assert list((folder / "results" / "tables").glob("swap_time_*.csv"))
    assert list((folder / "results" / "figures").glob("swap_time_*.pdf"))


def test_records_are_read_as_they_were_written(measured, tmp_path):
    for record in measured[2:]:
        write_record(tmp_path / "record.json", record)
        assert read_record(tmp_path / "record.json") == record


def test_a_record_that_is_none_is_set_aside(tmp_path):
    (tmp_path / "digits.json").write_text('{"kind": "prepared"}')
    with pytest.raises(Trouble, match="(?s)digits.json is not the record of a step .*it is set aside as digits.aside"):
        read_record(tmp_path / "digits.json")
    assert [path.name for path in tmp_path.iterdir()] == ["digits.aside"]


def test_the_time_of_this_run_is_counted_and_that_of_earlier_ones_is_not(monkeypatch):
    monkeypatch.setenv("KMEDOIDS_BENCH_RUN", "now")
    records = [
        Prepared(dataset="digits", seconds={"fetching data and computing matrices": 2.0}),
        Prepared(dataset="mnist", seconds={"fetching data and computing matrices": 50.0}, run="before"),
        Measured(dataset="digits", requested={}, seconds={"timed runs": 3.0, "compiling": 1.0}),
        Measured(dataset="mnist", requested={}, seconds={"timed runs": 4.0}),
    ]
    assert time_spent(records)[:3] == [
        ("timed runs", 7.0),
        ("fetching data and computing matrices", 2.0),
        ("compiling", 1.0),
    ]


def test_a_dataset_that_is_not_available_is_reported_and_stops_nothing(measured, tmp_path, monkeypatch):
    library = measured[3]
    grid = {"datasets": ["pmed1"], "k": [2], "starts": ["build"]}
    profile = profile_of(RAW | {"studies": {"swap_time": {"grids": [grid]}}}, "tiny.yaml")
    monkeypatch.setenv(MIRROR, str(tmp_path))
    monkeypatch.setenv(DATA, str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    prepared = prepare_dataset(profile, "pmed1", tmp_path)
    assert prepared.unavailable.what == "dataset pmed1"
    assert "pmed1.txt" in prepared.unavailable.reason
    outcome = measure_dataset(profile, prepared, tmp_path / "cells" / "pmed1.jsonl", tmp_path)
    (tmp_path / "cells").mkdir(exist_ok=True)
    page = write_page(*gather(profile, tmp_path / "cells", [prepared, library, outcome]), tmp_path)
    assert "set KMEDOIDS_BENCH_MIRROR to a folder" in page.read_text()


DRIVER = """
import json, sys
from pathlib import Path
from kmedoids_bench.experiments.planning.profile import profile_of
from kmedoids_bench.experiments.workflow.measure import measure_dataset
from kmedoids_bench.experiments.workflow.records import read_record
folder = Path(sys.argv[2])
prepared = read_record(folder / "digits.json")
measure_dataset(profile_of(json.loads(sys.argv[1]), "x"), prepared, folder / "digits.jsonl", folder)
"""


@pytest.mark.proof
def test_kill_the_driver_at_any_moment_and_run_again(measured, tmp_path):
    folder, _, prepared, library, _ = measured
    write_record(tmp_path / "digits.json", prepared)
    command = [sys.executable, "-c", DRIVER, json.dumps(RAW), str(tmp_path)]
    store = tmp_path / "digits.jsonl"
    seen: list[str] = []
    for rows_before_kill in (1, 8, 20):
        driver = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while driver.poll() is None and time.monotonic() < deadline:
            if store.exists() and store.read_bytes().count(b"\n") >= len(seen) + rows_before_kill:
                break
            time.sleep(0.002)
        os.kill(driver.pid, signal.SIGKILL)
        driver.wait()
        complete = store.read_bytes().split(b"\n")[:-1]
        ids = [json.loads(line)["id"] for line in complete]
        assert ids[: len(seen)] == seen  # nothing that was there is lost
        seen = ids
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    rows = rows_of(store)
    ids = [row["id"] for row in rows]
    assert ids[: len(seen)] == seen
    assert len(set(ids)) == len(ids)
    if not library.unavailable:
        assert counted(rows) == counted(rows_of(folder / "cells" / "digits.jsonl"))
