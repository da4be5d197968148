import json

import pandas as pd
import pytest

from kmedoids_bench.experiments.rows.reading import by_deciding_clock, current_rows, read_rows, rows_frame
from kmedoids_bench.experiments.rows.row import columns


def write(path, records, tail=""):
    path.write_text("".join(json.dumps(record) + "\n" for record in records) + tail)
    return path


def test_reads_all_files_and_types(tmp_path, factory):
    one = write(tmp_path / "a.jsonl", [factory.record(seed=3, seconds=0.25)])
    two = write(tmp_path / "b.jsonl", [factory.failure("timeout", "stopped", n_swaps=None)])
    rows = read_rows([two, one])
    assert len(rows) == 2
    assert {one.name for one in columns()} <= set(rows)
    assert rows["contender"].tolist() == ["kmedoids_bench/pam/C"] * 2
    assert rows["seed"].tolist() == [3, pd.NA]
    assert rows["n_swaps"].dtype == "Int64"
    assert rows["seconds"].isna().tolist() == [False, True]
    assert rows["local_optimum"].tolist() == [True, pd.NA]
    assert rows["medoids"][0] == [3, 5]


def test_no_files_and_empty_files_give_all_columns(tmp_path):
    assert {one.name for one in columns()} <= set(read_rows([]))
    assert read_rows([write(tmp_path / "a.jsonl", [])]).empty


def test_torn_last_line_is_ignored(tmp_path, factory):
    record = factory.record()
    whole = json.dumps(factory.record())
    for tail in (whole[:40], whole):  # without its newline not even a whole row counts
        assert len(read_rows([write(tmp_path / "a.jsonl", [record], tail)])) == 1


def test_unreadable_line_names_file_and_line(tmp_path, factory):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(factory.record()) + '\n{"schema": 1, "id\n' + json.dumps(factory.record()) + "\n")
    with pytest.raises(match=r"a\.jsonl, line 2: not a JSON object "):
        read_rows([path])


@pytest.mark.parametrize("line", ["[1, 2]", "3", "null", '{"schema": 1}'])
def test_line_that_is_no_row_says_what_lacks(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(match=r"line 1: not a row, it lacks .*implementation"):
        read_rows([path])


def test_other_schema_is_refused(tmp_path, factory):
    path = write(tmp_path / "a.jsonl", [factory.record(schema=1)])
    with pytest.raises(match="schema 1, but this version reads schema 2"):
        read_rows([path])


def test_same_row_twice_counts_once_but_not_two_rows_of_one_id(tmp_path, factory):
    record = factory.record()
    one = write(tmp_path / "a.jsonl", [record])
    assert len(read_rows([one, write(tmp_path / "b.jsonl", [record])])) == 1
    with pytest.raises(match=r"b\.jsonl, line 1: id 00000000 also belongs"):
        read_rows([one, write(tmp_path / "b.jsonl", [record | {"seconds": 9.0}])])


def test_current_rows_set_aside_other_code_and_machines(factory):
    library = {"implementation": "lib", "source": "lib-1"}
    absent = {"implementation": "gone", "source": None}
    rows = rows_frame(
        [
            factory.record(),
            factory.record(source="older"),
            factory.record(machine="other"),
            factory.record(machine="other", source="older"),
            factory.record(**library),
            factory.failure("unavailable", "not installed", **absent),
            factory.record(implementation="forgotten"),
        ]
    )
    sources = {"kmedoids_bench/pam/C": "source-1", "lib/pam/C": "lib-1", "gone/pam/C": None}
    current = current_rows(rows, sources, "machine-1")
    assert current.rows["implementation"].tolist() == ["kmedoids_bench", "lib", "gone"]
    assert (current.stale, current.foreign) == (2, 2)


def test_current_rows_of_nothing():
    current = current_rows(rows_frame([]), {}, "machine-1")
    assert (len(current.rows), current.stale, current.foreign) == (0, 0, 0)


def test_processor_time_decides_where_a_call_has_one_thread(factory):
    times = {"seconds": 3.0, "processor_seconds": 2.0}
    records = [
        factory.record(**times),
        factory.record(**times | {"threads": 2}),
        factory.record(**times | {"processor_seconds": None}),
        factory.record(**times | {"seconds": None}),  # its time was not taken
    ]
    rows = by_deciding_clock(rows_frame(records))
    assert rows["seconds"].tolist()[:3] == [2.0, 3.0, 3.0]
    assert rows["wall_seconds"].tolist()[:3] == [3.0] * 3
    assert rows.loc[3, ["seconds", "wall_seconds"]].isna().all()
