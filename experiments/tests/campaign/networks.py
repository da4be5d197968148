"""Bad servers: real ones on this machine, each the mirror of a dataset, with a password in its address.

The dataset counts as unavailable then, after a bounded time, and nothing that is printed or stored has the password.
"""

import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kmedoids_bench.experiments.tests.campaign.campaign import HANG_SECONDS, Length, Line
from kmedoids_bench.experiments.tests.campaign.inputs import COMMAND

NOT_TRIED = ["Of networks: the installation of packages, which is left to pip and uv, and to the time limit on uv."]
PASSWORD = "s3cr3t"
DRIP = 0.5  # seconds from one part of an answer to the next
PROFILE = """
profile: graph
title: "One graph"
studies: {swap_time: {grids: [{datasets: [pmed1], k: [2], starts: [build]}]}}
limits: {call_seconds: 5, memory_gib: 4}
repetitions: {series: 1, rounds: 1, seconds: 0.1}
"""

# An answer: the status, headers, what follows once, and what follows again and again. Headers end with an empty line.
Answer = tuple[int, dict[str, str], bytes, bytes | None]
LONG = {"Content-Length": "1000000"}
END = b"\r\n"
ANSWERS: dict[str, Answer] = {
    "never answers": (0, {}, b"", b""),
    "sends one header for ever": (200, {}, b"X-Slow: ", b"1"),
    "sends headers for ever": (200, {}, b"", b"X-Slow: 1\r\n"),
    "sends a body for ever, slowly": (200, LONG, END, b"x"),
    "sends chunks for ever": (200, {"Transfer-Encoding": "chunked"}, END, b"1\r\nx\r\n"),
    "sends a body without end": (200, {}, END, b"x" * 100_000),
    "promises more than it sends": (200, LONG, END + b"x" * 1000, None),
    "says gzip and sends something else": (200, {"Content-Encoding": "gzip"}, END + b"x" * 1000, None),
    "sends another file": (200, {}, END + b"<html>", None),
    "redirects to itself": (302, {"Location": "/pmed/pmed1.txt"}, END, None),
    "redirects to a file": (302, {"Location": "file:///etc/passwd"}, END, None),
    "redirects to nowhere": (302, {"Location": "http://[::1/x"}, END, None),
    "fails": (500, {}, END, None),
    "speaks no HTTP": (0, {}, bytes(1000), None),
}


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Run a server that gives this answer to every request; yield its address, with a password."""
    status, headers, first, again = answer
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(OSError):
                if status:
                    self.wfile.write(f"HTTP/1.1 {status} x\r\n".encode())
                    self.wfile.writelines(f"{name}: {value}\r\n".encode() for name, value in headers.items())
                self.wfile.write(first)
                while again is not None and not closing.wait(DRIP):
                    self.wfile.write(again)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://user:{PASSWORD}@127.0.0.1:{server.server_port}"
        closing.set()
        server.shutdown()


def asked(kind: str, mirror: str, folder: Path) -> Line:
    """Ask for the dataset and count what came of it."""
    (folder / "graph.yaml").write_text(PROFILE)
    # The published addresses are out of reach, so that only this server is asked.
    out_of_reach = {f"{scheme}_proxy": f"http://user:{PASSWORD}@127.0.0.1:9" for scheme in ("http", "https")}
    environment = os.environ | out_of_reach | {"no_proxy": "127.0.0.1", "KMEDOIDS_BENCH_MIRROR": mirror}
    words = ("matrices", "--profile", "graph.yaml", "--dataset", "pmed1", "--folder", "m", "--out", "record.json")
    try:
        done = subprocess.run(
            [*COMMAND, "--log", "log", *words],
            cwd=folder,
            env=environment | {"KMEDOIDS_BENCH_DATA": str(folder / "data")},
            capture_output=True,
            text=True,
            timeout=HANG_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Line(kind, 1, hangs=1)
    if "Traceback (most recent call last)" in done.stderr:
        return Line(kind, 1, tracebacks=1)
    said = done.stderr + done.stdout + (folder / "log").read_text()
    record = (folder / "record.json").read_text() if (folder / "record.json").exists() else ""
    expected = done.returncode == 0 and '"unavailable": {' in record if "127" in mirror else done.returncode == 1
    return Line(kind, 1, wrong=int(not expected or PASSWORD in said + record))


def lines(length: Length, folder: Path) -> Iterator[Line]:
    """Ask each server, and addresses that name none."""
    for number, (kind, answer) in enumerate(ANSWERS.items()):
        place = folder / str(number)
        place.mkdir(parents=True)
        with serving(answer) as mirror:
            yield asked(f"a server that {kind}", mirror, place)
    for number, address in enumerate(
        ("http://[::1/x", f"ftp://user:{PASSWORD}@host/x", f"http://user:{PASSWORD}@host:x")
    ):
        place = folder / f"malformed{number}"
        place.mkdir()
        yield asked("a malformed address", address, place)
