"""The machine, and the state of the project, that a row was measured with."""

import contextlib
import hashlib
import os
import platform
import subprocess
import uuid
from functools import cache
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
THIS_PROCESS = uuid.uuid4().hex
SYSTEM = Path("/sys/devices/system")  # what Linux says of processors


@cache
def machine() -> dict:
    """Return ``machine`` (hash of processor, cores and memory) and the facts about it that a row has.

    Rows of two machines never meet in one table. ``governor``, ``turbo`` and ``smt`` are None where they are unknown.
    """
    cpu, cores, ram = processor(), os.cpu_count() or 1, psutil.virtual_memory().total
    # Whole GiB: what the kernel keeps for itself changes from boot to boot.
    identity = hashlib.sha256(f"{cpu}|{cores}|{round(ram / 2**30)}".encode()).hexdigest()[:12]
    governor = told("cpu/cpu0/cpufreq/scaling_governor") or None
    frequencies = {"governor": governor, "turbo": turbo(), "smt": _switch(told("cpu/smt/active"))}
    return {"machine": identity, "cpu": cpu, "cores": cores, "ram_bytes": ram} | frequencies


def told(name: str, system: Path = SYSTEM) -> str:
    """Return what a file of the system says; empty where there is none, or where it must not be read."""
    with contextlib.suppress(OSError):
        return (system / name).read_text().strip()
    return ""


def turbo(system: Path = SYSTEM) -> bool | None:
    """Whether the processor may run faster than its base frequency; None where it is unknown."""
    off = _switch(told("cpu/intel_pstate/no_turbo", system))
    return _switch(told("cpu/cpufreq/boost", system)) if off is None else not off


def _switch(text: str) -> bool | None:
    return {"0": False, "1": True}.get(text)


def processor() -> str:
    """Name of the processor."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def this_run() -> str:
    """Name of the call of make that this process belongs to; outside of make, each process is a run of its own."""
    return os.environ.get("KMEDOIDS_BENCH_RUN", THIS_PROCESS)


@cache
def checkout() -> dict:
    """Return the commit of the project and whether files differ from it; None outside a git checkout of its own.

    An installed package may lie in the repository of somebody else, whose commits say nothing about it.
    """
    commit = git("rev-parse", "HEAD") if git("rev-parse", "--show-toplevel") == str(ROOT) else None
    return {"commit": commit, "dirty": bool(git("status", "--porcelain")) if commit else None}


def git(*arguments: str, folder: Path | None = None) -> str | None:
    """Output of a git command in the project, or in `folder`; None where there is no git or no repository."""
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, cwd=folder or ROOT, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
