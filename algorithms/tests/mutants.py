"""Do the tests notice a slip in a kernel? Makes one after the other and runs the tests on each: `make mutants`.

Every function decorated with @kernel is mutated, in a copy of this room and with the JIT off. A mutant is killed
if a test fails or takes far too long. Those that compute the same as the kernel stand in equivalent_mutants.toml
with the reason; the command fails if another one survives.

Not a tool, because mutmut leaves decorated functions alone, and cosmic-ray writes its mutants into the working
tree and starts Python, numba and pytest anew for each. Here a trial is a fork of a process that has them ready.
"""

import argparse
import importlib
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing.connection import wait
from pathlib import Path

import mutations

FORK = multiprocessing.get_context("fork")
IMPORTED_BEFORE_THE_FORK = ("hypothesis.strategies", "numba", "numpy.ma", "numpy.random", "pytest")
SURVIVED, KILLED = (
    (0,),
    (1, 2),
)  # how pytest ends: all passed; one failed, or a file of tests cannot be imported
SECONDS, TIMES = 5, 10  # a test may take so many seconds more than so many times what it takes on the kernel


class Mutated(SourceFileLoader):
    """Imports the mutant in place of the module."""

    def __init__(self, mutant, room):
        super().__init__(f"kmedoids_bench.algorithms.{Path(mutant.file).stem}", str(room / mutant.file))
        self.source = mutant.source

    def find_spec(self, name, path=None, target=None):
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname):
        return compile(self.source, self.path, "exec")


class Pace:
    """Has pytest run a file's own tests first, then the quickest, and ends the process if one takes too long."""

    def __init__(self, own, durations):
        self.own, self.durations, self.taken = own, durations, Counter()

    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: (item.path.name != self.own, self.durations.get(item.nodeid, 0)))

    def pytest_runtest_setup(self, item):
        if item.nodeid in self.durations:  # processor time: what else the machine does must not matter
            limit = time.process_time() + SECONDS + TIMES * self.durations[item.nodeid]
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit), resource.RLIM_INFINITY))

    def pytest_runtest_logreport(self, report):
        self.taken[report.nodeid] += report.duration


def trial(room, mutant, durations, answer=None):
    """Run the tests on a mutant, or on the kernels as they are for None, in a process of its own."""
    import pytest

    os.chdir(room.parent)
    with open("output" if mutant is None else os.devnull, "w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    if mutant is not None:
        sys.dont_write_bytecode = True
        sys.meta_path.insert(0, Mutated(mutant, room))
    pace = Pace(f"test_{mutant.file}" if mutant else None, durations)
    options = (
        "-x --assert=plain -p no:cacheprovider -o timeout=0 --hypothesis-profile=mutants algorithms/tests"
    )
    code = int(pytest.main(options.split(), plugins=[pace]))
    if answer is not None:
        answer.put(dict(pace.taken))
    sys.exit(code)


def durations_of_the_tests(room):
    """Run the tests on the kernels as they are; return how long each took."""
    answer = FORK.SimpleQueue()
    process = FORK.Process(target=trial, args=(room, None, {}, answer))
    process.start()
    durations = answer.get()
    process.join()
    if process.exitcode not in SURVIVED:
        sys.exit((room.parent / "output").read_text() + "\nThe tests fail on the kernels as they are.")
    return durations


def trials(room, mutants, durations):
    """Try the mutants, as many at a time as there are cores; yield each of them and whether it was killed."""
    waiting, running = list(reversed(mutants)), {}
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            mutant = waiting.pop()
            process = FORK.Process(target=trial, args=(room, mutant, durations))
            process.start()
            running[process.sentinel] = process, mutant
        for sentinel in wait(list(running)):
            process, mutant = running.pop(sentinel)
            process.join()
            if process.exitcode not in SURVIVED + KILLED and process.exitcode > 0:
                sys.exit(f"pytest ended with {process.exitcode} on {mutant.name}")
            yield mutant, process.exitcode not in SURVIVED


def report(counts):
    """Print the score of each file and of all."""
    counts["all"] = sum(counts.values(), Counter())
    print(f"\n{'file':24}{'equivalent':>12}{'killed':>12}{'survived':>12}{'score':>12}")
    for file, count in counts.items():
        score = count["killed"] / max(1, count["killed"] + count["survived"])
        print(f"{file:24}{count['equivalent']:12}{count['killed']:12}{count['survived']:12}{score:12.1%}")


def chosen(room):
    """Return the mutants that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="such as nearest.py; by default all files with kernels")
    parser.add_argument("--share", type=float, default=1, help="of the mutants, the same ones each time")
    arguments = parser.parse_args()
    files = [room / file for file in arguments.files] or sorted(room.glob("*.py"))
    mutants = [mutant for file in files for mutant in mutations.mutants(file)]
    draw = random.Random(0)
    return [mutant for mutant in mutants if draw.random() < arguments.share]


def main():
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    for module in IMPORTED_BEFORE_THE_FORK:
        importlib.import_module(module)
    listed, started, counts = mutations.equivalents(), time.monotonic(), {}
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder) / "kmedoids_bench" / "algorithms"
        shutil.copytree(mutations.ROOM, room, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(mutations.ROOM.parent / "pyproject.toml", room.parent)
        sys.path.insert(0, folder)
        mutants = chosen(room)
        for mutant in mutants:
            counts.setdefault(mutant.file, Counter())["equivalent"] += mutant.name in listed
        tried = [mutant for mutant in mutants if mutant.name not in listed]
        print(f"{len(tried)} mutants, {len(mutants) - len(tried)} more are equivalent", flush=True)
        for number, (mutant, killed) in enumerate(trials(room, tried, durations_of_the_tests(room)), start=1):
            counts[mutant.file]["killed" if killed else "survived"] += 1
            if not killed:
                print(f"survived: line {mutant.line} of {mutant.name}", flush=True)
            if number % 100 == 0:
                print(f"{number} of {len(tried)} after {time.monotonic() - started:.0f} s", flush=True)
    report(counts)
    sys.exit(counts["all"]["survived"] > 0)


if __name__ == "__main__":
    main()
