"""Downloads from a real server on this machine, and everything that can go wrong with them."""

import base64
import contextlib
import errno
import importlib
import io
import itertools
import logging
import os
import pickle
import re
import shutil
import signal
import time
import zipfile
from pathlib import Path

import pytest
from small_datasets import dataset_of, file_of, run_on_small_disk, start_python, wait_for

from kmedoids_bench.datasets import DatasetUnavailable, fetch
from kmedoids_bench.datasets.fetch import data_folder
from kmedoids_bench.datasets.trouble import Trouble

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


# Servers that keep one waiting, or lie

DRIP = 0.05  # seconds between two bytes


def drip_headers(handler):
    handler.send_response_only(200)
    handler.flush_headers()
    yield from itertools.repeat(b"X-Slow: 1\r\n")


def drip_one_header(handler):
    handler.send_response_only(200)
    handler.flush_headers()
    yield b"X-Slow: "
    yield from itertools.repeat(b"1")


def drip_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    yield from itertools.repeat(b"x")


def drip_chunks(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    yield from itertools.repeat(b"1\r\nx\r\n")


def redirect_for_ever(handler):
    time.sleep(DRIP)
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.end_headers()
    return ()


@pytest.mark.proof  # each waits for more than a second
@pytest.mark.parametrize("kind", [drip_headers, drip_one_header, drip_body, drip_chunks, redirect_for_ever])
@pytest.mark.parametrize("archive", [False, True], ids=["file", "archive"])
def test_a_server_that_is_never_done_costs_a_bounded_time(server, cache, monkeypatch, kind, archive):
    def answer(handler):
        with contextlib.suppress(OSError):
            for part in kind(handler):
                if server.closing.wait(DRIP):
                    return
                handler.wfile.write(part)
                handler.wfile.flush()

    monkeypatch.setattr(fetch_module, "LEAST_SECONDS", 0.8)
    slow = "/slow.zip" if archive else "/slow.txt"
    server.answers[slow] = answer
    good = server.gives("/data.txt", GOOD)
    started = time.monotonic()
    file = file_of(GOOD, server.address + slow, good, member="data.txt" if archive else None)
    assert fetch(dataset_of(file))[0].read_bytes() == GOOD
    assert time.monotonic() - started < 5
    shutil.rmtree(cache)
    reason = fails(file_of(GOOD, server.address + slow, member="data.txt" if archive else None)).reasons[0]
    assert reason.endswith((": not complete after 1 s", ": Exceeded 30 redirects."))
    assert files_in(cache) == []


def test_the_time_grows_with_the_file():
    assert fetch_module._patience(0) == 40
    assert fetch_module._patience(10_000_000) == 240


def test_a_slow_download_that_goes_on_is_waited_for(server, cache, monkeypatch):
    monkeypatch.setattr(fetch_module, "LEAST_SECONDS", 0.1)
    address = server.gives("/data.txt", LONG, pause=0.2)  # 5 parts, where 6 s are allowed
    assert fetch(dataset_of(file_of(LONG, address)))[0].read_bytes() == LONG


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        (200, {"Content-Encoding": "gzip", "Content-Length": "4"}, b"none", "failed to decode it"),
        (200, {"Transfer-Encoding": "chunked"}, b"endless\r\n", "the connection broke off"),
        (200, {"Content-Length": "12"}, b"1 2\n3 4\n5 6?", "other bytes than expected: 12 bytes"),
        (302, {"Location": "file:///etc/passwd"}, b"", "this address, one that it leads to, or .* malformed"),
        (302, {"Location": "http://[::1/data.txt"}, b"", "this address, one that it leads to, or .* malformed"),
        (302, {"Location": "/lies.txt"}, b"", "Exceeded 30 redirects"),
        (302, {}, b"", "other bytes than expected: 0 bytes"),
        (500, {}, b"", "the server answers 500"),
    ],
)
def test_a_server_that_lies_is_a_reason(server, cache, status, headers, body, reason):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    server.answers["/lies.txt"] = answer
    assert re.search(reason, fails(file_of(GOOD, server.address + "/lies.txt")).reasons[0])
    assert files_in(cache) == []


# Credentials and proxies

SECRET = "s3cr3t"
BASIC = "Basic " + base64.b64encode(f"user:{SECRET}".encode()).decode()


def with_credentials(address: str) -> str:
    return address.replace("//", f"//user:{SECRET}@")


def test_credentials_reach_the_mirror_and_no_message(server, cache, monkeypatch, caplog):
    server.gives("/small/data.txt", b"other")
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", with_credentials(server.address))
    with caplog.at_level(logging.DEBUG):
        error = fails(file_of(GOOD, with_credentials(NOBODY), with_credentials("http://[::1/x")))
    assert server.requests[0].headers["Authorization"] == BASIC
    assert f"{server.address}/small/data.txt: other bytes than expected" in error.reasons[0]
    assert SECRET not in f"{error!s}{error!r}{error.reasons}{error.args}{caplog.text}"


@pytest.mark.parametrize(
    "mirror",
    [
        "http://[::1/x", "http://user:s3cr3t@[::1/x", "http://user:s3/cr3t@host/x", "http://host:s3cr3t/x",
        "http://user:s3cr3t@host:99999999", "https://", "http:///user:s3cr3t@x", "http:/user:s3cr3t@host",
        "ftp://user:s3cr3t@host/x", "file:///s3cr3t", " http://[::1 ", "http://user:s3 cr3t@host/x",
    ],
)  # fmt: skip
def test_a_malformed_mirror_is_one_message_that_names_the_variable(cache, monkeypatch, mirror):
    monkeypatch.setenv("KMEDOIDS_BENCH_MIRROR", mirror)
    with pytest.raises(Trouble, match="^KMEDOIDS_BENCH_MIRROR is no http") as caught:
        fetch(dataset_of(file_of(GOOD, NOBODY)))
    assert not isinstance(caught.value, DatasetUnavailable)
    assert not re.search("s3|cr3t", str(caught.value))


@pytest.mark.parametrize("published", ["http://[::1/x", "http://", "data.txt", "ftp://host/x", "http://h\nost:x/"])
def test_a_malformed_published_address_is_a_reason(server, cache, published):
    assert "malformed" in fails(file_of(GOOD, published)).reasons[0]
    assert fetch(dataset_of(file_of(GOOD, published, server.gives("/data.txt", GOOD))))


def test_netrc_gives_the_credentials(server, cache, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login user password {SECRET}\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert "404" in str(error := fails(file_of(GOOD, server.address + "/gone.txt")))
    assert server.requests[0].headers["Authorization"] == BASIC
    assert SECRET not in str(error)


def test_a_proxy_is_used_unless_no_proxy_says_otherwise(server, cache, monkeypatch):
    monkeypatch.setenv("http_proxy", with_credentials(server.address))
    published = "http://kmedoids-bench.invalid/data.txt"
    server.answers[published] = server.answers[server.gives("/data.txt", GOOD).removeprefix(server.address)]
    assert fetch(dataset_of(file_of(GOOD, published)))[0].read_bytes() == GOOD
    assert server.requests[0].headers["Proxy-Authorization"] == BASIC
    monkeypatch.setenv("no_proxy", "127.0.0.1,kmedoids-bench.invalid")
    shutil.rmtree(cache)
    assert "no connection" in fails(file_of(GOOD, published)).reasons[0]
    assert len(server.requests) == 1


@pytest.mark.parametrize("proxy", [NOBODY, "http://[::1", "nonsense://x", "http://"])
def test_a_proxy_that_is_not_there_is_a_reason(cache, monkeypatch, proxy):
    monkeypatch.setenv("http_proxy", with_credentials(proxy))
    error = fails(file_of(GOOD, "http://kmedoids-bench.invalid/data.txt"))
    assert "no connection" in error.reasons[0] or "proxy" in error.reasons[0]
    assert SECRET not in str(error)


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
