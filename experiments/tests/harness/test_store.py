import errno
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.harness.store import Store


@pytest.fixture
def row(factory):
    """Make a row with an id."""
    return lambda number, **more: factory.record(id=str(number), **more)


def line(row):
    return json.dumps(row).encode() + b"\n"


def test_rows_come_back_in_order(tmp_path, row):
    path = tmp_path / "new" / "rows.jsonl"
    with Store(path) as store:
        store.append(row(1))
        store.append(row(2, reason="ü\n"))
    with Store(path) as store:
        assert [row["id"] for row in store.rows] == ["1", "2"]
        store.append(row(3))
        assert len(store.rows) == 3
    assert len(path.read_text().splitlines()) == 3


def test_a_torn_line_is_cut_off_before_anything_is_appended(tmp_path, row):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(line(row(1)) + line(row(2))[:-20])
    with Store(path) as store:
        assert [row["id"] for row in store.rows] == ["1"]
        store.append(row(3))
    assert [json.loads(text)["id"] for text in path.read_text().splitlines()] == ["1", "3"]


def test_one_writer_at_a_time(tmp_path):
    path = tmp_path / "rows.jsonl"
    with Store(path), pytest.raises(Trouble, match="another run is writing to .*rows.jsonl"):
        Store(path)
    Store(path).close()


def test_a_damaged_line_is_named_and_stays_and_the_others_count(tmp_path, row, caplog):
    path = tmp_path / "rows.jsonl"
    damaged = line(row(1)) + b"nonsense\n" + line(row(3))
    path.write_bytes(damaged)
    with Store(path) as store:
        assert [row["id"] for row in store.rows] == ["1", "3"]
        store.append(row(4))
    assert path.read_bytes().startswith(damaged)
    assert "rows.jsonl, line 2 is ignored: Expecting value" in caplog.text


def test_nan_is_refused(tmp_path):
    with Store(tmp_path / "rows.jsonl") as store, pytest.raises(ValueError, match="not JSON compliant"):
        store.append({"loss": float("nan")})
    assert (tmp_path / "rows.jsonl").read_bytes() == b""


@pytest.mark.parametrize("written", [0, 5])
def test_a_full_disk_leaves_no_half_row_and_says_what_to_do(tmp_path, monkeypatch, written):
    path = tmp_path / "rows.jsonl"
    real = os.write

    def full(descriptor, data):
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data[:written])

    with Store(path) as store:
        store.append({"id": 1})
        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left on device: make room for .* run the same command again"):
            store.append({"id": 2})
        monkeypatch.undo()
        assert path.read_bytes() == b'{"id": 1}\n'
        store.append({"id": 3})
    assert path.read_bytes() == b'{"id": 1}\n{"id": 3}\n'


WRITER = """
import json, sys
from pathlib import Path
from kmedoids_bench.experiments.harness.store import Store
with Store(Path(sys.argv[1])) as store:
    number = len(store.rows)
    print("ready", flush=True)
    while True:
        store.append(json.loads(sys.argv[2]) | {"id": str(number), "reason": "x" * 3000})
        number += 1
"""


def test_killed_at_any_moment_no_row_is_lost_doubled_or_torn(tmp_path, row):
    path = tmp_path / "rows.jsonl"
    before = 0
    for pause in (0.01, 0.03, 0.05):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), json.dumps(row(0))], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(pause)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        complete = [json.loads(line)["id"] for line in path.read_bytes().split(b"\n")[:-1]]
        with Store(path) as store:
            ids = [row["id"] for row in store.rows]
        assert ids == complete == [str(number) for number in range(len(ids))]
        assert len(ids) > before
        before = len(ids)
