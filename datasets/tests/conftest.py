"""A real server on this machine, an empty cache, and the real files where they can be had."""

import importlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kmedoids_bench.datasets import Dataset, DatasetUnavailable, fetch

sys.path.append(str(Path(__file__).parent))  # pytest's importlib mode does not: for small_datasets.py
fetch_module = importlib.import_module("kmedoids_bench.datasets.fetch")  # the package's name `fetch` is the function
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Paths to answers; `requests` are the handlers of the calls so far, `closing` ends answers that hang."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[BaseHTTPRequestHandler] = []
        self.closing = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.requests.append(self)
                answer = server.answers.get(self.path)
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def gives(self, path: str, body: bytes, *, sent: int | None = None, hang: bool = False, pause: float = 0) -> str:
        """Answer with the body, or only with its first `sent` bytes; then hang, or close the connection."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            part = body[:sent]
            for start in range(0, len(part), 1 << 16):
                handler.wfile.write(part[start : start + (1 << 16)])
                time.sleep(pause)
            if hang:
                self.closing.wait(20)
            handler.close_connection = True

        self.answers[path] = answer
        return self.address + path

    def stop(self) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, no mirror, short patience."""
    monkeypatch.delenv("KMEDOIDS_BENCH_MIRROR", raising=False)
    monkeypatch.setenv("KMEDOIDS_BENCH_DATA", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch_module, "TIMEOUT", (0.5, 0.5))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def fetched() -> Callable[[Dataset], tuple[Path, ...]]:
    """Real files: with a mirror they must be there; without one they are skipped if the network has none."""
    unavailable: dict[str, str] = {}

    def get(dataset: Dataset) -> tuple[Path, ...]:
        folder = dataset.files[0].folder if dataset.files else ""
        if folder in unavailable:
            pytest.skip(unavailable[folder])
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(fetch_module, "TIMEOUT", (3.0, 10.0))
                return fetch(dataset)
        except DatasetUnavailable:
            if os.environ.get("KMEDOIDS_BENCH_MIRROR"):
                raise
            unavailable[folder] = f"the files of {folder} cannot be had here: set KMEDOIDS_BENCH_MIRROR"
            pytest.skip(unavailable[folder])

    return get
