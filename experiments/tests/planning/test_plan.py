import copy
from pathlib import Path

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.planning.plan import plan
from kmedoids_bench.experiments.planning.profile import profile_of
from kmedoids_bench.experiments.rows.keys import ONE_PASS
from kmedoids_bench.experiments.studies import studies

MATRIX = Matrix(
    path=Path("x.npy"),
    sha256="s",
    n=40,
    dtype="float32",
    metric="euclidean",
    dataset="digits",
    seconds=0.0,
    reused=True,
)
RAW = {
    "profile": "x",
    "title": "x",
    "limits": {"call_seconds": 1, "memory_gib": 1},
    "repetitions": {"series": 1, "rounds": 7, "seconds": 1},
    "studies": {
        "swap_time": {"grids": [{"datasets": ["digits"], "k": [5, 2, 50], "starts": ["build", "random"]}]},
        "agreement": {
            "grids": [
                {"datasets": ["digits"], "k": [2], "starts": ["random"], "seeds": [0, 1], "algorithms": ["fasterpam"]}
            ]
        },
    },
}


def first_objects(matrix, name, k, seed):
    return tuple(range(seed or 0, (seed or 0) + k))


def laid_out(raw=RAW):
    profile = profile_of(raw, "x")
    matrices = {request: MATRIX for _, grid in profile.grids() for request in grid.matrices}
    return plan(profile, "digits", matrices, first_objects)


def test_cells_of_all_studies_each_once_few_medoids_first():
    blocks = laid_out().blocks
    cells = [(block.cell.k, block.cell.start.name, block.cell.start.seed) for block in blocks]
    assert sorted(cells, key=str) == sorted(
        [(2, "build", None), (2, "random", 0), (2, "random", 1), (5, "build", None), (5, "random", 0)], key=str
    )
    assert [k for k, _, _ in cells] == [2, 2, 2, 5, 5]  # and none with more medoids than objects
    assert len({block.cell.block for block in blocks}) == 5


def test_a_shared_cell_is_measured_as_often_as_the_keenest_study_asks():
    rounds = {
        (block.cell.start.seed, lane.contender.algorithm): lane.rounds
        for block in laid_out().blocks
        for lane in block.lanes
        if block.cell.k == 2 and block.cell.start.name == "random"
    }
    study = studies()["swap_time"]
    names = {*study.algorithms, *study.beyond.values()} - ONE_PASS.keys()  # whose contender is one of PAM
    timed = dict.fromkeys([(0, name) for name in names], 7)
    assert rounds == timed | {(1, "fasterpam"): 0}


def test_a_start_without_a_seed_runs_in_every_series_one_with_a_seed_in_its_own():
    raw = copy.deepcopy(RAW)
    raw["repetitions"]["series"] = 3
    blocks = laid_out(raw).blocks
    assert [block.series for block in blocks] == sorted(block.series for block in blocks)
    series = {}
    for block in blocks:
        start = block.cell.start
        series.setdefault((block.cell.k, start.name, start.seed), []).append(block.series)
    assert series[2, "build", None] == [0, 1, 2]
    assert [series[5, "random", seed] for seed in range(3)] == [[0], [1], [2]]


def test_a_grid_may_have_series_of_its_own():
    raw = copy.deepcopy(RAW)
    raw["repetitions"]["series"] = 3
    raw["studies"]["swap_time"]["grids"] = [
        {"datasets": ["digits"], "k": [2, 5], "starts": ["build"], "algorithms": ["pam"], "libraries": ["cluster"]},
        {"datasets": ["digits"], "k": [3], "starts": ["build"], "series": 1},
    ]
    timed = [block for block in laid_out(raw).blocks if any(lane.rounds for lane in block.lanes)]
    assert {(block.cell.k, block.series) for block in timed} == {(2, 0), (2, 1), (2, 2), (5, 0), (5, 1), (5, 2), (3, 0)}


def test_a_grid_may_have_rounds_of_its_own_and_a_shared_cell_keeps_the_larger_number():
    raw = copy.deepcopy(RAW)
    swap_time = raw["studies"]["swap_time"]["grids"]
    swap_time.append({**swap_time[0], "k": [2, 3], "starts": ["random"], "rounds": 1})
    rounds = {(block.cell.k, lane.rounds) for block in laid_out(raw).blocks for lane in block.lanes if lane.rounds}
    assert rounds == {(2, 7), (3, 1), (5, 7)}


def test_only_one_series_is_checked_swap_by_swap_and_untimed_cells_have_one():
    raw = copy.deepcopy(RAW)
    raw["repetitions"]["series"] = 3
    raw["studies"] = {"exactness": {"grids": [{"datasets": ["digits"], "k": [2], "starts": ["build"]}]}}
    (block,) = laid_out(raw).blocks
    raw["studies"]["swap_time"] = {"grids": [{"datasets": ["digits"], "k": [2], "starts": ["build"]}]}
    first, *others = laid_out(raw).blocks
    assert len(others) == 2
    names = [{lane.contender.name for lane in one.lanes if lane.facts} for one in (block, first)]
    assert names[0] == names[1] != set()
    assert not any(lane.facts for block in others for lane in block.lanes)


def test_each_study_knows_what_it_asked_for():
    requested = laid_out().requested
    assert len(requested["swap_time"]) == 4
    assert len(requested["agreement"]) == 2
    names = {name for names in requested["agreement"].values() for name in names}
    assert names == {contender.name for contender in contenders(studies()["agreement"], "fasterpam", "random")}


def test_facts_are_asked_of_ours_in_the_cells_of_their_study():
    raw = RAW | {
        "studies": {
            "swap_time": {"grids": [{"datasets": ["digits"], "k": [2, 5], "starts": ["build"]}]},
            "exactness": {"grids": [{"datasets": ["digits"], "k": [2], "starts": ["build"]}]},
        }
    }
    blocks = laid_out(raw).blocks
    asked = {
        (block.cell.k, lane.contender.implementation, lane.contender.algorithm)
        for block in blocks
        for lane in block.lanes
        if lane.facts
    }
    assert {k for k, _, _ in asked} == {2}
    assert {who for _, who, _ in asked} == {"kmedoids_bench"}
    assert {"pam", "fasterpam", "eagerpam"} <= {algorithm for _, _, algorithm in asked}
    # The clock runs there all the same.
    assert all(lane.rounds == 7 for block in blocks for lane in block.lanes if lane.contender.algorithm == "pam")


def test_a_grid_can_leave_libraries_out_and_say_how_many_seeds():
    grid = {"datasets": ["digits"], "k": [2], "starts": ["random"], "algorithms": ["fasterpam"]}
    raw = RAW | {"studies": {"swap_time": {"grids": [grid | {"seeds": 3, "libraries": ["kmedoids_055"]}]}}}
    planned = laid_out(raw)
    assert sorted(block.cell.start.seed for block in planned.blocks) == [0, 1, 2]
    for block in planned.blocks:
        assert {lane.contender.implementation for lane in block.lanes} == {"kmedoids_bench", "kmedoids_055"}


def test_what_is_newer_than_the_papers_is_measured_beside_what_it_replaces_but_belongs_to_no_study():
    laid = laid_out()
    for names in laid.requested["swap_time"].values():
        assert "kmedoids_bench/resende_werneck/C" in names
    assert "resende_werneck" not in studies()["swap_time"].algorithms
    only_fasterpam = laid.requested["agreement"].values()
    assert not any("resende_werneck" in name for names in only_fasterpam for name in names)


def test_a_grid_may_give_its_runs_more_time():
    raw = copy.deepcopy(RAW)
    raw["studies"]["swap_time"]["grids"].append(
        {"datasets": ["digits"], "k": [5], "starts": ["build"], "algorithms": ["pam"], "seconds": 30}
    )
    planned = laid_out(raw)
    seconds = {
        (block.cell.k, block.cell.start.name, lane.contender.algorithm): lane.seconds
        for block in planned.blocks
        for lane in block.lanes
        if lane.contender.implementation == "kmedoids_bench" and not lane.contender.parameters
    }
    assert {key for key, value in seconds.items() if value == 30} >= {(5, "build", "pam")}
    assert seconds[5, "random", "pam"] == seconds[5, "build", "fasterpam"] == 0


def test_a_grid_can_run_sampling_algorithms_on_points():
    raw = copy.deepcopy(RAW)
    raw["studies"] = {
        "every_algorithm": {
            "grids": [{"datasets": ["digits"], "k": [2], "starts": ["random"], "algorithms": ["clara"], "points": True}]
        }
    }
    planned = laid_out(raw)
    assert {lane.contender.order for block in planned.blocks for lane in block.lanes} >= {"C", "points"}


def test_without_a_matrix_only_what_takes_points_and_no_start_takes_part():
    raw = copy.deepcopy(RAW)
    grid = {"datasets": ["digits"], "k": [2], "starts": ["random"], "seeds": 2, "matrix": False}
    raw["studies"] = {"large_n": {"grids": [grid]}}
    profile = profile_of(raw, "x")
    (request,) = profile.matrices("digits")
    assert request.points_alone

    def no_start(*_):
        raise AssertionError("no start medoids can be chosen")

    planned = plan(profile, "digits", {request: MATRIX}, no_start)
    lanes = [lane.contender for block in planned.blocks for lane in block.lanes]
    assert {block.cell.start.medoids for block in planned.blocks} == {()}
    assert {one.order for one in lanes} == {"points"}
    assert not any(one.takes_start for one in lanes)
    names = {one.name for one in lanes}
    assert {"kmedoids_bench_tuned/onebatchpam[own random]/points", "onebatch/onebatchpam[own random]/points"} <= names
    assert {"kmedoids_bench/clara[own random]/points", "aeon/clara[own random]/points"} <= names
    assert not any("aeon/pam" in name for name in names)
