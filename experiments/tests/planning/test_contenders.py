from dataclasses import replace

import pytest

from kmedoids_bench.experiments.planning.contenders import all_contenders, contenders, numbers_of_threads
from kmedoids_bench.experiments.rows.keys import TUNED
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import ALL_CORES, DOUBLED, Study

SWAPS = Study("x", algorithms=("pam", "fasterpam"), timed=True)
WHOLE = replace(SWAPS, whole_calls=True, own_starts=True)


def test_a_library_takes_part_in_each_of_its_memory_orders():
    names = [contender.name for contender in contenders(SWAPS, "fasterpam", "build")]
    assert names[0] == "kmedoids_bench/fasterpam/C"
    assert {"kmedoids_055/fasterpam/C", "kmedoids_055/fasterpam/F"} <= set(names)


def test_promises_join_contenders_of_different_algorithms():
    named = all_contenders()
    assert named["kmedoids_bench/pam/C"].same_result_as == named["kmedoids_055/fastpam1/F"].same_result_as == "pam"
    assert named["kmedoids_bench/fasterpam/C"].same_result_as == "fasterpam"


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
    whole = [contender.name for contender in contenders(replace(SWAPS, whole_calls=True), "pam", "build", [])]
    assert whole == ["kmedoids_bench/pam/C", "kmedoids_bench/pam[whole call]/C"]


def test_a_call_that_chooses_k_says_so():
    study = replace(SWAPS, algorithms=("fastermsc", "dynmsc"))
    choosing = {c.algorithm: c.chooses_k for name in study.algorithms for c in contenders(study, name, "random", [])}
    assert choosing == {"fastermsc": False, "dynmsc": True}


def test_variants_are_contenders_of_their_own():
    study = replace(SWAPS, variants={"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5})})
    names = [c.name for c in contenders(study, "fastpam2", "build") if c.implementation == "kmedoids_bench"]
    assert names == ["kmedoids_bench/fastpam2[tolerance=0.0]/C", "kmedoids_bench/fastpam2[tolerance=0.5]/C"]


def test_a_profile_can_leave_libraries_out():
    assert {c.implementation for c in contenders(SWAPS, "pam", "build", ["kmedoids_055"])} == {
        "kmedoids_bench",
        "kmedoids_055",
    }
    assert {c.implementation for c in contenders(SWAPS, "pam", "build", [])} == {"kmedoids_bench"}


def test_who_offers_threads_takes_part_with_them():
    study = replace(SWAPS, threads=(1, 2))
    found = [c for c in contenders(study, "fasterpam", "random", ["kmedoids_055"]) if c.order == "F"]
    assert [(c.name, c.same_result_as) for c in found] == [
        ("kmedoids_055/fasterpam/F", "fasterpam"),
        ("kmedoids_055/fasterpam[2 threads]/F", None),  # in another order
    ]
    assert {c.threads for c in contenders(study, "pam", "random")} == {1}
    assert {c.threads for c in contenders(SWAPS, "fasterpam", "random")} == {1}


@pytest.mark.parametrize(
    ("cores", "threads", "expected"),
    [
        (2, (DOUBLED,), [1, 2]),
        (1, (DOUBLED,), [1]),
        (12, (DOUBLED,), [1, 2, 4, 8, 12]),
        (64, (DOUBLED,), [1, 2, 4, 8, 16, 32, 64]),
        (16, (1, ALL_CORES), [1, 16]),
        (1, (1, 2), [1, 2]),
    ],
)
def test_threads_are_doubled_up_to_all_cores(monkeypatch, cores, threads, expected):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert numbers_of_threads(replace(SWAPS, threads=threads)) == expected


def test_the_study_of_threads_has_each_number_for_ours_and_for_the_library(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 12)
    several = ["", *(f"[{number} threads]" for number in (2, 4, 8, 12))]
    study, libraries = studies()["threads"], ["kmedoids_055"]
    for algorithm in ("pam", "build", "streaming"):
        names = [one.name for one in contenders(study, algorithm, "random", libraries)]
        assert names == [f"{TUNED}/{algorithm}{words}/C" for words in several]
    names = [one.name for one in contenders(study, "fasterpam", "random", libraries)]
    assert {f"kmedoids_055/fasterpam{words}/F" for words in several} <= set(names)


def test_sampling_runs_on_points_where_requested():
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


def test_other_settings_promise_nothing():
    study = replace(SWAPS, variants={"fasterclara": ({}, {"sample_size": "40+2k"})})
    assert [c.same_result_as for c in contenders(study, "fasterclara", "random", [])] == ["fasterclara", None]


CALLED = replace(WHOLE, as_called=True)


def called(algorithm, start):
    return [contender.name for contender in contenders(CALLED, algorithm, start)]


def test_as_users_call_them_everybody_chooses_the_start():
    assert called("fasterpam", "random")[0] == "kmedoids_bench_tuned/fasterpam[own random]/C"
    assert "kmedoids_055/fasterpam[own random]/C" in called("fasterpam", "random")
    assert called("fastpam1", "build")[0] == "kmedoids_bench/fastpam1[own build]/C"  # has no tuned form
    assert all("[own build]" in name for name in called("pam", "build"))


def test_what_has_to_be_given_its_start_takes_part_from_a_random_one():
    assert called("kmedoids_pyclustering", "build") == []
    assert all("[whole call]" in name for name in called("kmedoids_pyclustering", "random"))
    assert called("kmedoids_pyclustering", "random")


def test_a_sampling_algorithm_is_called_once():
    assert called("fasterclara", "random")[0] == "kmedoids_bench_tuned/fasterclara[own random]/C"
    assert called("fasterclara", "build") == []


def test_as_users_call_them_tuned_algorithms_also_run_on_points():
    names = [one.name for one in contenders(CALLED, "fasterpam", "random", [], points=True, matrix=False)]
    assert names == ["kmedoids_bench_tuned/fasterpam[own random]/points"]


def test_as_users_call_them_sampling_also_runs_on_points():
    names = [one.name for one in contenders(CALLED, "onebatchpam", "random", ["rustpam"], points=True)]
    assert names == [
        "kmedoids_bench_tuned/onebatchpam[own random]/C",
        "kmedoids_bench_tuned/onebatchpam[own random]/points",
        "rustpam/onebatchpam[own random]/points",
    ]
    assert [one.name for one in contenders(CALLED, "onebatchpam", "random", ["rustpam"], matrix=False)] == names[1:]
    assert [one.name for one in contenders(CALLED, "banditpam", "build", matrix=False)] == [
        "banditpam_points/banditpam[own build]/points"
    ]
