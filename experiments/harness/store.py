"""The rows on disk: one JSON object a line, only ever appended, each safe before the next run begins."""

import errno
import fcntl
import json
import os
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.rows.row import rows_of


class Store(AbstractContextManager):
    """An append-only file of rows, held by one process at a time.

    The file and its folder are created when missing. A process that is killed while it writes leaves at most a line
    without an end, which is cut off here: a row counts once its line is complete and on disk. A line that is not a row
    stays, but is not one of `rows`. Raises Trouble if another process holds the file.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        with ExitStack() as on_error:
            on_error.callback(self.close)
            try:
                fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                advice = "wait for it, or end it, and run the same command again"
                raise Trouble(f"another run is writing to {path}", advice) from None
            os.ftruncate(self.descriptor, path.read_bytes().rfind(b"\n") + 1)
            self.rows = rows_of([path])
            on_error.pop_all()

    def append(self, row: dict) -> None:
        """Write a row; when this returns it is on disk.

        Raises OSError if it cannot be written, for instance to a full disk. Nothing of it is left in the file then.
        """
        line = json.dumps(row, allow_nan=False).encode() + b"\n"
        end = os.fstat(self.descriptor).st_size
        try:
            if os.write(self.descriptor, line) < len(line):  # the disk had room for a part of it
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self.descriptor)
        except OSError as error:
            os.ftruncate(self.descriptor, end)
            advice = f"make room for {self.path} and run the same command again; all rows so far are kept"
            raise OSError(error.errno, f"{error.strerror}: {advice}") from None
        self.rows.append(row)

    def close(self) -> None:
        """Release the store for another process."""
        os.close(self.descriptor)

    def __exit__(self, *_: object) -> None:
        self.close()
