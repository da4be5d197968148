import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.studies.swap_time.derived_times import NOTE
from kmedoids_bench.experiments.studies.which_k.analysis import analyse, known


def line_of(frame, **values):
    for name, value in values.items():
        frame = frame[frame[name] == value]
    (line,) = frame.to_dict("records")
    return line


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("fastmsc_identical", "start random, k = 5 to 10", 1),
        ("fastmsc_growth", "start BUILD", 2),
        ("fastmsc_at_100", "start BUILD, k = 100", 1e4),
        ("fastermsc_gain", "start BUILD, k = 20", 4),
        ("fastmsc_iteration_slope", "start BUILD, k = 10 to 100", 0),
        ("pammedsil_iteration_slope", "start BUILD, k = 10 to 100", 2),
        ("fastermsc_passes", "k = 10, 10 random starts", 0.2),
        ("fastermsc_over_fastmsc", "k = 5, 10 random starts", 1),
        ("fastermsc_over_fasterpam", "k = 5, 10 random starts", 1.5),
        ("dynmsc_over_fasterpam", "s1", 1.2),
        ("dynmsc_over_fastermsc", "s1", 1),
        ("dynmsc_gain", "s1", 19 * 0.3 / 2),
        ("dynmsc_right", "s1", 1),
        ("dynmsc_over_known", "s1", 1),
        ("dynmsc_over_known", "digits", 0.2),
        ("mnist_dynmsc", "mnist", 0.338),
        ("mnist_dynmsc_k", "mnist", 2),
        ("mnist_fasterpam", "mnist", 0.15),
    ],
)
def test_planted_values_are_found(result, name, place, value):
    (measure,) = (one for one in result.measures[name] if place in one.where)
    assert (measure.value, measure.low, measure.high) == pytest.approx((value,) * 3, rel=1e-9, abs=1e-9)
    assert len(measure.evidence)


def test_each_way_chooses_its_k(result):
    choices = result.choices
    of_s1 = choices[choices["dataset"] == "s1"].set_index(["algorithm", "by"])
    assert of_s1["chosen"].to_dict() == {
        ("dynmsc", "silhouette"): "15",
        ("fastermsc", "silhouette"): "15",
        ("fasterpam", "silhouette"): "15",
        ("fasterpam", "elbow"): "8",
    }
    assert of_s1["right"].to_dict() == {key: 0 if key[1] == "elbow" else 3 for key in of_s1.index}
    assert set(of_s1["known"]) == {15}
    assert set(of_s1["largest_k"]) == {20}
    assert of_s1["seconds"].to_dict() == pytest.approx(
        {key: {"dynmsc": 2.0, "fastermsc": 5.7, "fasterpam": 1.9}[key[0]] for key in of_s1.index}
    )


def test_a_gap_in_k_ends_what_can_be_chosen_from(world):
    choices = analyse(world[(world["k"] != 7) | (world["dataset"] != "s1")]).choices
    line = line_of(choices, dataset="s1", algorithm="fasterpam", by="silhouette")
    assert (line["largest_k"], line["chosen"]) == (6, "6")
    # What is chosen from other numbers is not compared.
    assert all("s1" not in one.where for one in analyse(world[world["k"] != 7]).measures["dynmsc_over_fasterpam"])


def test_few_k_choose_nothing(world):
    assert "fasterpam" not in set(analyse(world[world["k"] != 4]).choices["algorithm"])


def test_what_is_known_is_known_of_all_objects_only():
    assert known("s1", 5000) == (15, "clusters")
    assert known("digits", 1797) == (10, "classes")
    assert known("s1", 1000) == known("mnist", 10_000) == known("unheard-of", 5) == (None, "")


def test_silhouettes_are_beside_the_best_and_pammedsil_may_be_counted(result):
    reached = result.reached
    here = {"dataset": "plants_texture", "start": "random", "k": 5}
    line = line_of(reached, **here, algorithm="fasterpam")
    assert (line["silhouette"], line["below"], line["excess_percent"]) == pytest.approx((0.2, 0.1, 0))
    assert line_of(reached, **here, algorithm="fastermsc")["excess_percent"] == pytest.approx(100 / 150)
    counted = line_of(reached, algorithm="pammedsil", start="build", k=100)
    assert (counted["note"], counted["silhouette"]) == (NOTE, 0.3)
    assert counted["seconds"] == pytest.approx(10 * 105)
    assert "dynmsc" not in set(reached["algorithm"])


def test_speed_ups_are_also_given_over_k_squared(result):
    line = line_of(result.speedups, algorithm="fastermsc", start="build", k=10)
    assert (line["estimate"], line["over_k2"]) == pytest.approx((400, 4))


def test_who_promises_the_same_result_is_compared(world, result):
    agreement = result.agreement
    assert agreement[["result", "compared", "identical"]].values.tolist() == [["pammedsil", 20, 20]]
    moved = (world["algorithm"] == "fastmsc") & (world["k"] == 5)
    other = [[9, 8, 7, 6, 5] if there else old for old, there in zip(world["medoids"], moved, strict=True)]
    assert analyse(world.assign(medoids=other)).agreement["identical"].tolist() == [10]


def test_of_the_memory_orders_of_a_library_the_faster_one_counts(world):
    direct = world[world["algorithm"] == "dynmsc"]
    orders = [
        direct.assign(
            implementation="lib", tier="library", order=order, contender=f"lib/dynmsc/{order}", seconds=seconds
        )
        for order, seconds in (("C", 9.0), ("F", 4.0))
    ]
    choices = analyse(pd.concat(orders, ignore_index=True)).choices
    assert choices["seconds"].tolist() == [4.0] * 3
    assert choices["starts"].tolist() == [3] * 3


def test_rows_without_silhouettes_say_nothing(world):
    result = analyse(world.assign(medoid_silhouette=np.nan))
    assert result.reached.empty
    assert result.choices.empty
    assert not result.measures.keys() & {"fastermsc_over_fasterpam", "dynmsc_right"}


def test_nothing_of_nothing(world):
    assert analyse(world[:0]).measures == {}
