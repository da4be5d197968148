"""Instructions that a call of every algorithm executes, counted by valgrind's callgrind: noise cannot move them.

Two counts of the same code differ by less than a thousandth, whatever else the machine does. They are not times: a miss
in the cache costs nothing here, and the machine code is that for a processor which valgrind knows, without AVX-512.

All algorithms are counted in one process. It compiles in an ordinary run before, which fills numba's cache, and runs
under valgrind at first without counting; otherwise starting it would take minutes. Callgrind writes its counts to a
file whenever the process calls `getppid`, which nothing else in it does.
"""

import gc
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from asv_suite.kernels import Certificate, distances, labels, runs

OBJECTS = {"plain": 500, "tuned": 800, "bounds": 500}  # counting takes about fifty times as long as running
SEEDS = 5
ALL = labels() + Certificate.params
# numba's cache serves one processor: without a name it would be another one under valgrind, and differ by machine.
PROCESSOR = {"NUMBA_CPU_NAME": "haswell" if platform.machine() == "x86_64" else "generic", "NUMBA_CPU_FEATURES": ""}
CALLGRIND = ("valgrind", "--tool=callgrind", "--quiet", "--instr-atstart=no", "--dump-before=getppid")


def counts():
    """Return the instructions by algorithm; those that the installed package lacks are missing."""
    program = [sys.executable, "-m", "asv_suite.instructions"]
    suite = str(Path(__file__).parents[1])
    env = os.environ | PROCESSOR | {"PYTHONPATH": suite, "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(program, env=env, check=True, stdout=subprocess.DEVNULL)
        command = [*CALLGRIND, f"--callgrind-out-file={folder}/counts", *program, "count"]
        found = json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout)
        # The process calls getppid before and after each algorithm: the second of its two files is about it.
        files = [Path(folder, f"counts.{2 * number + 2}").read_text() for number in range(len(found))]
    return {label: int(re.search(r"^summary: (\d+)", text, re.M)[1]) for label, text in zip(found, files, strict=True)}


def calls():
    """Return the calls to count, by algorithm; each has been made once, and so is compiled."""
    gc.disable()
    matrices = {tier: distances(n) for tier, n in OBJECTS.items()}
    found = {}
    for label in ALL:
        try:
            found[label] = runs(label, matrices[label.split()[0]], SEEDS)
        except NotImplementedError:  # younger than the commit
            continue
        found[label][0]()
    return found


def start_counting():
    """Have valgrind count from here on."""
    command = ["vgdb", f"--pid={os.getpid()}", "instrumentation", "on"]
    vgdb = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while vgdb.poll() is None:  # valgrind listens while the process computes, not while it waits
        time.sleep(0)
    if vgdb.returncode:
        sys.exit("vgdb could not reach valgrind")


def count(found):
    """Make the calls under valgrind, with a call of `getppid` before and after those of an algorithm."""
    start_counting()
    for of_one in found.values():
        os.getppid()
        for run in of_one:
            run()
        os.getppid()


class Instructions:
    params = ALL
    param_names = ["algorithm"]
    unit = "instructions"

    def setup_cache(self):
        return counts() if shutil.which("valgrind") else {}

    setup_cache.timeout = 1200

    def setup(self, counts, label):
        if label not in counts:  # asv shows n/a
            raise NotImplementedError(label)

    def track_instructions(self, counts, label):
        return counts[label]


if __name__ == "__main__":
    prepared = calls()
    if sys.argv[1:]:
        count(prepared)
    sys.stdout.write(json.dumps(list(prepared)))
