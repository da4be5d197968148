"""What `make asv-proof` runs: it counts how often `make asv` finds what it should, and how often it raises an alarm.

In a temporary clone of the last commit, `asv_compare` is asked about branches of which the answer is known. All
algorithms are made slower by 5, 10 and 20 %: each call computes on until that much more time has passed. One kernel
does a twentieth of its work twice, which the counts of instructions have to show. Two results are wrong. And a comment
is added, which changes nothing.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import asv_compare
import click
from asv_compare import GOOD, OTHER_RESULTS, SLOWER
from tabulate import tabulate

from kmedoids_bench.experiments.tests.harness.trust import competing

KERNEL = "algorithms/swaps/fasterpam.py"
SCAN = "        shared = loss_changes(dist, near, removal, c, changes)\n"
CALLS = "algorithms/core/algorithm.py"
CALL = "        return getattr(importlib.import_module(self.module), self.function)\n"
SLOWED = """        import time

        function = getattr(importlib.import_module(self.module), self.function)

        def slower(*arguments, **settings):
            began = time.process_time()
            result = function(*arguments, **settings)
            end = began + FACTOR * (time.process_time() - began)
            while time.process_time() < end:
                pass
            return result

        return slower
"""


@dataclass(frozen=True)
class Plant:
    """A change of a file, the benchmarks that are asked about it, and the exit status that it must lead to."""

    name: str
    bench: str  # regular expression, as for asv run
    file: str
    old: str
    new: str
    status: int | None  # None: how often it is found is what is asked


def slower(percent: int, status: int | None) -> Plant:
    """Return the change that makes every algorithm slower, but the random start: looking at the clock takes as long."""
    new = SLOWED.replace("FACTOR", str(1 + percent / 100))
    return Plant(f"{percent} % slower", r"Time\.time_call.'(?!plain random')", CALLS, CALL, new, status)


def kernel(name: str, bench: str, old: str, new: str, status: int) -> Plant:
    """Return a change of one kernel."""
    return Plant(name, bench, KERNEL, old, new, status)


TWICE = f"        if c % 20 == 0:\n    {SCAN.replace('shared = ', '')}{SCAN}"
PLANTS = (
    kernel("unchanged but for a comment", "", SCAN, f"        # The scan of all objects.\n{SCAN}", GOOD),
    slower(5, None),
    slower(10, None),
    slower(20, SLOWER),
    kernel("5 % more work", "Instructions", SCAN, TWICE, SLOWER),
    kernel(
        "wrong: takes the worst slot", "Result", "slot = np.argmin(changes)", "slot = np.argmax(changes)", OTHER_RESULTS
    ),
    kernel("wrong: ends too early", "Result", "end = tried + n\n", "end = tried + n // 2\n", OTHER_RESULTS),
)


@dataclass(frozen=True)
class Answer:
    """What a comparison said."""

    status: int
    seconds: float
    compared: dict[str, int]  # benchmarks, by what they measure
    called: dict[str, int]  # those that have changed, by what the table says of them
    output: str

    @property
    def times(self) -> str:
        """Times called slower, of all."""
        return of(self.called.get("slower", 0), self.compared.get("time in ms", 0))

    @property
    def instructions(self) -> str:
        """Counts of instructions that have changed, of all."""
        changed = self.called.get("more work", 0) + self.called.get("less work", 0)
        return of(changed, self.compared.get("million instructions", 0))


def of(part: int, whole: int) -> str:
    """Write a share."""
    return f"{part} of {whole}" if whole else "-"


def plant(clone: Path, base: str, change: Plant) -> None:
    """Put a branch with one changed commit, by nobody in particular, on top of the base."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=proof", "-c", "user.email=proof@localhost")
        subprocess.run(["git", "-C", clone, *who, *words], check=True, stdout=subprocess.DEVNULL)

    git("checkout", "--quiet", "-B", re.sub(r"\W+", "-", change.name), base)
    path = clone / change.file
    source = path.read_text(encoding="utf-8")
    if source.count(change.old) != 1:
        sys.exit(f"{change.file} has changed: {change.old.strip()!r} is not in it once, adapt asv_proof.py")
    path.write_text(source.replace(change.old, change.new), encoding="utf-8")
    git("commit", "--quiet", "--all", "--no-verify", "--message", change.name)


def answer(status: int, seconds: float, output: str) -> Answer:
    """Read what `asv_compare` printed."""
    compared = re.findall(r"(?:Compared:|,) ([a-zA-Z ]+): (\d+)", output)
    table = output.rpartition("Compared:")[2]
    called = re.findall(r"  (slower|faster|more work|less work|larger|smaller|other|fails)$", table, re.MULTILINE)
    counts = {what: called.count(what) for what in called}
    return Answer(status, seconds, {name: int(count) for name, count in compared}, counts, output)


def answers(clone: Path, plants: list[Plant]) -> Iterator[tuple[Plant, Answer]]:
    """Compare the branch of each plant with the base."""
    base = subprocess.check_output(["git", "-C", clone, "rev-parse", "HEAD"], text=True).strip()
    for change in plants:
        plant(clone, base, change)
        command = [sys.executable, asv_compare.__file__, *([f"--bench={change.bench}"] * bool(change.bench))]
        began = time.monotonic()
        done = subprocess.run(command, cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        yield change, answer(done.returncode, time.monotonic() - began, done.stdout)


@click.command()
@click.option("--repeat", default=1, show_default=True, help="Comparisons of each change.")
@click.option("--plants", default="", help="Regular expression: only the changes whose name it finds.")
@click.option("--bench", default="", help="Regular expression, as for asv run, in place of the one of each change.")
@click.option("--busy", default=0, show_default=True, help="Processes that compute beside the measurement.")
def main(repeat: int, plants: str, bench: str, busy: int) -> None:
    """Plant changes of which the verdict is known; fail if `asv_compare` gives any other verdict.

    Slowdowns of 5 and 10 % may be missed: for them the table says how often they are found.
    """
    chosen = [replace(one, bench=bench or one.bench) for one in PLANTS if re.search(plants, one.name)] * repeat
    lines, wrong = [], 0
    headers = ("change", "must be", "is", "slower", "other instructions", "changed", "seconds")
    with tempfile.TemporaryDirectory(prefix="asv-proof-") as folder, competing(busy):
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ".", clone], check=True)
        click.echo("The first answer includes setting up an environment.", err=True)
        for change, said in answers(clone, chosen):
            click.echo(f"{change.name}: {said.status}, {said.seconds:.0f} s", err=True)
            must = "any" if change.status is None else change.status
            changed = sum(said.called.values())
            lines.append((change.name, must, said.status, said.times, said.instructions, changed, round(said.seconds)))
            if must not in ("any", said.status):
                wrong += 1
                click.echo(said.output[-5000:])
    click.echo(tabulate(lines, headers))
    click.echo(f"\n{wrong} wrong answers." if wrong else "\nEvery answer is right.")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
