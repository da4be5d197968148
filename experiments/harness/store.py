"""The rows on disk: one JSON object a line, only ever appended, each safe before the next run begins."""

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path


class StoreInUse(Exception):
    """Another process is writing to this store."""


class Store:
    """An append-only file of rows, held by one process at a time.

    A process killed while it writes leaves at most a line without an end; it is cut off here, before anything is
    appended. It was never a row: a row counts once its line is complete and on disk.

    Parameters
    ----------
    path : Path
        File of JSON lines; created with its folder when missing.

    Raises
    ------
    StoreInUse
        If another process holds it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise StoreInUse(
                f"another run is writing to {path}: wait for it, or end it, and run the same command again"
            ) from None
        content = path.read_bytes()
        complete = content.rfind(b"\n") + 1
        os.ftruncate(self.descriptor, complete)
        try:
            self.rows = list(self._parsed(content[:complete]))
        except ValueError:
            self.close()
            raise

    def _parsed(self, content: bytes) -> Iterator[dict]:
        for number, line in enumerate(content.splitlines(), start=1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(
                    f"{self.path}, line {number} is no row ({error}): remove the line, its cell is then measured again"
                ) from None

    def append(self, row: dict) -> None:
        """Write a row; when this returns it is on disk.

        Raises
        ------
        OSError
            If it cannot be written, for instance to a full disk. Nothing of it is left in the file.
        """
        line = json.dumps(row, allow_nan=False).encode() + b"\n"
        end = os.fstat(self.descriptor).st_size
        try:
            if os.write(self.descriptor, line) < len(line):  # the disk had room for a part of it
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self.descriptor)
        except OSError as error:
            os.ftruncate(self.descriptor, end)
            raise OSError(
                error.errno,
                f"{error.strerror}: make room for {self.path} and run the same command again; all rows so far are kept",
            ) from None
        self.rows.append(row)

    def close(self) -> None:
        """Give the store free for another process."""
        os.close(self.descriptor)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
