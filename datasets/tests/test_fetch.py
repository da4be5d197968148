"""Downloads from a real server on this machine, and everything that can go wrong with them."""

import errno
import importlib
import io
import logging
import os
import pickle
import shutil
import signal
import time
import zipfile
from pathlib import Path

import pytest
from small_datasets import dataset_of, file_of, run_on_small_disk, start_python, wait_for

from kmedoids_bench.datasets import DatasetUnavailable, fetch
from kmedoids_bench.datasets.fetch import data_folder

fetch_module = importlib.import_module("kmedoids_bench.datasets.fetch")  # the package's `fetch` is the function
GOOD = b"1 2\n3 4\n5 6\n"
CRLF = GOOD.replace(b"\n", b"\r\n")
NOBODY = "http://127.0.0.1:9/data.txt"  # nothing listens there
LONG = b"0123456789abcdef" * 20_000


def archive_of(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return packed.getvalue()


def fails(*files, progress=None) -> DatasetUnavailable:
    with pytest.raises(DatasetUnavailable) as caught:
        fetch(dataset_of(*files), progress=progress)
    return caught.value


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_download_is_kept_and_used_again(server, cache):
    dataset = dataset_of(file_of(GOOD, server.gives("/data.txt", GOOD)))
    assert fetch(dataset) == (cache / "small" / "data.txt",)
    assert fetch(dataset)[0].read_bytes() == GOOD
    assert len(server.requests) == 1
    assert files_in(cache) == ["small/data.txt"]


def test_the_server_is_asked_not_to_encode_the_bytes(server, cache):
    fetch(dataset_of(file_of(GOOD, server.gives("/data.txt", GOOD))))
    assert server.requests[0].headers["Accept-Encoding"] == "identity"


def test_another_edition_with_an_accepted_digest(server, cache):
    assert fetch(dataset_of(file_of(GOOD, server.gives("/data.txt", CRLF), other=(CRLF,))))[0].read_bytes() == CRLF


def test_wrong_bytes_are_reported_and_the_next_address_is_tried(server, cache, caplog):
    first = server.gives("/bad.txt", b"<html>")
    with caplog.at_level(logging.WARNING):
        paths = fetch(dataset_of(file_of(GOOD, first, server.gives("/data.txt", GOOD))))
    assert paths[0].read_bytes() == GOOD
    assert f"{first}: other bytes than expected: 6 bytes" in caplog.text


def test_every_address_is_listed_with_its_reason_and_the_user_is_told_what_to_do(server, cache):
    bad, gone = server.gives("/bad.txt", b"<html>"), server.address + "/gone.txt"
    short = server.gives("/short.txt", LONG, sent=100_000)
    hanging = server.gives("/hangs.txt", LONG, sent=100_000, hang=True)
    nowhere = "http://kmedoids-bench.invalid/data.txt"
    error = fails(file_of(LONG, bad, gone, short, hanging, NOBODY, nowhere))
    expected = [
        (bad, "other bytes than expected: 6 bytes with sha256 "),
        (gone, "the server answers 404 Not Found"),
        (short, "the connection broke off"),
        (hanging, "no connection, or it broke off"),
        (NOBODY, "no connection, or it broke off ([Errno 111] Connection refused)"),
        (nowhere, "no connection, or it broke off"),
    ]
    for reason, (address, why) in zip(error.reasons, expected, strict=True):
        assert reason.startswith(f"{address}: {why}")
    assert "the dataset 'small' is not available:\n  - http://127.0.0.1" in str(error)
    assert "set KMEDOIDS_BENCH_MIRROR to a folder or an http(s) address that holds small/data.txt" in error.advice
    assert f"by hand into {cache / 'small'}" in error.advice
    assert "check the network" in error.advice
    assert files_in(cache) == []


def test_a_server_that_never_answers_is_given_up(server, cache):
    def silent(handler):
        server.closing.wait(20)

    server.answers["/silent.txt"] = silent
    started = time.monotonic()
    error = fails(file_of(GOOD, server.address + "/silent.txt"))
    assert time.monotonic() - started < 5
    assert error.reasons == (f"{server.address}/silent.txt: no answer for 0.5 s",)


def test_a_download_without_end_is_cut(server, cache):
    error = fails(file_of(GOOD, server.gives("/long.txt", LONG)))
    assert f"sends more than {2 * len(GOOD)} bytes" in error.reasons[0]
    assert files_in(cache) == []


def test_the_error_survives_pickling(server, cache):
    error = fails(file_of(GOOD, NOBODY))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_progress_only_on_request_when_stderr_is_no_terminal(server, cache, capfd):
    dataset = dataset_of(file_of(LONG, server.gives("/data.txt", LONG)))
    fetch(dataset)
    assert capfd.readouterr().err == ""
    shutil.rmtree(cache)
    fetch(dataset, progress=True)
    assert "320k" in capfd.readouterr().err


# The cache and the mirror


def test_a_damaged_file_in_the_cache_is_replaced(server, cache):
    dataset = dataset_of(file_of(GOOD, server.gives("/data.txt", GOOD)))
    path = cache / "small" / "data.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(GOOD[:-1])
    assert fetch(dataset)[0].read_bytes() == GOOD


def test_a_damaged_file_in_the_cache_is_a_reason(cache):
    path = cache / "small" / "data.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"?")
    assert fails(file_of(GOOD, NOBODY)).reasons[0].startswith(f"{path}: other bytes than expected: 1 bytes")


def test_a_mirror_folder_is_read_in_place(cache, tmp_path, monkeypatch):
    path = tmp_path / "mirror" / "small" / "data.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(GOOD)
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", str(tmp_path / "mirror"))
    assert fetch(dataset_of(file_of(GOOD, NOBODY))) == (path,)
    assert not cache.exists()


def test_a_mirror_address_comes_before_the_published_ones(server, cache, monkeypatch):
    server.gives("/mirror/small/data.txt", GOOD)
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", server.address + "/mirror/")
    assert fetch(dataset_of(file_of(GOOD, server.gives("/data.txt", GOOD))))[0].read_bytes() == GOOD
    assert [handler.path for handler in server.requests] == ["/mirror/small/data.txt"]


@pytest.mark.parametrize("kind", ["folder", "address"])
def test_wrong_bytes_in_the_mirror_are_reported_and_the_published_address_is_tried(
    server, cache, tmp_path, monkeypatch, caplog, kind
):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "data.txt").write_bytes(b"other")
    server.gives("/small/data.txt", b"other")
    mirror = str(tmp_path) if kind == "folder" else server.address
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", mirror)
    assert fetch(dataset_of(file_of(GOOD, server.gives("/data.txt", GOOD))))[0].read_bytes() == GOOD
    assert f"{mirror}/small/data.txt: other bytes than expected" in caplog.text


def test_a_mirror_without_the_file_is_a_reason(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", str(tmp_path / "nothing"))
    reasons = fails(file_of(GOOD, NOBODY)).reasons
    assert reasons[0] == f"{tmp_path}/nothing/small/data.txt: No such file or directory"


def test_the_default_folder_is_the_users_cache(monkeypatch):
    monkeypatch.delenv("KMEDOIDS_BENCH_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert data_folder().name == "kmedoids-bench"


# Archives


def test_only_the_named_member_is_taken_out_of_an_archive(server, cache, tmp_path):
    packed = archive_of(**{"../../../evil.txt": b"evil", "in a folder/data.txt": GOOD, "/evil.txt": b"evil"})
    address = server.gives("/data.zip", packed)
    assert fetch(dataset_of(file_of(GOOD, address, member="in a folder/data.txt")))[0].read_bytes() == GOOD
    assert files_in(tmp_path) == ["cache/small/data.txt"]


def test_a_member_name_that_leads_out_of_the_folder_leads_nowhere(server, cache, tmp_path):
    address = server.gives("/data.zip", archive_of(**{"../../data.txt": GOOD}))
    assert "has no member 'data.txt'" in fails(file_of(GOOD, address, member="data.txt")).reasons[0]
    assert fetch(dataset_of(file_of(GOOD, address, member="../../data.txt"))) == (cache / "small" / "data.txt",)
    assert files_in(tmp_path) == ["cache/small/data.txt"]


def test_an_oversized_member_is_cut(server, cache):
    address = server.gives("/data.zip", archive_of(**{"data.txt": bytes(50_000_000)}))
    assert f"sends more than {2 * len(GOOD)} bytes" in fails(file_of(GOOD, address, member="data.txt")).reasons[0]
    assert files_in(cache) == []


def damaged(packed: bytes) -> bytes:
    middle = len(packed) // 3
    return packed[:middle] + bytes(100) + packed[middle + 100 :]


@pytest.mark.parametrize(
    "content",
    [b"<html>", archive_of(**{"data.txt": LONG})[:-40], damaged(archive_of(**{"data.txt": os.urandom(3000)}))],
)
def test_a_broken_archive_is_a_reason(server, cache, content):
    address = server.gives("/data.zip", content)
    assert "the archive cannot be read" in fails(file_of(LONG, address, member="data.txt")).reasons[0]
    assert files_in(cache) == []


def test_a_direct_address_and_an_archive_of_the_same_file(server, cache):
    archive = server.gives("/data.zip", archive_of(**{"data.txt": GOOD}))
    assert (
        fetch(dataset_of(file_of(GOOD, server.address + "/gone", archive, member="data.txt")))[0].read_bytes() == GOOD
    )
    shutil.rmtree(cache)
    direct = server.gives("/data.txt", GOOD)
    assert fetch(dataset_of(file_of(GOOD, direct, archive, member="data.txt")))[0].read_bytes() == GOOD


# Processes and disks


FETCH = """
import importlib
from small_datasets import dataset_of, file_of
module = importlib.import_module("kmedoids_bench.datasets.fetch")
module.TIMEOUT = (9, 60)
print(module.fetch(dataset_of(file_of(b"0123456789abcdef" * 20_000, {address!r})))[0])
"""


def test_kill_9_in_the_middle_of_a_download(server, cache):
    address = server.gives("/data.txt", LONG, sent=200_000, hang=True)
    process = start_python(FETCH.format(address=address))
    wait_for(lambda: any(part.stat().st_size for part in cache.rglob(".data.txt.*.part")))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (cache / "small" / "data.txt").exists()
    server.gives("/data.txt", LONG)
    assert fetch(dataset_of(file_of(LONG, address)))[0].read_bytes() == LONG
    assert files_in(cache) == ["small/data.txt"]


def test_two_processes_fetch_the_same_file_at_the_same_time(server, cache):
    address = server.gives("/data.txt", LONG, pause=0.1)
    processes = [start_python(FETCH.format(address=address)) for _ in range(2)]
    for process in processes:
        output, errors = process.communicate(timeout=20)
        assert process.returncode == 0, errors
        assert output.strip() == str(cache / "small" / "data.txt")
    assert 1 <= len(server.requests) <= 2  # on a busy machine the second may find what the first has fetched
    assert (cache / "small" / "data.txt").read_bytes() == LONG
    assert files_in(cache) == ["small/data.txt"]


def test_a_full_disk(server, cache, monkeypatch):
    def full(self, chunk):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(fetch_module._Limited, "write", full)
    error = fails(file_of(GOOD, server.gives("/data.txt", GOOD), NOBODY))
    assert error.reasons == (f"{cache}/small/data.txt: cannot be written: No space left on device",)
    assert f"free 2.4e-05 MB or more in {cache}, or set KMEDOIDS_BENCH_DATA" in error.advice
    assert files_in(cache) == []


def test_a_real_full_disk(server, cache, tmp_path):
    """The download goes to a file system of 64 kB, which only the process that mounts it sees."""
    cache.mkdir()
    code = tmp_path / "code.py"
    code.write_text(FETCH.format(address=server.gives("/data.txt", LONG)))
    done = run_on_small_disk(cache, code, "64k")
    assert "data.txt: cannot be written: No space left on device" in done.stderr
    assert "or set KMEDOIDS_BENCH_DATA to a folder that has it" in done.stderr
    assert done.stdout == ""  # nothing is left in the folder


def test_a_folder_that_cannot_be_made(server, cache):
    cache.write_bytes(b"a file in its place")
    error = fails(file_of(GOOD, server.gives("/data.txt", GOOD)))
    assert "cannot be written: File exists" in error.reasons[0] or "Not a directory" in error.reasons[0]
    assert f"make {cache} writable, or set KMEDOIDS_BENCH_DATA to a folder that is" in error.advice
