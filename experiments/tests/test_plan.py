from dataclasses import replace
from pathlib import Path

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.experiments.configuration import configuration_of
from kmedoids_bench.experiments.plan import contenders, everyone, plan, same_result
from kmedoids_bench.experiments.registry import studies
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
                {
                    "datasets": ["digits"],
                    "k": [2],
                    "starts": ["random"],
                    "seeds": [0, 1],
                    "algorithms": ["fasterpam"],
                }
            ]
        },
    },
}


SWAPS = Study("x", "X", "?", ("pam", "fasterpam"), True, dict, dict, list)
WHOLE = replace(SWAPS, whole_calls=True)


def laid_out():
    def start(matrix, name, k, seed):
        return tuple(range(k)) if seed is None else tuple(range(seed, seed + k))

    return plan(configuration_of(RAW, "x"), "digits", lambda grid: MATRIX, start)


def test_cells_of_all_studies_each_once_few_medoids_first():
    blocks = laid_out().blocks
    cells = [(block.cell.k, block.cell.start.name, block.cell.start.seed) for block in blocks]
    assert sorted(cells, key=str) == sorted(
        [(2, "build", None), (2, "random", 0), (2, "random", 1), (5, "build", None), (5, "random", 0)],
        key=str,
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
    assert rounds == {(0, "pam"): 7, (0, "fastpam1"): 7, (0, "fasterpam"): 7, (1, "fasterpam"): 0}


def test_each_study_knows_what_it_asked_for():
    asked = laid_out().asked
    assert len(asked["swap_time"]) == 4
    assert len(asked["agreement"]) == 2
    names = {name for names in asked["agreement"].values() for name in names}
    assert names == {
        contender.name for contender in contenders(studies()["agreement"], "fasterpam", "random")
    }


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
