"""Files of a dataset: from the cache, the mirror, the published addresses in turn; the checksum decides."""

import errno
import hashlib
import logging
import os
import re
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BufferedRandom, BufferedReader
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from kmedoids_bench.datasets.atomic import whole_file
from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.trouble import Trouble, without_credentials

MIRROR = "KMEDOIDS_BENCH_MIRROR"
DATA = "KMEDOIDS_BENCH_DATA"
TIMEOUT = (10.0, 30.0)
"""Seconds to connect, seconds without a byte: an unreachable host is given up within seconds."""
LEAST_SECONDS, SLOWEST = 40.0, 50_000
"""A download may take so many seconds, and one more for so many bytes, however steadily the server sends."""
LARGEST_ARCHIVE, SHARE_OF_ARCHIVE = 1 << 29, 1 / 16
"""Bytes, and how small a part of it a file may be: the archives' own sizes are not all on record, so this only stops a
download without end."""

log = logging.getLogger(__name__)


class DatasetUnavailable(Trouble):
    """A dataset cannot be had on this machine now.

    Attributes
    ----------
    dataset : str
    reasons : tuple of str
        One per source that was tried.
    advice : str
        What the user can do about it.
    """

    def __init__(self, dataset: str, reasons: Iterable[str], advice: str) -> None:
        self.dataset, self.reasons = dataset, tuple(without_credentials(reason) for reason in reasons)
        because = "".join(f"\n  - {reason}" for reason in self.reasons)
        super().__init__(f"the dataset {dataset!r} is not available:{because}", advice)
        self.args = (dataset, self.reasons, advice)  # so that it can be pickled


class _Refused(Exception):
    """One source does not give the file; the next one may."""


def data_folder() -> Path:
    """Where downloads are kept: KMEDOIDS_BENCH_DATA, else the user's cache folder."""
    if folder := os.environ.get(DATA):
        return Path(folder).expanduser()
    import pooch

    return Path(pooch.os_cache("kmedoids-bench"))


def fetch(dataset: Dataset, *, progress: bool | None = None) -> tuple[Path, ...]:
    """Paths of the dataset's files, each with a digest that the record accepts.

    A copy in the cache or in a mirror folder is used in place; anything else is downloaded into the cache.

    Parameters
    ----------
    dataset : Dataset
    progress : bool, optional
        Show a progress bar for downloads; by default only when stderr is a terminal.

    Raises
    ------
    DatasetUnavailable
        If no source gives a file with an accepted digest, or if it cannot be stored.
    Trouble
        If KMEDOIDS_BENCH_MIRROR is neither a folder nor an http(s) address.
    """
    shown = sys.stderr.isatty() if progress is None else progress
    mirror = os.environ.get(MIRROR, "").strip()
    mirror_is_address = re.match(r"\w\w+:/", mirror) is not None
    if mirror_is_address and (fault := _fault_of(mirror)):
        advice = f"set {MIRROR} to a folder, or to an address such as https://host/folder"
        raise Trouble(f"{MIRROR} is no http(s) address: {fault}", advice)
    return tuple(_fetch_file(dataset.name, file, mirror, mirror_is_address, shown) for file in dataset.files)


def _fault_of(address: str) -> str:
    """Say what is wrong with an http(s) address, without a word of it: it may contain a password."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            return "it does not begin with http:// or https://"
        if re.search(r"\s", address):
            return "there is a space in it"
        return "" if parts.hostname and parts.port != 0 else "it names no host"
    except ValueError:  # a port that is no number, half a pair of brackets
        return "it is malformed"


def _fetch_file(dataset: str, file: File, mirror: str, mirror_is_address: bool, progress: bool) -> Path:
    cached = data_folder() / file.folder / file.name
    reasons: list[str] = []

    local = [cached] if os.path.exists(cached) else []
    if mirror and not mirror_is_address:
        local.append(Path(mirror).expanduser() / file.folder / file.name)
    for path in local:
        try:
            with open(path, "rb") as copy:
                _check_digest(copy, file)
            return path
        except (OSError, _Refused) as error:
            _note(reasons, path, error)

    import requests

    first = (f"{mirror.rstrip('/')}/{quote(file.folder)}/{quote(file.name)}",) if mirror_is_address else ()
    for address in first + file.addresses:
        try:
            _download(address, file, cached, progress)
            return cached
        # requests' errors are OSErrors too: they come first
        except (requests.RequestException, _Refused) as error:
            _note(reasons, address, error)
        except OSError as error:
            reasons.append(f"{cached}: cannot be written: {error.strerror or error}")
            raise DatasetUnavailable(dataset, reasons, _storage_advice(error, file)) from error
    raise DatasetUnavailable(dataset, reasons, _source_advice(file, cached))


def _note(reasons: list[str], source: object, error: Exception) -> None:
    reasons.append(without_credentials(f"{source}: {_explain(error)}"))
    if isinstance(error, _Refused):  # a source with other bytes deserves a word even if the next one is good
        log.warning("%s; trying the next source", reasons[-1])


def _download(address: str, file: File, target: Path, progress: bool) -> None:
    """Put the file in place, or raise and leave nothing."""
    archived = file.member is not None and address.partition("?")[0].endswith(".zip")
    with whole_file(target) as output:
        if archived:
            # The archive has no name in the file system: nothing can be left of it.
            with tempfile.TemporaryFile(dir=target.parent) as archive:
                _receive(address, archive, LARGEST_ARCHIVE, _patience(file.size / SHARE_OF_ARCHIVE), progress)
                limited = _Limited(output, _longest(file))
                for chunk in _member_chunks(archive, str(file.member)):
                    limited.write(chunk)
        else:
            _receive(address, output, _longest(file), _patience(file.size), progress)
        output.flush()
        _check_digest(output, file)


def _receive(address: str, output: BinaryIO, limit: int, seconds: float, progress: bool) -> None:
    """Download in a thread that is left behind when the time is up: a server can keep requests waiting for ever.

    A byte now and then is enough for that, in the headers or in the body, and so are redirections.
    """
    limited, errors = _Limited(output, limit), []

    def receive() -> None:
        try:
            _request(address, limited, progress)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=receive, daemon=True)
    thread.start()
    try:
        thread.join(seconds)
        if thread.is_alive():
            raise _Refused(f"not complete after {seconds:.0f} s")
    finally:
        limited.left = 0  # whatever the thread still receives is refused
    if errors:
        raise errors[0]


def _request(address: str, limited: "_Limited", progress: bool) -> None:
    import requests
    from tqdm import tqdm

    # identity: a server that labels a .gz as "content-encoding: gzip" must not have it unpacked on the way
    headers = {"Accept-Encoding": "identity"}
    try:
        response = requests.get(address, stream=True, timeout=TIMEOUT, headers=headers)
    except (ValueError, TypeError):  # the text of the error may contain a password
        raise _Refused("this address, one that it leads to, or that of a proxy is malformed") from None
    with response, tqdm(unit="B", unit_scale=True, disable=not progress) as bar:
        response.raise_for_status()
        for chunk in response.iter_content(1 << 16):
            limited.write(chunk)
            bar.update(len(chunk))


def _patience(size: float) -> float:
    """Return how many seconds a download of so many bytes may take."""
    return LEAST_SECONDS + size / SLOWEST


def _longest(file: File) -> int:
    return 2 * file.size  # CRLF adds at most one byte to each byte


class _Limited:
    """A file that refuses to grow beyond ``limit`` bytes."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self.file = file
        self.left = limit
        self.limit = limit

    def write(self, chunk: bytes) -> None:
        self.left -= len(chunk)
        if self.left < 0:
            raise _Refused(f"sends more than {self.limit} bytes, which this file cannot have")
        self.file.write(chunk)


def _member_chunks(archive: BinaryIO, name: str) -> Iterator[bytes]:
    """Bytes of one member. Names in the archive never become paths, so none can lead out of the cache."""
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(name) as member:
            while chunk := member.read(1 << 16):
                yield chunk
    except KeyError as error:
        raise _Refused(f"the archive has no member {name!r}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: encrypted, unknown method
        raise _Refused(f"the archive cannot be read: {error}") from error


def _check_digest(content: BufferedReader | BufferedRandom, file: File) -> None:
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    if digest not in file.sha256:
        raise _Refused(f"other bytes than expected: {content.tell()} bytes with sha256 {digest}, not {file.sha256[0]}")


def _explain(error: Exception) -> str:
    import requests

    match error:
        case requests.HTTPError() if error.response is not None:
            return f"the server answers {error.response.status_code} {error.response.reason}"
        case requests.ConnectTimeout():
            return f"no connection within {TIMEOUT[0]:g} s"
        case requests.ReadTimeout():
            return f"no answer for {TIMEOUT[1]:g} s"
        case requests.exceptions.ChunkedEncodingError():
            return f"the connection broke off ({_root(error)})"
        case requests.ConnectionError():
            return f"no connection, or it broke off ({_root(error)})"
        case OSError() if error.strerror:
            return error.strerror
    return str(error)


def _root(error: BaseException) -> str:
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return str(error)


def _source_advice(file: File, cached: Path) -> str:
    return (
        f"set {MIRROR} to a folder or an http(s) address that holds {file.folder}/{file.name}; "
        f"or put {file.name} (sha256 {file.sha256[0]}) by hand into {cached.parent}; "
        "or check the network and run the same command again"
    )


def _storage_advice(error: OSError, file: File) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        needed = f"{2 * file.size / 1e6:,.4g} MB"
        return f"free {needed} or more in {data_folder()}, or set {DATA} to a folder that has it"
    return f"make {data_folder()} writable, or set {DATA} to a folder that is"
