"""What `make asv-proof` runs: `make asv` has to notice what it should, and nothing else.

In a temporary clone of the last commit, `asv_compare` is asked about branches of which the answer is known: a kernel
made a fifth slower, two results made wrong, and a comment added, which is asked about ten times.
"""

import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import asv_compare
import click
from asv_compare import GOOD, OTHER_RESULTS, SLOWER

SOME = "'(plain (fasterpam|fastpam1|pam|build)|tuned fasterpam)'"
PLANTED = "plain fasterpam"  # all plants are in its kernel
KERNEL = "algorithms/swaps/fasterpam.py"
SCAN = "        shared = loss_changes(dist, near, removal, c, changes)\n"


@dataclass(frozen=True)
class Plant:
    """A change of the kernel, and the exit status of the comparison that it must lead to."""

    name: str
    old: str
    new: str
    status: int


PLANTS = (
    # A quarter of the scans, done twice: the second time finds its row of the matrix in the cache.
    Plant("20 % slower", SCAN, f"        if c % 4 == 0:\n    {SCAN.replace('shared = ', '')}{SCAN}", SLOWER),
    Plant("wrong: takes the worst slot", "slot = np.argmin(changes)", "slot = np.argmax(changes)", OTHER_RESULTS),
    Plant("wrong: ends too early", "end = tried + n\n", "end = tried + n // 2\n", OTHER_RESULTS),
)
UNCHANGED = Plant("unchanged but for a comment", SCAN, f"        # The scan of all objects.\n{SCAN}", GOOD)


def plant(clone: Path, base: str, change: Plant) -> None:
    """Put a branch with one changed commit, by nobody in particular, on top of the base."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=proof", "-c", "user.email=proof@localhost")
        subprocess.run(["git", "-C", clone, *who, *words], check=True, stdout=subprocess.DEVNULL)

    git("checkout", "--quiet", "-B", re.sub(r"\W+", "-", change.name), base)
    path = clone / KERNEL
    source = path.read_text(encoding="utf-8")
    if source.count(change.old) != 1:
        sys.exit(f"{KERNEL} has changed: {change.old.strip()!r} is not in it once, adapt asv_proof.py")
    path.write_text(source.replace(change.old, change.new), encoding="utf-8")
    git("commit", "--quiet", "--all", "--no-verify", "--message", change.name)


def answer(output: str) -> tuple[str, str]:
    """Return the verdict in a word or two, and the last ratio of times printed of the kernel with the plants."""
    verdicts = re.findall(r"^Verdict: ([A-Z]+ [A-Z]+|\w+)", output, re.MULTILINE)
    times = re.findall(rf"^'{PLANTED}', time in ms +\S+ +\S+ +(\S+)", output, re.MULTILINE)
    again = ", measured again" if "they are measured again" in output else ""
    return (verdicts or ["none"])[-1] + again, (times or ["-"])[-1]


def prove(clone: Path, bench: str, n_unchanged: int) -> int:
    """Compare every branch with the base, print a line for each, and return how many answers are wrong."""
    wrong = 0
    base = subprocess.check_output(["git", "-C", clone, "rev-parse", "HEAD"], text=True).strip()
    command = [sys.executable, asv_compare.__file__, *([f"--bench={bench}"] * bool(bench))]
    click.echo(f"{'change':30}{'must be':>8}{'is':>4}{'seconds':>9}{'time of ' + PLANTED:>26}  verdict")
    for change in PLANTS + (UNCHANGED,) * n_unchanged:
        plant(clone, base, change)
        began = time.monotonic()
        done = subprocess.run(command, cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        seconds = time.monotonic() - began
        verdict, ratio = answer(done.stdout)
        click.echo(f"{change.name:30}{change.status:8}{done.returncode:4}{seconds:9.0f}{ratio:>26}  {verdict}")
        if done.returncode != change.status:
            wrong += 1
            click.echo(done.stdout[-5000:])
    return wrong


@click.command()
@click.option("--bench", default=SOME, show_default=True, help='Regular expression, as for asv run; "" for all.')
@click.option("--unchanged", default=10, show_default=True, help="Number of comparisons without a change.")
def main(bench: str, unchanged: int) -> None:
    """Plant changes of which the verdict is known, and fail if `asv_compare` gives any other verdict.

    With the benchmarks of a few algorithms it takes about a minute a verdict, with all of them some minutes.
    """
    with tempfile.TemporaryDirectory(prefix="asv-proof-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ".", clone], check=True)
        click.echo(f"Benchmarks: {bench or 'all'}. The first answer includes setting up an environment.\n")
        wrong = prove(clone, bench, unchanged)
    click.echo(f"\n{wrong} wrong answers." if wrong else "\nEvery answer is right.")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
