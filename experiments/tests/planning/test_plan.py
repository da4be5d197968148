import copy
from dataclasses import replace
from pathlib import Path

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.experiments.planning.configuration import configuration_of
from kmedoids_bench.experiments.planning.plan import contenders, everyone, plan, same_result
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import Study

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
    "sampling": {"rounds": 7, "seconds": 1},
    "studies": {
        "swap_time": {"grids": [{"datasets": ["digits"], "k": [5, 2, 50], "starts": ["build", "random"]}]},
        "agreement": {
            "grids": [
                {"datasets": ["digits"], "k": [2], "starts": ["random"], "seeds": [0, 1], "algorithms": ["fasterpam"]}
            ]
        },
    },
}


SWAPS = Study(name="x", title="X", question="?", algorithms=("pam", "fasterpam"), timed=True)
WHOLE = replace(SWAPS, whole_calls=True)


def laid_out():
    def start(matrix, name, k, seed):
        return tuple(range(k)) if seed is None else tuple(range(seed, seed + k))

    return plan(configuration_of(RAW, "x"), "digits", lambda grid: MATRIX, start)


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
    timed = dict.fromkeys([(0, name) for name in (*study.algorithms, *study.beyond.values())], 7)
    assert rounds == timed | {(1, "fasterpam"): 0}


def test_each_study_knows_what_it_asked_for():
    asked = laid_out().asked
    assert len(asked["swap_time"]) == 4
    assert len(asked["agreement"]) == 2
    names = {name for names in asked["agreement"].values() for name in names}
    assert names == {contender.name for contender in contenders(studies()["agreement"], "fasterpam", "random")}


def test_a_library_takes_part_in_each_of_its_memory_orders():
    names = [contender.name for contender in contenders(SWAPS, "fasterpam", "build")]
    assert names[0] == "kmedoids_bench/fasterpam/C"
    assert {"kmedoids_055/fasterpam/C", "kmedoids_055/fasterpam/F"} <= set(names)


def test_promises_join_contenders_of_different_algorithms():
    promises = same_result(everyone())
    assert promises["kmedoids_bench/pam/C"] == promises["kmedoids_055/fastpam1/F"] == "pam"
    assert promises["kmedoids_bench/fasterpam/C"] == "fasterpam"


def test_whole_calls_take_part_where_they_choose_the_start_of_the_cell():
    named = {contender.name: contender for contender in contenders(WHOLE, "pam", "build")}
    ours = named["kmedoids_bench/pam[own build]/C"]
    theirs = named["kmedoids_055/pam[own build]/F"]
    assert (ours.phase, ours.takes_start, ours.own_start) == ("total", False, "build")
    assert theirs.same_result_as == "pam"  # BUILD's medoids are the same for everyone
    assert not any("own" in name for name in named if "lab" in name)
    random = {contender.name: contender for contender in contenders(WHOLE, "fasterpam", "random")}
    assert random["kmedoids_055/fasterpam[own random]/F"].same_result_as is None  # random medoids are not
    assert not any("own" in contender.name for contender in contenders(SWAPS, "pam", "build"))


def test_variants_are_contenders_of_their_own():
    study = replace(SWAPS, variants={"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5})})
    names = [c.name for c in contenders(study, "fastpam2", "build") if c.implementation == "kmedoids_bench"]
    assert names == ["kmedoids_bench/fastpam2[tolerance=0.0]/C", "kmedoids_bench/fastpam2[tolerance=0.5]/C"]


def test_a_configuration_can_leave_libraries_out():
    assert {c.implementation for c in contenders(SWAPS, "pam", "build", ["kmedoids_055"])} == {
        "kmedoids_bench",
        "kmedoids_055",
    }
    assert {c.implementation for c in contenders(SWAPS, "pam", "build", [])} == {"kmedoids_bench"}


def test_facts_are_asked_of_ours_in_the_cells_of_their_study():
    raw = RAW | {
        "studies": {
            "swap_time": {"grids": [{"datasets": ["digits"], "k": [2, 5], "starts": ["build"]}]},
            "exactness": {"grids": [{"datasets": ["digits"], "k": [2], "starts": ["build"]}]},
        }
    }
    blocks = plan(
        configuration_of(raw, "x"), "digits", lambda grid: MATRIX, lambda matrix, name, k, seed: tuple(range(k))
    ).blocks
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


def test_who_offers_threads_takes_part_with_them():
    study = replace(SWAPS, threads=(1, 2))
    found = [c for c in contenders(study, "fasterpam", "random", ["kmedoids_055"]) if c.order == "F"]
    assert [(c.name, c.same_result_as) for c in found] == [
        ("kmedoids_055/fasterpam/F", "fasterpam"),
        ("kmedoids_055/fasterpam[2 threads]/F", None),  # in another order
    ]
    assert {c.threads for c in contenders(study, "pam", "random")} == {1}
    assert {c.threads for c in contenders(SWAPS, "fasterpam", "random")} == {1}


def test_sampling_runs_on_points_where_a_grid_asks_for_it():
    plain = contenders(SWAPS, "clara", "random", [])
    both = contenders(SWAPS, "clara", "random", [], points=True)
    assert [c.order for c in plain] == ["C"]
    assert [c.order for c in both] == ["C", "points"]
    assert both[1].same_result_as is None  # the matrix was rounded
    assert [c.order for c in contenders(SWAPS, "fasterpam", "random", [], points=True)] == ["C"]
    assert [c.name for c in contenders(WHOLE, "clara", "random", [], points=True)] == [
        "kmedoids_bench/clara[own random]/C",
        "kmedoids_bench/clara[own random]/points",
    ]
    assert contenders(WHOLE, "clara", "build", [], points=True) == []
    raw = copy.deepcopy(RAW)
    raw["studies"] = {
        "every_algorithm": {
            "grids": [{"datasets": ["digits"], "k": [2], "starts": ["random"], "algorithms": ["clara"], "points": True}]
        }
    }
    planned = plan(configuration_of(raw, "x"), "digits", lambda grid: MATRIX, lambda *_: (0, 1))
    assert {lane.contender.order for block in planned.blocks for lane in block.lanes} >= {"C", "points"}


def test_other_settings_promise_nothing():
    study = replace(SWAPS, variants={"fasterclara": ({}, {"sample_size": "40+2k"})})
    assert [c.same_result_as for c in contenders(study, "fasterclara", "random", [])] == ["fasterclara", None]


def test_a_grid_can_leave_libraries_out_and_say_how_many_seeds():
    grid = {"datasets": ["digits"], "k": [2], "starts": ["random"], "algorithms": ["fasterpam"]}
    raw = RAW | {"studies": {"swap_time": {"grids": [grid | {"seeds": 3, "libraries": ["kmedoids_055"]}]}}}
    planned = plan(configuration_of(raw, "x"), "digits", lambda grid: MATRIX, lambda *_: (0, 1))
    assert sorted(block.cell.start.seed for block in planned.blocks) == [0, 1, 2]
    for block in planned.blocks:
        assert {lane.contender.implementation for lane in block.lanes} == {"kmedoids_bench", "kmedoids_055"}


def test_what_is_newer_than_the_papers_is_measured_beside_what_it_replaces_but_belongs_to_no_study():
    laid = laid_out()
    for names in laid.asked["swap_time"].values():
        assert "kmedoids_bench/resende_werneck/C" in names
    assert "resende_werneck" not in studies()["swap_time"].algorithms
    only_fasterpam = laid.asked["agreement"].values()
    assert not any("resende_werneck" in name for names in only_fasterpam for name in names)


def test_a_grid_may_give_its_runs_more_time():
    raw = copy.deepcopy(RAW)
    raw["studies"]["swap_time"]["grids"].append(
        {"datasets": ["digits"], "k": [5], "starts": ["build"], "algorithms": ["pam"], "seconds": 30}
    )
    planned = plan(configuration_of(raw, "x"), "digits", lambda grid: MATRIX, lambda *_: ())
    seconds = {
        (block.cell.k, block.cell.start.name, lane.contender.algorithm): lane.seconds
        for block in planned.blocks
        for lane in block.lanes
        if lane.contender.implementation == "kmedoids_bench"
    }
    assert {key for key, value in seconds.items() if value == 30} >= {(5, "build", "pam")}
    assert seconds[5, "random", "pam"] == seconds[5, "build", "fasterpam"] == 0
