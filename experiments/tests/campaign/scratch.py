"""A copy of the checkout that may be harmed: the files of the project, its environments, and what runs in it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[3]
RUN = "KMEDOIDS_BENCH_RUN"  # inherited by every process of a run


def copy_checkout(folder: Path) -> Path:
    """Copy the project as it stands, .venv and .environments included, to a new folder that `make` works in.

    Files of the environments are hard links, so nothing may be written into them in place; those that name the folder
    they were made in are written anew. If the folder is there, only its cache is kept.
    """
    for old in folder.iterdir() if folder.exists() else ():
        if old.name != ".cache":
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".", ":!results"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        source, target = ROOT / name, folder / name
        if source.is_file():  # not one that was deleted, and not a link of .typings
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in (".venv", ".environments"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("*.lock", "*.failed.json")
            shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignored, copy_function=_link)
    venv = folder / ".venv"
    packages = next(venv.glob("lib/python3*/site-packages"))
    for path in [*venv.glob("bin/*"), *packages.glob("__editable__*.py")]:
        _move(path, folder)
    (venv / "usable").unlink()
    (venv / "usable").write_text(f"{folder}\n")  # as experiments/envs/setup.sh writes it
    # What Python has compiled of the module that says where the package is.
    for path in packages.glob("__pycache__/__editable__*"):
        path.unlink()
    return folder


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another file system
        shutil.copy2(source, target, follow_symlinks=False)


def _move(path: Path, folder: Path) -> None:
    """Let a file of an environment name the folder of the copy where it names that of the project."""
    content = path.read_bytes()
    if path.is_symlink() or os.fsencode(ROOT) not in content:
        return
    moved = os.fsencode(folder)
    if path.suffix == ".py":  # the name stands between single quotes
        moved = moved.replace(b"\\", b"\\\\").replace(b"'", b"\\'").replace(b"\n", b"\\n")
    elif content.startswith(b"#!"):  # as installers write it, for the system takes no space in an interpreter's name
        interpreter, _, content = content[2:].partition(b"\n")
        content = b"#!/bin/sh\n'''exec' \"" + interpreter + b'" "$0" "$@"\n\' \'\'\'\n' + content
    moved = content.replace(os.fsencode(ROOT), moved)
    mode = path.stat().st_mode
    path.unlink()  # the link, not the file it shares with the project
    path.write_bytes(moved)
    path.chmod(mode)


def processes(run: str) -> Iterator[psutil.Process]:
    """Processes of one run, whoever their parent is by now: they have inherited its name."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(RUN) == run and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:  # it has ended, or belongs to another user
            continue
