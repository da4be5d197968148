"""Damaged state: files, folders, disks, clocks and the environment are harmed in the middle of a run; then it goes on.

A run has stored half of its rows when the harm is done. The same command must say what is wrong, where a person has to
know it, and either go on or end with a message. Where the harm is one of the surroundings, such as a full disk, it is
taken back before the command is given again. In the end the rows must be those of an undisturbed run.
"""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click
import psutil

from kmedoids_bench.experiments.harness.workers import environments
from kmedoids_bench.experiments.rows.row import rows_of
from kmedoids_bench.experiments.tests.campaign import kills
from kmedoids_bench.experiments.tests.campaign.campaign import HANG_SECONDS, Length, Line
from kmedoids_bench.experiments.tests.campaign.kills import Scene, files_of, kind_of, results_of, scene_of
from kmedoids_bench.experiments.tests.campaign.scratch import RUN, copy_checkout, processes

NOT_TRIED = [
    "a digit that is altered within a row, or a byte of a matrix behind an unchanged time stamp: nothing compares them",
    "files of another user, and a umask that forbids the owner: the campaign runs as one user, often as root",
    "a file system that lies: network file systems without locks, disks that lose what was synchronised",
    "a damaged .venv: `make distclean` makes a new one; the campaign would install everything each time",
    "a clock that jumps during a run: it would jump for the whole machine; files of other dates stand for it",
]

PROFILE = kills.PROFILE | {
    "libraries": ["kmedoids_055"],
    "repetitions": {"series": 1, "rounds": 6, "seconds": 60},
    "studies": {
        "swap_time": {
            "grids": [{"datasets": ["digits"], "n": 60, "k": [3], "starts": ["random"], "algorithms": ["fasterpam"]}]
        }
    },
}
MADE = ("results", ".cache", ".snakemake")  # by runs
SLEEP = 3.0  # seconds for which processes are stopped

# In a name space of its own: a folder becomes a disk of some bytes with the files of the folder, the command is given,
# the disk grows, and the command is given again.
SMALL_DISK = """
cp -a "$1" saved && mount -t tmpfs -o size="$2" none "$1" && cp -a saved/. "$1" || exit 77
folder=$1; shift 2
"$@"; echo "status $?"
mount -o remount,size=1g "$folder"; rm -rf saved; mkdir saved
"$@"; status=$?
cp -a "$folder/." saved; exit $status
"""
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 77; shift; exec "$@"'
NAME_SPACE = ("unshare", "--mount", "--map-root-user", "sh", "-c")


@dataclass(frozen=True)
class Fault:
    """A way to harm a run, and what has to come of it."""

    done: str  # what is done, in words
    harm: Callable[[Path], object] = lambda checkout: None  # to the files, before the command
    said: str = ""  # a regular expression that what is printed or logged has to contain
    before: tuple[str, ...] = ()  # words before the command
    environment: dict[str, str | None] = field(default_factory=dict)  # None: without this variable
    meanwhile: Callable[[str], object] = lambda run: None  # called with the name of the run while it measures
    afterwards: Callable[[Path], object] = lambda checkout: None  # takes the harm back, if a person has to


def rows(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], object]:
    """Return the harm of changing the lines of the store."""

    def harm(checkout: Path) -> None:
        store = checkout / "results" / "cells" / "digits.jsonl"
        store.write_bytes(b"".join(change(store.read_bytes().splitlines(keepends=True))))

    return harm


def files(pattern: str, change: Callable[[bytes], bytes] | None) -> Callable[[Path], object]:
    """Return the harm of changing the content of all files of a pattern, or of deleting them."""

    def harm(checkout: Path) -> None:
        found = [path for path in checkout.glob(pattern) if path.is_file()]
        if not found:
            raise RuntimeError(f"there is no file {pattern}")
        for path in found:
            content = path.read_bytes()
            path.unlink()  # it may be a link of another file
            if change is not None:
                path.write_bytes(change(content))

    return harm


def truncated(content: bytes) -> bytes:
    """Return the first half."""
    return content[: len(content) // 2]


def altered(content: bytes) -> bytes:
    """Return the content with another byte in its middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def foreign(content: bytes) -> bytes:
    """Return something else."""
    return b'{"kind": "<html>"\n}\n'


def dated(checkout: Path, when: float) -> None:
    """Date all that runs have made."""
    for made in MADE:
        for path in (checkout / made).rglob("*"):
            os.utime(path, (when, when))


def swap(path: Path, to_folder: bool) -> None:
    """Put a folder in the place of a file, or the file back."""
    aside = path.with_name("aside-of-" + path.name)
    if to_folder:
        path.rename(aside)
        path.mkdir()
    else:
        path.rmdir()
        aside.rename(path)


def stop(kinds: tuple[str, ...]) -> Callable[[str], object]:
    """Return the harm of stopping processes for a while, once there are workers; without kinds, all of the run."""

    def harm(run: str) -> None:
        victims: list[psutil.Process] = []
        deadline = time.monotonic() + HANG_SECONDS
        while not victims and time.monotonic() < deadline:
            known = {}
            for process in processes(run):
                with suppress(psutil.Error):
                    known[process] = kind_of(process.cmdline())
            if "a worker" in known.values():
                victims = [process for process, kind in known.items() if kind in kinds or not kinds]
        for process in victims:
            with suppress(psutil.Error):
                process.suspend()
        time.sleep(SLEEP)
        for process in victims:
            with suppress(psutil.Error):
                process.resume()

    return harm


def without_module(checkout: Path) -> None:
    """Delete a module of a library from its environment."""
    for folder in checkout.glob(".environments/kmedoids*/"):
        (folder / "complete").unlink()  # it may be a link of the project's, and of an earlier version
        (folder / "complete").write_text(environments._extent(folder))
    files(".environments/kmedoids*/lib/*/site-packages/kmedoids/__init__.py", None)(checkout)


STORE = Path("results/cells/digits.jsonl")
FAULTS = (
    Fault(
        "a line of the rows replaced by nonsense", rows(lambda lines: [b"nonsense\n", *lines[1:]]), "line 1 is ignored"
    ),
    Fault("the rows cut off in the middle of a line", rows(lambda lines: [*lines[:-1], lines[-1][:99]])),
    Fault("every row stored twice", rows(lambda lines: lines + lines)),
    Fault(
        "two rows of one id", rows(lambda lines: [*lines, lines[0].replace(b'"ok"', b'"no"')]), "belongs to another row"
    ),
    Fault(
        "rows of another version",
        rows(lambda lines: [*lines, lines[0].replace(b'"schema": 2', b'"schema": 1')]),
        "schema 1",
    ),
    Fault(
        "a value of a row of the wrong type",
        rows(lambda lines: [re.sub(rb'"k": \d+', b'"k": "x"', lines[0]), *lines[1:]]),
        "valid integer",
    ),
    Fault("zeros at the end of the rows", rows(lambda lines: [*lines, bytes(5000)])),
    Fault("rows deleted", lambda checkout: (checkout / STORE).unlink()),
    Fault(
        "a folder in the place of the rows",
        lambda checkout: swap(checkout / STORE, True),
        "is a directory",
        afterwards=lambda checkout: swap(checkout / STORE, False),
    ),
    Fault("a matrix truncated", files(".cache/matrices/*float32.npy", truncated), "is damaged"),
    Fault("a matrix altered", files(".cache/matrices/*float32.npy", altered), "is damaged"),
    Fault("a foreign file in the place of a matrix", files(".cache/matrices/*float32.npy", foreign), "is damaged"),
    Fault("the record of a matrix truncated", files(".cache/matrices/*float32.json", truncated), "is damaged"),
    Fault("points truncated", files(".cache/matrices/*points.npy", truncated)),
    Fault(
        "machine code: indices truncated", files(".cache/numba/**/*.nbi", truncated), "damaged: the kernel is compiled"
    ),
    Fault("machine code: indices replaced", files(".cache/numba/**/*.nbi", foreign), "damaged: the kernel is compiled"),
    Fault("machine code truncated", files(".cache/numba/**/*.nbc", truncated), "damaged: the kernel is compiled"),
    Fault("machine code altered", files(".cache/numba/**/*.nbc", altered), "damaged: the kernel is compiled"),
    Fault("a module of a library deleted", without_module, "is damaged"),
    Fault("the record of a step truncated", files("results/work/campaign/matrices/*.json", truncated), "is damaged"),
    Fault(
        "the record of a step empty",
        files("results/work/campaign/environments/*.json", lambda content: b""),
        "is damaged",
    ),
    Fault(
        "a foreign file in the place of a record", files("results/work/campaign/matrices/*.json", foreign), "is damaged"
    ),
    Fault("Snakemake's records truncated", files(".snakemake/metadata/**/*", truncated)),
    Fault(
        "a full disk below the rows",
        said="No space left",
        before=(*NAME_SPACE, SMALL_DISK, "sh", "results/cells", "SIZE"),
    ),
    Fault(
        "a full disk below the results", said="No space left", before=(*NAME_SPACE, SMALL_DISK, "sh", "results", "SIZE")
    ),
    Fault(
        "a full disk below the machine code",
        before=(*NAME_SPACE, SMALL_DISK, "sh", ".cache/numba", "SIZE"),
        harm=files(".cache/numba/**/*.nbi", None),
    ),
    Fault(
        "files limited to 8 kB",
        said="File too large|No space left",
        before=("sh", "-c", 'ulimit -f 16; exec "$@"', "sh"),
    ),
    Fault("results read-only", said="Read-only", before=(*NAME_SPACE, READ_ONLY, "sh", "results")),
    Fault("machine code read-only", before=(*NAME_SPACE, READ_ONLY, "sh", ".cache/numba")),
    Fault("the whole cache read-only", before=(*NAME_SPACE, READ_ONLY, "sh", ".cache")),
    Fault("Snakemake's folder read-only", said="Read-only", before=(*NAME_SPACE, READ_ONLY, "sh", ".snakemake")),
    Fault("HOME missing", environment={"HOME": None}),
    Fault("HOME cannot be made", environment={"HOME": "/dev/null/home"}),
    Fault("umask 077", before=("sh", "-c", 'umask 077; exec "$@"', "sh")),
    Fault("all files from the year 2040", lambda checkout: dated(checkout, 2.2e9)),
    Fault("all files from the year 1971", lambda checkout: dated(checkout, 4e7)),
    Fault("the whole run stopped for a while", meanwhile=stop(())),
    Fault("the workers stopped for a while", meanwhile=stop(("a worker",))),
    Fault(
        "make, Snakemake and the driver stopped, as by Ctrl-Z",
        meanwhile=stop(("make", "a shell", "Snakemake", "the driver")),
    ),
)


def unfinished(checkout: Path) -> None:
    """Let half of the rows be measured, and nothing after them be done."""
    rows(lambda lines: lines[: len(lines) // 2])(checkout)
    shutil.rmtree(checkout / "results" / "work" / "campaign" / "measured")
    (checkout / "results" / "report.html").unlink()


def restored(scene: Scene, saved: Path) -> None:
    """Let everything that runs have made be as it was saved."""
    for made in MADE:
        shutil.rmtree(scene.checkout / made, ignore_errors=True)
        if (saved / made).exists():
            shutil.copytree(saved / made, scene.checkout / made, symlinks=True)
    scene.before = []


def command(scene: Scene, fault: Fault, meanwhile: bool) -> tuple[int | None, str]:
    """Give the command under the harm; return its status, None if it hung, and what it has printed and logged."""
    environment = {name: value for name, value in (scene.environment | fault.environment).items() if value is not None}
    words = [word.replace("SIZE", str(size_of(scene.checkout / fault.before[-2]))) for word in fault.before]
    run = f"campaign-{os.getpid()}-{time.monotonic_ns()}"
    scene.runs.append(run)
    output = scene.checkout / "output"
    with open(output, "w") as file:
        process = subprocess.Popen(
            [*words, *kills.COMMAND],
            cwd=scene.checkout,
            env=environment | {RUN: run},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    if meanwhile:
        threading.Thread(target=fault.meanwhile, args=(run,)).start()
    try:
        status = process.wait(HANG_SECONDS + 10 * scene.seconds)
    except subprocess.TimeoutExpired:
        scene.end_all()
        process.wait()
        status = None
    logs = [output, *(scene.checkout / "results" / "logs").rglob("*.log")]
    return status, "\n".join(path.read_text(errors="replace") for path in logs)


def size_of(folder: Path) -> int:
    """Return the bytes of a disk that has room for the files of a folder, and for nothing more."""
    if not folder.is_dir():
        return 0
    page = os.sysconf("SC_PAGE_SIZE")
    entries = [folder, *folder.rglob("*")]
    return page * (1 + sum(-(-path.stat().st_size // page) if path.is_file() else 1 for path in entries))


def suffer(scene: Scene, fault: Fault, saved: Path) -> Line | None:
    """Do the harm and give the command; return the damage, or None if the harm cannot be done here."""
    restored(scene, saved)
    unfinished(scene.checkout)
    shutil.rmtree(scene.checkout / "results" / "logs")
    fault.harm(scene.checkout)
    status, text = command(scene, fault, True)
    if status == 77 or "unshare:" in text:
        return None
    if (scene.checkout / "saved").exists():  # a small disk, which is gone
        shutil.rmtree(scene.checkout / fault.before[-2])
        (scene.checkout / "saved").rename(scene.checkout / fault.before[-2])
    fault.afterwards(scene.checkout)
    hangs, manual = int(status is None), int(re.search(fault.said, text) is None)
    if status != 0:
        status, more = command(scene, Fault(fault.done), False)
        text, hangs, manual = text + more, hangs + (status is None), manual + (status not in (0, None))
    kept = [json.dumps(row).encode() for row in rows_of([scene.checkout / STORE])]
    found = results_of(kept)
    lost = sum(abs(len(found.get(key, [])) - len(scene.expected.get(key, []))) for key in found | scene.expected)
    wrong = sum(set(found.get(key, results)) != set(results) for key, results in scene.expected.items())
    wrong += sum(row["seconds"] is not None and row["seconds"] > 0.5 * SLEEP for row in map(json.loads, kept))
    wrong += len({name for name in files_of(scene.checkout) ^ scene.files if not name.endswith(".aside")})
    line = Line(fault.done, 1, lost, text.count("Traceback (most recent call last)"), hangs, manual, wrong)
    if not line.harmless:
        scene.keep_evidence(fault.done, Counter(vars(line) | {"done": 0}))
        click.echo(text[-3000:], err=True)
    return line


def lines(length: Length, folder: Path) -> Iterator[Line]:
    """Do all harm, one after the other, to a run of the profile; the last in a folder with a difficult name."""
    scene = scene_of(folder, PROFILE, {})
    saved = folder / "saved"
    shutil.rmtree(saved, ignore_errors=True)
    for made in MADE:
        shutil.copytree(scene.checkout / made, saved / made, symlinks=True)
    try:
        for fault in FAULTS:
            if (line := suffer(scene, fault, saved)) is not None:
                yield line
        yield in_a_difficult_place(scene, folder)
    finally:
        scene.end_all()


def in_a_difficult_place(scene: Scene, folder: Path) -> Line:
    """Run in a folder whose name has a space, a newline, quotes and letters beyond ASCII."""
    place = folder / "a b\n'c' ü 中"
    place.mkdir(exist_ok=True)
    other = Scene(copy_checkout(place / "checkout"), scene.environment, scene.seconds, scene.expected, scene.files)
    shutil.copy2(scene.checkout / "experiments/profiles/campaign.yaml", other.checkout / "experiments/profiles")
    (other.checkout / "results").mkdir()
    _, status = other.command(patience=HANG_SECONDS + 20 * scene.seconds)
    damage = other.damage(None, status)
    if damage.total():
        click.echo(other.output(), err=True)
    return Line("a folder with a space, a newline, quotes and other letters in its name", 1, **damage)
