"""Kills: kill -9 of a random process of a run at a random moment, then the same command again, and again.

A command is killed at most once. Where it ends well, whatever was killed, its rows must be those of an undisturbed run;
then everything it has made is deleted, and the next one begins from nothing.
"""

import json
import os
import random
import shutil
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click
import psutil
import yaml

from kmedoids_bench.experiments.tests.campaign.campaign import HANG_SECONDS, Length, Line
from kmedoids_bench.experiments.tests.campaign.scratch import ROOT, RUN, copy_checkout, processes

NOT_TRIED = [
    "a kill of the whole machine: what a power cut leaves on the disk depends on the file system",
    "kills on other systems than Linux",
]

PROFILE = {
    "profile": "campaign",
    "title": "Small cells for every kind of worker, to be harmed",
    "libraries": ["cluster", "kmedoids_055", *(["elki"] if "KMEDOIDS_BENCH_ELKI" in os.environ else [])],
    "limits": {"call_seconds": 60, "memory_gib": 4},
    "repetitions": {"series": 2, "rounds": 2, "seconds": 60},  # time never decides how many runs there are
    "studies": {
        "swap_time": {
            "grids": [
                {"datasets": ["digits"], "n": 60, "k": [3], "starts": ["build"], "algorithms": ["fasterpam"]},
                {"datasets": ["digits"], "n": 60, "k": [2, 5], "starts": ["random"], "libraries": []},
            ]
        },
        "agreement": {
            "grids": [{"datasets": ["digits"], "n": 60, "k": [3], "starts": ["random"], "seeds": 2, "libraries": []}]
        },
    },
}
COMMAND = ["make", "run", "PROFILE=campaign"]
FEW = 10
# What does not depend on the clock: all of it must be as in an undisturbed run.
RESULT = ["status", "medoids", "loss", "reported_loss", "local_optimum", "n_swaps", "n_passes", "n_evaluations"]
RESULT += ["medoid_silhouette", "n_lookups", "swaps_digest", "facts", "parameters", "start_medoids"]

# What a process is to the run: by its program, or else by a part of its command line.
PROGRAMS = {"make": "make", "sh": "a shell", "bash": "a shell", "flock": "flock", "uv": "uv", "java": "Java", "R": "R"}
PARTS = {
    "worker.py": "a worker",
    " measure ": "the driver",
    "experiments --log": "a step",
    "bin/snakemake": "Snakemake",
}
OUTLIVED = ("make", "a shell", "flock")  # what they have started goes on without them


def kind_of(words: list[str]) -> str:
    """Return what a process is to the run, from its command line."""
    text = " ".join(words)
    of_text = next((kind for part, kind in PARTS.items() if part in text), "another process")
    return PROGRAMS.get(Path(words[0]).name if words else "", of_text)


@dataclass
class Scene:
    """A checkout that is harmed, and what is known of an undisturbed run in it."""

    checkout: Path
    environment: dict[str, str]
    seconds: float = 0.0  # of an undisturbed run
    expected: dict[tuple, list[str]] = field(default_factory=dict)  # its results
    files: set[str] = field(default_factory=set)  # what it has left
    before: list[bytes] = field(default_factory=list)  # the complete lines of the store when it was last looked at
    runs: list[str] = field(default_factory=list)  # names of all runs so far

    def command(self, rng: random.Random | None = None, patience: float | None = None) -> tuple[str | None, int | None]:
        """Give the command, and kill one of its processes if `rng` is given.

        Return the kind of what was killed, None if nothing was, and the exit status, None if it did not end in time.
        """
        self.runs.append(f"campaign-{os.getpid()}-{len(self.runs)}")
        with open(self.checkout / "output", "w") as output:
            process = subprocess.Popen(
                COMMAND,
                cwd=self.checkout,
                env=self.environment | {RUN: self.runs[-1]},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        killed = None
        if rng is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0, self.seconds))
            killed = kill_one(self.runs[-1], rng)
        try:
            return killed, process.wait(patience)
        except subprocess.TimeoutExpired:
            self.end_all()
            process.wait()
            return killed, None

    def damage(self, killed: str | None, status: int | None) -> Counter:
        """Count the damage after a command, and let the next one begin from nothing if this one is through."""
        through = status == 0 and killed not in OUTLIVED
        lines = self.lines()
        damage = Counter(lost=int(lines[: len(self.before)] != self.before), hangs=int(status is None))
        damage["tracebacks"] = self.output().count("Traceback (most recent call last)")
        damage["manual"] = int(not killed and status not in (0, None))
        if through:
            damage += self.differences()
        if damage.total():
            self.keep_evidence(killed, damage)
        self.before = lines
        if through or not killed:
            self.forget()
        return damage

    def differences(self) -> Counter:
        """Compare what a run has left that is through with what an undisturbed one leaves."""
        lines = self.lines()
        found = results_of(lines)
        doubled = len(lines) - len({json.loads(line)["id"] for line in lines})
        misplaced = sum(abs(len(found.get(key, [])) - len(self.expected.get(key, []))) for key in found | self.expected)
        wrong = [key for key, results in self.expected.items() if set(found.get(key, results)) != set(results)]
        wrong += files_of(self.checkout) ^ self.files
        for each in wrong:
            click.echo(f"differs: {each}", err=True)
        return Counter(lost=doubled + misplaced, wrong=len(wrong))

    def output(self) -> str:
        """Return what the last command has printed."""
        return (self.checkout / "output").read_text(errors="replace")

    def lines(self) -> list[bytes]:
        """Return the complete lines of the store."""
        store = self.checkout / "results" / "cells" / "digits.jsonl"
        return store.read_bytes().split(b"\n")[:-1] if store.exists() else []

    def forget(self) -> None:
        """Delete what runs have made, apart from machine code."""
        self.before = []
        for made in ("results", ".cache/matrices"):
            shutil.rmtree(self.checkout / made, ignore_errors=True)

    def keep_evidence(self, killed: str | None, damage: Counter) -> None:
        """Keep what is needed to find out what went wrong."""
        evidence = ROOT / "results" / "campaign" / str(time.time_ns())
        shutil.copytree(self.checkout / "results", evidence, dirs_exist_ok=True)
        (evidence / "output").write_text(self.output())
        click.echo(f"killed: {killed}; damage: {dict(+damage)}; see {evidence}", err=True)

    def end_all(self) -> None:
        """End whatever is left of all runs."""
        for run in self.runs:
            for process in processes(run):
                with suppress(psutil.Error):
                    process.kill()


def results_of(lines: list[bytes]) -> dict[tuple, list[str]]:
    """Return the results of the runs, without times, for each cell, contender and series.

    A library that is not available is asked for again by each run, so it may have several rows.
    """
    found = defaultdict(list)
    for row in map(json.loads, lines):
        result = json.dumps([row.get(name) for name in RESULT])
        results = found[row["block"], row["contender"], row["series"]]
        if row["status"] != "unavailable" or result not in results:
            results.append(result)
    return dict(found)


def files_of(checkout: Path) -> set[str]:
    """Return the names of all files that a run leaves, but for logs."""
    results = checkout / "results"
    return {str(path.relative_to(results)) for path in results.rglob("*") if path.is_file() and path.suffix != ".log"}


def scene_of(folder: Path, profile: dict, environment: dict[str, str]) -> Scene:
    """Copy the checkout and run a profile there undisturbed, until its time does not include compilation."""
    scene = Scene(copy_checkout(folder / "checkout"), os.environ | environment)
    (scene.checkout / "experiments" / "profiles" / "campaign.yaml").write_text(yaml.safe_dump(profile))
    code = -1
    while code != (code := len(list(scene.checkout.glob(".cache/numba/**/*.nbc")))):
        scene.forget()
        began = time.monotonic()
        if scene.command()[1] != 0:
            raise RuntimeError(f"the undisturbed run failed:\n{scene.output()}")
        scene.seconds = time.monotonic() - began
    scene.expected, scene.files = results_of(scene.lines()), files_of(scene.checkout)
    return scene


def kill_one(run: str, rng: random.Random) -> str | None:
    """Kill a process of a run, of a random kind of those that are there; return the kind, None if there is none."""
    kinds = defaultdict(list)
    for process in processes(run):
        with suppress(psutil.Error):
            kinds[kind_of(process.cmdline())].append(process)
    if not kinds:
        return None
    kind = rng.choice(sorted(kinds))
    try:
        rng.choice(kinds[kind]).kill()
    except psutil.NoSuchProcess:
        return None
    return kind


def kills(scene: Scene, number: int, rng: random.Random) -> Iterator[Line]:
    """Kill so many processes; yield a line for each, with all damage that is seen until the next."""
    scene.forget()
    line, done, killed = Line("", 0), 0, None
    patience = HANG_SECONDS + 5 * scene.seconds
    try:
        while killed or done < number:
            killed, status = scene.command(rng if done < number else None, patience)
            if killed:
                if done:
                    yield line
                line, done = Line(f"kill -9 of {killed}, then the same command", 1), done + 1
            line += Line(line.done, 0, **scene.damage(killed, status))
    finally:
        scene.end_all()
    yield line


def lines(length: Length, folder: Path) -> Iterator[Line]:
    """Kill processes of runs of the profile; a few kills are not worth compiling kernels for."""
    environment = {"NUMBA_DISABLE_JIT": "1"} if length.kills < FEW else {}
    yield from kills(scene_of(folder, PROFILE, environment), length.kills, random.Random(length.seed))
