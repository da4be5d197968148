"""Do the tests notice a slip in a plain kernel? Makes one after the other and runs the tests on each: `make mutants`.

Every function of the plain tier and of the bounds that is decorated with @kernel is mutated, in a copy of this room and
with the JIT off. A mutant is killed if a test fails or takes far too long. Those that compute the same as the kernel
stand in equivalent_mutants.toml with the reason; the command fails if another one survives. With --listed it tries
those that stand there instead, and fails if one is killed. The tuned tier is not mutated.

Not a tool, because mutmut leaves decorated functions alone, and cosmic-ray writes its mutants into the working
tree and starts Python, numba and pytest anew for each. Here a trial is a fork of a process that has them ready,
and runs the tests that call the function: those of its own file first, then the quickest.
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
from collections import Counter, defaultdict
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing.connection import wait
from pathlib import Path

import mutations

FORK = multiprocessing.get_context("fork")
IMPORTED_BEFORE_THE_FORK = ("hypothesis.strategies", "numba", "numpy.ma", "numpy.random", "pytest")
OPTIONS = "-x --assert=plain -p no:cacheprovider -o timeout=0 --hypothesis-profile=mutants algorithms/tests"
SURVIVED = {0, 5}  # what pytest ends with if all tests pass, or none calls the function
KILLED = {1, 2}  # a test fails, or a file of tests cannot be imported
SECONDS, TIMES = 5, 10  # a test may take so many seconds more than so many times what it takes on the kernel


class Watch:
    """A plugin of pytest: notes what every test takes, and which functions of the room it calls."""

    def __init__(self, room):
        self.room, self.seconds, self.calls = str(room), Counter(), defaultdict(set)

    def pytest_runtest_setup(self, item):
        calls = self.calls[item.nodeid]

        def note(frame, event, _):
            if event == "call" and frame.f_code.co_filename.startswith(self.room):
                calls.add((Path(frame.f_code.co_filename).relative_to(self.room).as_posix(), frame.f_code.co_name))

        sys.setprofile(note)

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid] += report.duration


class Choose:
    """A plugin of pytest: runs the tests that call the mutated function, and ends one that takes too long."""

    def __init__(self, mutant, seconds, calls):
        self.mutant, self.seconds, self.calls = mutant, seconds, calls

    def pytest_collection_modifyitems(self, items):
        mutated, own = (self.mutant.file, self.mutant.function), f"test_{Path(self.mutant.file).name}"
        items[:] = [item for item in items if mutated in self.calls[item.nodeid]]
        items.sort(key=lambda item: (item.path.name != own, self.seconds[item.nodeid]))

    def pytest_runtest_setup(self, item):  # processor time: what else the machine does must not matter
        limit = int(time.process_time() + SECONDS + TIMES * self.seconds[item.nodeid])
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


class Mutated(SourceFileLoader):
    """Imports the mutant in place of the module."""

    def __init__(self, mutant, room):
        module = mutant.file.removesuffix(".py").replace("/", ".")
        super().__init__(f"kmedoids_bench.algorithms.{module}", str(room / mutant.file))
        self.source = mutant.source

    def find_spec(self, name, path=None, target=None):
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname):
        return compile(self.source, self.path, "exec")


def run_tests(room, plugin, output):
    """Run pytest in the copy; return what it ends with. For a process of its own."""
    import pytest

    os.chdir(room.parent)
    with open(output, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    return int(pytest.main(OPTIONS.split(), plugins=[plugin]))


def rehearse(room, answer):
    watch = Watch(room)
    code = run_tests(room, watch, "output")
    answer.put((code, watch.seconds, watch.calls))


def try_mutant(room, mutant, seconds, calls):
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, Mutated(mutant, room))
    sys.exit(run_tests(room, Choose(mutant, seconds, calls), os.devnull))


def rehearsal(room):
    """Run the tests on the kernels as they are; return what each of them takes, and calls."""
    answer = FORK.SimpleQueue()
    FORK.Process(target=rehearse, args=(room, answer)).start()
    code, seconds, calls = answer.get()
    if code != 0:
        sys.exit((room.parent / "output").read_text() + "\nThe tests fail on the kernels as they are.")
    return seconds, calls


def trials(room, mutants):
    """Try the mutants, as many at a time as there are cores; yield each of them and whether it was killed."""
    seconds, calls = rehearsal(room)
    waiting, running = list(reversed(mutants)), {}
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            mutant = waiting.pop()
            process = FORK.Process(target=try_mutant, args=(room, mutant, seconds, calls))
            process.start()
            running[process.sentinel] = process, mutant
        for sentinel in wait(list(running)):
            process, mutant = running.pop(sentinel)
            process.join()
            if process.exitcode >= 0 and process.exitcode not in SURVIVED | KILLED:  # negative: took too long
                sys.exit(f"pytest ended with {process.exitcode} on {mutant.name}")
            yield mutant, process.exitcode not in SURVIVED


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="such as nearest.py; by default all files with kernels")
    parser.add_argument("--share", type=float, default=1, help="of the mutants, the same ones each time")
    parser.add_argument("--listed", action="store_true", help="only those listed as equivalent: are they?")
    return parser.parse_args()


def draw_mutants(room, names, share):
    """Return all mutants of the files, or a share of them."""
    files = [path for path in mutations.kernel_files(room) if not names or path.name in names]
    draw = random.Random(0)
    return [m for file in files for m in mutations.mutants(file, room) if draw.random() < share]


def report(counts):
    """Print the score of each file and of all."""
    print(f"\n{'file':24}{'equivalent':>12}{'killed':>12}{'survived':>12}{'score':>12}")
    for file, count in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        score = count["killed"] / max(1, count["killed"] + count["survived"])
        print(f"{file:24}{count['equivalent']:12}{count['killed']:12}{count['survived']:12}{score:12.1%}")


def main():
    asked = arguments()
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    for module in IMPORTED_BEFORE_THE_FORK:
        importlib.import_module(module)
    started, counts, failed = time.monotonic(), defaultdict(Counter), False
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder) / "kmedoids_bench" / "algorithms"
        shutil.copytree(mutations.ROOM, room, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(mutations.ROOM.parent / "pyproject.toml", room.parent)
        sys.path.insert(0, folder)
        mutants = draw_mutants(room, asked.files, asked.share)
        tried = [mutant for mutant in mutants if mutations.is_equivalent(mutant) == asked.listed]
        for mutant in mutants:
            counts[mutant.file]["equivalent"] += mutations.is_equivalent(mutant)
        for number, (mutant, killed) in enumerate(trials(room, tried), start=1):
            verdict = "killed" if killed else "survived"
            counts[mutant.file][verdict] += 1
            if killed == asked.listed:
                failed = True
                print(f"{verdict}: line {mutant.line} of {mutant.name}", flush=True)
            if number % 100 == 0:
                print(f"{number} of {len(tried)} after {time.monotonic() - started:.0f} s", flush=True)
    report(counts)
    sys.exit(failed)


if __name__ == "__main__":
    main()
