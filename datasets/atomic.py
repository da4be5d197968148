"""Files are written whole or not at all, whatever stops the writer. All rooms write with this module.

The bytes go into a temporary file in the same folder, which is renamed when it is complete. The writer locks its
temporary file. After a ``kill -9`` the kernel releases the lock, so the next writer can tell an abandoned file, which
it removes, from one that another process is still writing.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path

SUFFIX = ".part"


@contextmanager
def whole_file(path: Path) -> Iterator[BufferedRandom]:
    """Open a file for writing that takes the place of ``path`` when the block ends without an exception.

    Several processes may write the same path: each has its own temporary file, the last one to finish stays.

    Raises
    ------
    OSError
        As the file system gives it (no space, no permission), and for a device or a pipe, which would be gone; nothing
        is left behind then.
    """
    path = path.resolve()  # what a link stands for is replaced, not the link
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, "this is no file, and is not replaced by one", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    file = _locked_temporary(path)
    with file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        finally:
            Path(file.name).unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file, text as UTF-8; its folder is made if it is missing. A reader sees the old file or the new one."""
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _locked_temporary(path: Path) -> BufferedRandom:
    while True:
        file = open(path.with_name(f".{path.name}.{secrets.token_hex(4)}{SUFFIX}"), "x+b")  # noqa: SIM115
        if _lock(file) and Path(file.name).exists():
            return file
        file.close()  # another process took it for abandoned, between our open and our lock


def _remove_abandoned(path: Path) -> None:
    for temporary in path.parent.iterdir():
        if not (temporary.name.startswith(f".{path.name}.") and temporary.name.endswith(SUFFIX)):
            continue
        try:
            with open(temporary, "r+b") as file:
                if _lock(file):
                    temporary.unlink(missing_ok=True)
        except OSError:
            continue  # just finished by its writer, or another user's: not ours to remove


def _lock(file: BufferedRandom) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
