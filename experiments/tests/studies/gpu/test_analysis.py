import math

import pytest

from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.rows.keys import CARD_RATE, GPU, TUNED
from kmedoids_bench.experiments.rows.reading import by_deciding_clock, rows_frame
from kmedoids_bench.experiments.studies.answer import answer
from kmedoids_bench.experiments.studies.gpu import STUDY
from kmedoids_bench.experiments.studies.gpu.analysis import analyse

N = 1000
PLACE = {"dataset": "digits", "n": N, "k": 10, "start": "random", "seed": 0}
CARD, MINE, LIBRARY = (
    {"implementation": name, "tier": tier}
    for name, tier in ((GPU, "gpu"), (TUNED, "tuned"), ("kmedoids_055", "library"))
)

BOUND = {"loss": 110.0, "lower_bound": 96.0}


def measured(factory, seconds, **fields):
    """One row a round, named as the plan names contenders."""
    threads = fields.get("threads", 1)
    words, order = f"[{threads} threads]" if threads != 1 else "", fields.get("order", "C")
    name = f"{fields['implementation']}/{fields['algorithm']}{words}/{order}"
    return [
        factory.record(contender=name, seconds=seconds * (1 + 0.001 * number), round=number, **{**PLACE, **fields})
        for number in range(6)
    ]


@pytest.fixture
def rows(factory):
    same, other = {"medoids": [1, 2]}, {"medoids": [1, 3]}
    whole = {"order": "points", "phase": "total", "own_start": "random"}
    return rows_frame(
        [
            *measured(factory, 0.1, algorithm="pam", **CARD, **same),
            *measured(factory, 0.02, algorithm="streaming", **CARD, medoids=[0, 1], versions={CARD_RATE: "400"}),
            *measured(factory, 5.0, algorithm="certificate", **CARD, **BOUND, n_passes=100),
            *measured(factory, 6.0, algorithm="certificate", threads=16, **MINE, **BOUND, n_passes=3),
            *measured(factory, 0.3, algorithm="pam", **CARD, **same, **whole),
            *measured(factory, 1.0, algorithm="pam", **MINE, **same),
            *measured(factory, 0.5, algorithm="pam", threads=16, **MINE, **same),
            *measured(factory, 9.0, algorithm="fastpam1", **LIBRARY, **other),
            *measured(factory, 4.0, algorithm="fastpam1", order="F", **LIBRARY, **other),
        ]
    )


def test_the_card_is_held_against_one_thread_and_all_of_the_tuned_one_and_of_the_faster_order(rows):
    lines = analyse(rows).against.to_dict("records")
    found = {(line["opponent"], line["threads"]): (line["estimate"], line["identical"]) for line in lines}
    assert found == {
        (f"{TUNED} (C)", ""): (pytest.approx(10.0), True),
        (f"{TUNED} (C)", "16 threads"): (pytest.approx(5.0), True),
        ("kmedoids_055 (F)", ""): (pytest.approx(40.0), False),
    }


def test_the_yardstick_gives_the_rate_and_how_often_the_matrix_could_be_read(rows):
    (line,) = analyse(rows).bandwidth.to_dict("records")
    assert (line["algorithm"], line["estimate"]) == ("pam", pytest.approx(5.0))
    assert line["gigabytes_per_second"] == pytest.approx(4 * N**2 / 0.02 / 1e9, rel=0.01)
    assert line["of_card_percent"] == pytest.approx(line["gigabytes_per_second"] / 4)


def test_a_card_that_does_not_tell_its_rate_has_no_share(factory):
    rows = rows_frame(
        [*measured(factory, 0.1, algorithm="pam", **CARD), *measured(factory, 0.02, algorithm="streaming", **CARD)]
    )
    assert analyse(rows).bandwidth["of_card_percent"].isna().all()


def test_certificates_say_what_a_step_takes_and_how_near_the_bound_comes_to_the_least_loss(rows):
    lines = analyse(rows).certificates.to_dict("records")
    card, processor = sorted(lines, key=lambda line: line["implementation"])
    assert (card["implementation"], card["threads"]) == (GPU, "")
    assert (processor["implementation"], processor["threads"]) == (TUNED, "16 threads")
    assert card["step_seconds"] == pytest.approx(0.05, rel=0.01)
    assert card["readings"] == pytest.approx(2.5, rel=0.01)
    assert math.isnan(processor["readings"])
    assert processor["steps"] == 3
    assert card["gap_percent"] == processor["gap_percent"] == pytest.approx(100 * (100 / 96 - 1))


def test_calls_from_points_are_apart(rows):
    (line,) = analyse(rows).from_points.to_dict("records")
    assert line["seconds"] == pytest.approx(0.3, rel=0.01)


def test_without_a_card_the_tables_say_why(factory):
    gone = factory.failure("unavailable", "no CUDA device", contender=f"{GPU}/pam/C", source=None, **PLACE, **CARD)
    found = answer(STUDY, rows_frame([gone]).assign(result_class=None))
    assert {name: len(table.frame) for name, table in found.tables.items()} == {
        **dict.fromkeys(("against", "bandwidth", "certificates", "from_points"), 0),
        "absent": 1,
    }
    assert found.findings == ["Calls on a card have no result: no CUDA device."]


def test_findings_say_which_results_differ(rows):
    found = answer(STUDY, rows.assign(result_class=None)).findings
    assert found[0] == "In 2 of 3 comparisons the medoids on the card are those of the opponent."
    assert found[1].endswith("PAM on the card ends with other medoids than kmedoids_055 (F).")
    assert "within 4.17 % at best and 4.17 % at worst of the least loss found" in found[2]


def test_the_time_of_a_card_is_that_of_the_wall_clock(factory):
    rows = rows_frame([factory.record(seconds=2.0, processor_seconds=1.0, **PLACE, **tier) for tier in (CARD, MINE)])
    assert by_deciding_clock(rows)["seconds"].tolist() == [2.0, 1.0]


def test_who_takes_part(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    libraries = ["kmedoids_055"]
    assert [one.name for one in contenders(STUDY, "pam", "random", libraries, points=True)] == [
        f"{GPU}/pam/C",
        f"{GPU}/pam[own random]/points",
        f"{TUNED}/pam/C",
        f"{TUNED}/pam[16 threads]/C",
    ]
    names = [one.name for one in contenders(STUDY, "fasterpam", "random", libraries)]
    assert names[0] == f"{GPU}/fasterpam/C"
    assert {"kmedoids_055/fasterpam/F", "kmedoids_055/fasterpam[16 threads]/F"} <= set(names)
    for beside in ("streaming", "filling"):
        assert [one.name for one in contenders(STUDY, beside, "random", libraries)] == [f"{GPU}/{beside}/C"]
    assert [one.name for one in contenders(STUDY, "certificate", "random", libraries, points=True)] == [
        f"{GPU}/certificate/C",
        f"{TUNED}/certificate/C",
        f"{TUNED}/certificate[16 threads]/C",
    ]
    names = [one.name for one in contenders(STUDY, "pam", "build_gains", libraries, points=True)]
    assert f"{GPU}/pam[own build]/points" in names  # which the card makes itself
    assert all("kmedoids_055" in one.name for one in contenders(STUDY, "fastpam1", "random", libraries))
