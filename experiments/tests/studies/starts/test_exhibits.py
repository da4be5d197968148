import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.starts import exhibits
from kmedoids_bench.experiments.studies.starts.analysis import analyse

# start: loss of the start, final loss, seconds of the start, seconds of FasterPAM from it
PLANTED = {
    "build": (101.0, 100.0, 0.300, 0.010),
    "lab": (110.0, 100.1, 0.004, 0.026),
    "random": (130.0, 100.2, 0.001, 0.049),
    "kmeanspp": (125.0, 100.3, 0.002, 0.040),
    "park_jun": (143.0, 100.4, 0.005, 0.060),
}
SEEDED = ("lab", "random", "kmeanspp")


def made(factory, k=100, starts=tuple(PLANTED), mood=1.0, rounds=6):
    """Rows of one block for each start and seed; while LAB is measured, everything takes `mood` times as long."""
    records = []
    for start in starts:
        loss, final, alone, swaps = PLANTED[start]
        slow = mood if start == "lab" else 1.0
        for seed in range(5) if start in SEEDED else (None,):
            wobble = 1 + 0.001 * ((seed or 0) - 2) * (start in SEEDED)
            for number in range(rounds):
                who = {"start": start, "seed": seed, "k": k, "round": number}
                for algorithm, what, seconds, phase in (
                    (start, loss, alone, "start"),
                    ("park_jun", 143.0, 0.005, "start"),
                    ("fasterpam", final, swaps, "swap"),
                ):
                    if (algorithm, phase) == ("park_jun", "start") and start == "park_jun" and what != loss:
                        continue
                    value = what if algorithm == "park_jun" else what * wobble
                    fields = {"algorithm": algorithm, "phase": phase, "loss": value, "seconds": seconds * slow}
                    records.append(factory.record(**who, **fields))
    return rows_frame(records)


def test_planted_values_are_found(factory):
    found = analyse(made(factory)).measures
    expected = {
        "park_jun_over_random": 143 / 130,
        "lab_over_build": 110 / 101,
        "random_over_lab": 130 / 110,
        "final_spread": 100.3 / 100,
        "lab_passes_over_random": 1,
        "lab_total_over_random_total": 0.6,
        "build_over_swap": 30,
        "build_over_swap_at_100": 30,
    }
    assert set(found) == set(expected)
    for name, value in expected.items():
        (one,) = found[name]
        assert one.value == pytest.approx(value, rel=1e-3), name
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high
        assert len(one.evidence)


def test_a_slow_minute_is_divided_out(factory):
    (one,) = analyse(made(factory, mood=3.0)).measures["lab_total_over_random_total"]
    assert one.value == pytest.approx(0.6, rel=1e-3)


def test_claims_begin_at_their_k(factory):
    assert set(analyse(made(factory, k=5)).measures) == {
        "final_spread",
        "lab_passes_over_random",
        "lab_total_over_random_total",
    }
    at_twenty = analyse(made(factory, k=20)).measures
    assert "build_over_swap" in at_twenty
    assert not {"build_over_swap_at_100", "park_jun_over_random"} & set(at_twenty)


def test_a_missing_start_gives_no_measure(factory):
    found = analyse(made(factory, starts=("build", "lab", "kmeanspp"))).measures
    assert set(found) == {"lab_over_build", "build_over_swap", "build_over_swap_at_100"}
    assert analyse(rows_frame([])).measures == {}


def test_tables_figures_and_findings(factory):
    result = analyse(made(factory))
    tables = exhibits.tables(result)
    assert [line[4] for line in entries(tables["starts"])][:3] == ["BUILD", "LAB", "random"]
    assert tables["shares"].frame.set_index("start").loc["build", "share_percent"] == pytest.approx(100 * 30 / 31)
    assert entries(tables["build"])[0][6].startswith("30.0")
    assert len(entries(tables["comparisons"])) == 6
    assert set(exhibits.figures(result)) == {"loss_digits", "time_digits"}
    said = " ".join(exhibits.findings(result))
    assert "BUILD of kmedoids_bench took 30.0 " in said
    assert "LAB and FasterPAM together took 0.600" in said
