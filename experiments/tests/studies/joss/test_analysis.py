import numpy as np
import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.joss.analysis import analyse, companion_table

SECONDS = {"pam": 20.0, "alternating": 0.9, "fasterpam": 0.5}


@pytest.fixture
def rows(factory):
    """Ours, Rust and Java: one slower than the other; a library that makes whole calls only; a matrix in 1.5 s."""
    rng = np.random.default_rng(0)
    records = []
    for seed in range(5):
        for number in range(3):
            for who, slowness in (("kmedoids_bench", 1.0), ("kmedoids_055", 2.0), ("elki", 8.0), ("whole", 3.0)):
                for name, seconds in SECONDS.items():
                    if who == "whole" and name == "fasterpam" or name == "pam" and seed:
                        continue
                    calls = [("total", "")] if who == "whole" else [("swap", "")]
                    calls += [("total", ""), ("total", "random")] if who == "kmedoids_bench" else []
                    for phase, own in calls:
                        records.append(
                            factory.record(
                                implementation=who,
                                algorithm=name,
                                round=number,
                                k=10,
                                phase=phase,
                                own_start=own,
                                start="build" if name == "pam" else "random",
                                seed=None if name == "pam" else seed,
                                contender=f"{who}/{name}[{phase} {own}]/C",
                                loss=100.0 + seed,
                                matrix_seconds=1.5,
                                seconds=slowness * seconds * np.exp(rng.normal(0, 0.01)) * (1.1 if own else 1),
                            )
                        )
    return rows_frame(records)


def test_planted_truths_are_found(rows):
    found = {name: {one.code_base: one for one in every} for name, every in analyse(rows).measures.items()}
    share = found["matrix_share"]["kmedoids_bench"]
    assert share.value == pytest.approx(1.5 / 2, rel=0.01)
    assert share.n == 5
    assert found["matrix_share"]["kmedoids_055"].value == pytest.approx(1.5 / 2.5, rel=0.01)
    assert found["pam_over_alternating"]["kmedoids_bench"].value == pytest.approx(20 / 0.9, rel=0.03)
    assert found["pam_over_alternating"]["whole"].value == pytest.approx(20 / 0.9, rel=0.03)
    assert found["alternating_over_fasterpam"]["kmedoids_bench"].value == pytest.approx(1.8, rel=0.02)
    assert "whole" not in found["alternating_over_fasterpam"]
    assert list(found["java_over_rust"]) == ["elki/kmedoids_055"]
    assert found["java_over_rust"]["elki/kmedoids_055"].value == pytest.approx(4, rel=0.02)


def test_without_java_or_pam_nothing_is_said_of_them(rows):
    found = analyse(rows[(rows["implementation"] != "elki") & (rows["algorithm"] != "pam")]).measures
    assert found["java_over_rust"] == found["pam_over_alternating"] == []
    assert not any(analyse(rows[:0]).measures.values())


def test_the_table_shows_swaps_alone_where_they_can_be_timed(rows):
    shown = companion_table(rows).set_index(["implementation", "algorithm"])
    assert shown.loc[("kmedoids_bench", "fasterpam"), "phase"] == "swap"
    assert shown.loc[("whole", "alternating"), "phase"] == "total"
    assert (shown["own_start"] == "").all()
    line = shown.loc[("kmedoids_055", "alternating")]
    assert line["per_n2"] == pytest.approx(1.8 / 1797**2, rel=0.02)
    assert (line["mean_loss"], line["best_loss"], line["seeds"]) == (102.0, 100.0, 5)


def test_all_algorithms_of_an_implementation_are_shown_in_one_order(factory):
    """In that of its FasterPAM, though Alternating is faster in the other: one table must not compare two inputs."""
    seconds = {("fasterpam", "F"): 1.0, ("fasterpam", "C"): 1.2, ("alternating", "F"): 2.0, ("alternating", "C"): 0.5}
    library = {"implementation": "lib", "start": "random", "seed": 0, "k": 10}
    alone = {"implementation": "alone", "start": "random", "seed": 0, "k": 10, "algorithm": "alternating"}
    records = [
        factory.record(algorithm=name, order=order, seconds=time, **library) for (name, order), time in seconds.items()
    ]
    records += [factory.record(order=order, seconds=time, **alone) for order, time in (("C", 2.0), ("F", 1.0))]
    shown = companion_table(rows_frame(records))
    assert shown.groupby("implementation")["order"].unique().map(list).to_dict() == {"lib": ["F"], "alone": ["F"]}
    assert shown.set_index(["implementation", "algorithm"]).loc[("lib", "alternating"), "seconds"] == 2.0
