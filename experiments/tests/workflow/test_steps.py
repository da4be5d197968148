"""The whole way from a dataset to rows and a report, with real workers on real data."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.datasets import DatasetUnavailable
from kmedoids_bench.experiments.planning.configuration import configuration_of
from kmedoids_bench.experiments.workflow import steps, summary

RAW = {
    "profile": "tiny",
    "title": "tiny",
    "libraries": ["kmedoids_055"],
    "limits": {"call_seconds": 20, "memory_gib": 4},
    "sampling": {"rounds": 3, "seconds": 1},
    "studies": {
        "swap_time": {"grids": [{"datasets": ["digits"], "n": 60, "k": [1, 3], "starts": ["build", "random"]}]},
        "agreement": {"grids": [{"datasets": ["digits"], "n": 60, "k": [3], "starts": ["random"], "seeds": [0, 1]}]},
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
    """A folder with everything measured once, and what the steps said."""
    folder = tmp_path_factory.mktemp("run")
    configuration = configuration_of(RAW, "tiny.yaml")
    made = steps.make_matrices(configuration, "digits", folder / "matrices")
    library = steps.make_environment("kmedoids_055")
    outcome = steps.measure_dataset(configuration, made, folder / "cells" / "digits.jsonl", folder / "logs")
    return folder, configuration, made, library, outcome


def test_rows_are_complete_and_right(measured):
    folder, _, _, library, outcome = measured
    rows = rows_of(folder / "cells" / "digits.jsonl")
    ours = [row for row in rows if row["implementation"] == "kmedoids_bench"]
    assert {row["status"] for row in ours} == {"ok"}
    assert all(row["loss"] == pytest.approx(row["reported_loss"]) for row in ours)
    promised = {name for name, record in algorithms().items() if record.local_optimum}
    assert all(row["local_optimum"] for row in ours if row["algorithm"] in promised)
    assert {row["k"] for row in ours} == {1, 3}
    assert all(row["matrix_seconds"] > 0 for row in rows)
    others = {row["status"] for row in rows if row["implementation"] != "kmedoids_bench"}
    assert others == ({"unavailable"} if library["unavailable"] else {"ok"})
    assert set(outcome["asked"]) == {"swap_time", "agreement"}


def test_the_same_command_again_adds_nothing(measured):
    folder, configuration, made, _, _ = measured
    store = folder / "cells" / "digits.jsonl"
    before = store.read_bytes()
    again = steps.measure_dataset(configuration, made, store, folder / "logs")
    if not measured[3]["unavailable"]:  # what is unavailable is tried again
        assert store.read_bytes() == before
    assert "timed runs" not in again["seconds"] or measured[3]["unavailable"]


def test_a_matrix_that_was_tidied_up_is_made_again(measured):
    folder, configuration, made, _, _ = measured
    for record in made["matrices"]:
        Path(record["path"]).unlink()
    steps.measure_dataset(configuration, made, folder / "cells" / "digits.jsonl", folder / "logs")
    assert all(Path(record["path"]).exists() for record in made["matrices"])


def test_each_metric_has_a_matrix_and_cells_of_its_own(tmp_path):
    grid = {"datasets": ["digits"], "n": 30, "k": [2], "starts": ["random"], "algorithms": ["fasterpam"]}
    grids = [grid, grid | {"metric": "cityblock"}]
    raw = RAW | {"libraries": [], "studies": {"swap_time": {"grids": grids}}}
    configuration = configuration_of(raw, "tiny.yaml")
    made = json.loads(json.dumps(steps.make_matrices(configuration, "digits", tmp_path / "matrices")))
    steps.measure_dataset(configuration, made, tmp_path / "digits.jsonl", tmp_path / "logs")
    rows = rows_of(tmp_path / "digits.jsonl")
    assert {(row["metric"], row["status"]) for row in rows} == {("euclidean", "ok"), ("cityblock", "ok")}
    assert len({row["block"] for row in rows}) == 2


def test_the_report_is_written_from_the_rows(measured):
    folder, configuration, made, library, outcome = measured
    page = summary.write_summary(configuration, folder / "cells", folder / "results", [made, library, outcome])
    text = page.read_text()
    assert "http-equiv" not in text
    assert "FasterPAM" in text
    assert list((folder / "results" / "tables").glob("swap_time_*.csv"))
    assert list((folder / "results" / "figures").glob("swap_time_*.pdf"))


def test_a_dataset_that_cannot_be_had_is_said_and_stops_nothing(measured, tmp_path, monkeypatch):
    folder, configuration, _, library, _ = measured

    def refuse(*_, **__):
        raise DatasetUnavailable("digits", ("nobody answers",), "connect to a network")

    monkeypatch.setattr(steps, "write_matrix", refuse)
    made = steps.make_matrices(configuration, "digits", tmp_path)
    assert made["unavailable"] == {"reason": "nobody answers", "advice": "connect to a network"}
    outcome = steps.measure_dataset(configuration, made, tmp_path / "cells" / "digits.jsonl", tmp_path)
    (tmp_path / "cells").mkdir(exist_ok=True)
    page = summary.write_summary(configuration, tmp_path / "cells", tmp_path, [made, library, outcome])
    assert "nobody answers" in page.read_text()
    assert "connect to a network" in page.read_text()


DRIVER = """
import json, sys
from pathlib import Path
from kmedoids_bench.experiments.workflow import steps
from kmedoids_bench.experiments.planning.configuration import configuration_of
raw, made, folder = json.loads(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3])
steps.measure_dataset(configuration_of(raw, "x"), made, folder / "digits.jsonl", folder)
"""


@pytest.mark.proof
def test_kill_the_driver_at_any_moment_and_run_again(measured, tmp_path):
    folder, _, made, library, _ = measured
    command = [sys.executable, "-c", DRIVER, json.dumps(RAW), json.dumps(made), str(tmp_path)]
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
    if not library["unavailable"]:
        assert counted(rows) == counted(rows_of(folder / "cells" / "digits.jsonl"))
