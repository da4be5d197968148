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


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (b'{"schema": 1, "id', "Unterminated string"),
        (b"\xff\xfe nonsense", "codec can't decode"),
        (bytes(100), "Expecting value"),
        (100_000 * b"[", "recursion"),
        (b"[1, 2]", "should be a dictionary"),
        (b"null", "should be a dictionary"),
        (b'{"schema": 2}', "id;   Field required"),
        ({"schema": 1}, "schema 1, but this version reads schema 2"),
        ({"seconds": "long"}, "seconds;   Input should be a valid number"),
        ({"medoids": 3}, "medoids;   Input should be a valid list"),
    ],
)
def test_a_line_that_is_no_row_is_ignored_with_a_warning(tmp_path, factory, caplog, damage, reason):
    rows = [factory.record() for _ in range(2)]
    bad = json.dumps(factory.record(**damage)).encode() if isinstance(damage, dict) else damage
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([json.dumps(rows[0]).encode(), bad, json.dumps(rows[1]).encode(), b""]))
    assert read_rows([path])["id"].tolist() == [row["id"] for row in rows]
    (message,) = caplog.messages
    assert message.startswith(f"{path}, line 2 is ignored: ")
    assert reason in message


def test_same_row_twice_counts_once_and_another_row_of_its_id_not_at_all(tmp_path, factory, caplog):
    record = factory.record(seconds=1.0)
    one = write(tmp_path / "a.jsonl", [record, record])
    assert len(read_rows([one, write(tmp_path / "b.jsonl", [record])])) == 1
    assert caplog.messages == []
    rows = read_rows([one, write(tmp_path / "b.jsonl", [record | {"seconds": 9.0}])])
    assert rows["seconds"].tolist() == [1.0]
    assert caplog.messages == [f"{tmp_path}/b.jsonl, line 1 is ignored: id 00000000 belongs to another row, too"]


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
