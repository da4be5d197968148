import pytest

from kmedoids_bench.experiments.rows.keys import TUNED
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.answer import answer
from kmedoids_bench.experiments.studies.threads import STUDY
from kmedoids_bench.experiments.studies.threads.analysis import analyse

PLACE = {"dataset": "mnist", "n": 10000, "k": 10, "start": "random", "seed": 0}
MINE = {"implementation": TUNED, "tier": "tuned"}
LIBRARY = {"implementation": "kmedoids_055", "tier": "library", "algorithm": "fasterpam"}


def measured(factory, seconds, **fields):
    """Six rounds, named as the plan names contenders."""
    threads, order = fields.get("threads", 1), fields.get("order", "C")
    words = f"[{threads} threads]" if threads != 1 else ""
    name = f"{fields['implementation']}/{fields['algorithm']}{words}/{order}"
    return [factory.record(contender=name, seconds=seconds, round=number, **{**PLACE, **fields}) for number in range(6)]


@pytest.fixture
def rows(factory):
    times = {  # with 1, 2 and 4 threads
        ("pam", "swap"): (2.0, 1.0, 0.8),
        ("build", "start"): (1.0, 0.5, 0.25),
        ("streaming", "swap"): (0.1, 0.1, 0.1),
    }
    records = []
    for (algorithm, phase), seconds in times.items():
        for threads, one in zip((1, 2, 4), seconds, strict=True):
            records += measured(factory, one, algorithm=algorithm, phase=phase, threads=threads, **MINE)
    for order, seconds in (("C", (8.0, 6.0, 1.6)), ("F", (4.0, 3.0, 2.4))):
        for threads, one in zip((1, 2, 4), seconds, strict=True):
            records += measured(factory, one, threads=threads, order=order, **LIBRARY)
    return rows_frame(records)


def test_each_number_of_threads_has_a_speed_up_over_one(rows):
    table = analyse(rows).gains
    pam = table[table["algorithm"] == "pam"].set_index("number")
    assert pam["estimate"].to_dict() == pytest.approx({2: 2.0, 4: 2.5})
    assert pam["per_thread"].to_dict() == pytest.approx({2: 1.0, 4: 0.625})
    assert set(table["algorithm"]) == {"pam", "build", "streaming", "fasterpam"}


def test_ours_are_held_against_the_library_in_its_faster_order_with_as_many_threads(rows):
    lines = analyse(rows).against.to_dict("records")
    found = {(line["algorithm"], line["number"]): (line["opponent"], line["estimate"]) for line in lines}
    assert found == {
        ("pam", 1): ("kmedoids_055 (F)", pytest.approx(2.0)),
        ("pam", 2): ("kmedoids_055 (F)", pytest.approx(3.0)),
        ("pam", 4): ("kmedoids_055 (C)", pytest.approx(2.0)),
        ("build", 1): ("kmedoids_055 (F)", pytest.approx(4.0)),
        ("build", 2): ("kmedoids_055 (F)", pytest.approx(6.0)),
        ("build", 4): ("kmedoids_055 (C)", pytest.approx(6.4)),
    }


def test_a_curve_begins_with_one_thread_and_keeps_to_one_order(rows):
    (figure,) = answer(STUDY, rows.assign(result_class=None)).figures.values()
    points = figure.chart.points
    of_library = points[points["implementation"] == "kmedoids_055"]
    assert of_library[["x", "y"]].to_numpy().tolist() == [[1, 1], [2, pytest.approx(4 / 3)], [4, pytest.approx(5 / 3)]]
    assert figure.chart.x == "number of threads"
    assert points["panel"].unique().tolist() == ["k = 10, from random medoids"]


def test_findings_name_the_most_threads(rows):
    first, second = answer(STUDY, rows.assign(result_class=None)).findings
    assert first == (
        "On mnist (n = 10,000, euclidean), k = 10, the speed-up of ours with 4 threads over one is: "
        "PAM 2.50, BUILD 4.00, streaming 1.00."
    )
    assert second.endswith(
        "with 4 threads each, the speed-up of ours over the library's FasterPAM is: PAM 2.00, BUILD 6.40."
    )
