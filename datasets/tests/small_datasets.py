"""Small datasets to order, and processes that can be killed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kmedoids_bench.datasets import Dataset, File


def file_of(content: bytes, *addresses: str, other: tuple[bytes, ...] = (), member: str | None = None) -> File:
    digests = tuple(hashlib.sha256(edition).hexdigest() for edition in (content, *other))
    return File("small", "data.txt", addresses, digests, len(content), member)


def load_text(paths: tuple[Path, ...]) -> np.ndarray:
    return np.loadtxt(paths[0], ndmin=2)


def dataset_of(*files: File, name: str = "small", n: int = 3, load: Callable = load_text, **others: Any) -> Dataset:
    record: dict[str, Any] = {"kind": "points", "metric": "euclidean"} | others
    record |= {"licence": "-", "citation": "-", "homepage": "-"}
    return Dataset(name, "Small", n, files=files, load=load, **record)


def points_dataset(points: np.ndarray, **others: Any) -> Dataset:
    """A dataset that needs no file."""
    return dataset_of(n=len(points), load=lambda paths: points, **others)


def start_python(code: str) -> subprocess.Popen:
    """Start a process that can import this file as `small_datasets`."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def run_on_small_disk(folder: Path, code: Path, size: str) -> subprocess.CompletedProcess:
    """Run a script with `folder` as a disk of that size, seen by it alone; then list what is left there."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this machine")
    script = 'mount -t tmpfs -o size="$4" none "$2" || exit 77; "$1" "$3"; find "$2" -type f'
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", sys.executable, folder, code, size],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip(f"cannot mount a small disk here: {done.stderr.strip()}")
    return done
