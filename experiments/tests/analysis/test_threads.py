import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.analysis.threads import number_of, over_one_thread
from kmedoids_bench.experiments.rows.reading import rows_frame, threads_as_settings


def runs(factory, seconds, threads, order="C"):
    name = f"lib/fasterpam[{threads} threads]/{order}" if threads > 1 else f"lib/fasterpam/{order}"
    fields = {"implementation": "lib", "algorithm": "fasterpam", "order": order, "threads": threads, "contender": name}
    return [factory.record(seconds=seconds, round=number, **fields) for number in range(6)]


def test_the_number_is_read_from_the_setting():
    assert [number_of(setting) for setting in ("", "2 threads", "16 threads", "max_passes=1")] == [1, 2, 16, 1]


def test_each_number_is_held_against_one_thread_in_the_same_order(factory):
    records = [*runs(factory, 8.0, 1), *runs(factory, 5.0, 2), *runs(factory, 2.0, 4)]
    records += [*runs(factory, 4.0, 1, "F"), *runs(factory, 8.0, 2, "F")]
    table = over_one_thread(problems_of(threads_as_settings(rows_frame(records))))
    found = {(line["order"], line["number"]): line for line in table.to_dict("records")}
    assert {key: line["estimate"] for key, line in found.items()} == pytest.approx(
        {("C", 2): 1.6, ("C", 4): 4.0, ("F", 2): 0.5}
    )
    assert [found["C", 4][name] for name in ("threads", "seconds", "seconds_alone")] == ["4 threads", 2.0, 8.0]
    # With one thread F is faster, whatever several do.
    assert {key: line["faster_order"] for key, line in found.items()} == {
        ("C", 2): False,
        ("C", 4): False,
        ("F", 2): True,
    }


def test_without_several_threads_there_is_nothing(factory):
    assert over_one_thread(problems_of(threads_as_settings(rows_frame(runs(factory, 1.0, 1))))).empty
