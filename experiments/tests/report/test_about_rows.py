import pytest

from kmedoids_bench.experiments.exhibits.exhibit import Headline
from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.report.about_rows import (
    beside_others,
    clocks_apart,
    clocks_table,
    columns_table,
    commits,
    headlines_table,
    machine_facts,
    outcome_tables,
    versions,
    what_was_run,
)
from kmedoids_bench.experiments.rows.reading import rows_frame


def test_failures_say_where_why_and_what_to_do(factory):
    records = [
        factory.failure("timeout", "cut after 10 s", "allow more", k=k, start="random", seed=0, block=f"b{k}")
        for k in (50, 100)
    ]
    records.append(factory.record(k=100, start="random", seed=0, block="b100", round=1))
    (line,) = entries(outcome_tables(rows_frame(records))["failures"])
    assert line == [
        "timeout",
        "kmedoids_bench/pam/C",
        "digits (n = 1,797, float32); random; k = 50, 100; seed 0; in 1 of 2 blocks, another run finished",
        "2",
        "cut after 10 s",
        "allow more",
    ]


def test_every_failed_row_of_a_run_is_in_the_table(rows):
    failed = rows[rows["status"] != "ok"].drop_duplicates(["contender", "block"])
    assert outcome_tables(rows)["failures"].frame["cells"].sum() == len(failed) > 0


def test_no_failures_and_no_rows_are_different_things(factory):
    assert outcome_tables(rows_frame([factory.record()]))["failures"].empty == "Every block that was tried finished."
    assert outcome_tables(rows_frame([]))["failures"].empty == "No block was tried."


def test_outcomes_count_blocks(rows):
    frame = outcome_tables(rows)["outcomes"].frame
    assert frame.drop(columns="contender").to_numpy().sum() == len(rows.drop_duplicates(["contender", "block"]))


def test_machine(factory):
    facts = dict(
        machine_facts(rows_frame([factory.record(load=0.1), factory.record(load=1.3), factory.record(load=0.3)]))
    )
    assert facts["processor"] == "Example CPU 3000"
    assert facts["cores"] == "2"
    assert facts["memory"] == "8.0 GiB"
    assert facts["load average"] == "0.10 to 1.30, median 0.30"
    assert facts["workers bound to processors"] == "none: the system chose"
    assert facts["measured (UTC)"] == "2024-05-01T10:00:00Z to 2024-05-01T10:00:02Z"


def test_what_was_not_recorded_is_said_to_be(factory):
    nothing = dict.fromkeys(("governor", "load", "ram_bytes", "cores"))
    facts = dict(machine_facts(rows_frame([factory.record(**nothing)])))
    assert [facts[name] for name in ("frequency governor", "load average", "memory", "cores")] == ["not recorded"] * 4
    switches = ("turbo", "simultaneous multithreading", "NUMA node of these processors")
    assert [facts[name] for name in switches] == ["not recorded"] * 3


def test_switches_and_places_are_facts_of_the_machine(factory):
    known = {"turbo": True, "smt": False, "processors": "15", "numa_node": 1}
    records = [factory.record(**known), factory.record(**known | {"processors": "12-15"}), factory.record()]
    facts = dict(machine_facts(rows_frame(records)))
    assert (facts["turbo"], facts["simultaneous multithreading"]) == ("on", "off")
    assert (facts["workers bound to processors"], facts["NUMA node of these processors"]) == ("12-15, 15", "1")


def test_calls_beside_other_programs_are_counted_where_they_are_many(factory):
    def said(busy, calls=20, **fields):
        shares = [0.2] * busy + [0.1] * (calls - busy)  # of two processors: more and less than a quarter of one
        return beside_others(rows_frame([factory.record(others_share=share, **fields) for share in shares]))

    assert said(1) == ""
    assert said(2) == (
        "Other programs kept more than 0.25 processors busy during 10 % of 20 timed calls. "
        "This warning appears above 5 %."
    )
    assert said(20, seconds=None) == ""  # not timed
    assert beside_others(rows_frame([factory.record(), factory.record()])) == ""  # measured before it was recorded
    assert beside_others(rows_frame([])) == ""


def test_versions_of_every_implementation(factory):
    records = [
        factory.record(versions={"numpy": "2.1.0"}),
        factory.record(versions={"numpy": "2.2.0"}),
        factory.record(implementation="lib", versions={"lib": "0.5"}),
        factory.failure("unavailable", "why", versions=None),
        factory.failure("crash", "why", versions={}),
    ]
    assert versions(rows_frame(records)) == [("kmedoids_bench", "numpy", "2.1.0, 2.2.0"), ("lib", "lib", "0.5")]


def test_commits(factory):
    records = [
        factory.record(commit="a" * 40, dirty=False),
        factory.record(commit="a" * 40, dirty=True),
        factory.record(commit="b" * 40, dirty=None),
        factory.record(commit=None, dirty=None),
    ]
    assert commits(rows_frame(records)) == ["a" * 12, "a" * 12 + " with uncommitted changes", "b" * 12]


def test_nothing_comes_from_nowhere():
    rows = rows_frame([])
    assert (machine_facts(rows), versions(rows), commits(rows)) == ([], [], [])


def test_every_column_of_a_row_is_explained():
    frame = columns_table().frame
    assert set(frame["column"]) == set(rows_frame([]).columns)
    assert frame["meaning"].str.len().min() > 5


def test_it_is_told_if_the_clocks_of_calls_with_one_thread_part_often(factory):
    def said(apart, **fields):
        seconds = [1.2] * apart + [1.0] * (20 - apart)
        return clocks_apart(
            rows_frame([factory.record(seconds=one, processor_seconds=1.0, **fields) for one in seconds])
        )

    assert said(1) == said(20, threads=2) == clocks_apart(rows_frame([])) == ""
    assert said(2).startswith(
        "Wall time and processor time differ by more than 5 % in 10 % of 20 timed calls with one thread."
    )


def test_it_is_counted_where_the_clocks_part(factory):
    times = [(1.0, 1.0), (1.04, 1.0), (1.5, 1.0), (0.9, 1.0)]
    records = [
        factory.record(seconds=wall, processor_seconds=busy, round=number) for number, (wall, busy) in enumerate(times)
    ]
    records += [factory.record(seconds=0.5, processor_seconds=1.0, threads=2), factory.record(seconds=1.0)]
    table = clocks_table(rows_frame(records)).frame
    assert table[["threads", "calls", "apart"]].values.tolist() == [[1, 4, 2], [2, 1, 1]]
    assert table["median"].tolist() == pytest.approx([1.02, 0.5])


def test_what_was_run_is_said_in_a_sentence(factory):
    days = ["2026-01-31T10:00:00+00:00", "2026-02-01T10:00:00+00:00"]
    made = rows_frame([factory.record(time=time, algorithm=name) for time in days for name in ("pam", "fasterpam")])
    assert what_was_run(made) == (
        "4 runs of 2 contenders on 1 dataset, measured 2026-01-31 to 2026-02-01 on Example CPU 3000, 2 cores."
    )
    assert what_was_run(rows_frame([])) == "Nothing was measured."
    lines = headlines_table(made, [Headline("12 times", "as fast")]).frame.to_numpy().tolist()
    assert lines == [["", what_was_run(made)], ["12 times", "as fast"]]
