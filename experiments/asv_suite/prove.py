"""What `make asv-proof` runs: `make asv` has to notice what it should, and nothing else.

In a temporary clone of the last commit, `compare.py` is asked about branches of which the answer is known: a kernel
made a fifth slower, two results made wrong, and a comment added, which is asked about ten times. By default with the
benchmarks of a few algorithms, about a minute an answer; with all of them (--bench "") it is some minutes an answer.
Exit status 0 if every answer is right.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SOME = "'(plain (fasterpam|fastpam1|pam|build)|tuned fasterpam)'"
PLANTED = "plain fasterpam"  # all plants are in its kernel
KERNEL = "algorithms/swaps/fasterpam.py"
SCAN = "        shared = loss_changes(dist, near, removal, c, changes)\n"


@dataclass(frozen=True)
class Plant:
    """A change of the kernel, and the exit status of `compare.py` that it must lead to."""

    name: str
    old: str
    new: str
    status: int


PLANTS = (
    # A quarter of the scans, done twice: the second time finds its row of the matrix in the cache.
    Plant("20 % slower", SCAN, f"        if c % 4 == 0:\n    {SCAN.replace('shared = ', '')}{SCAN}", 3),
    Plant("wrong: takes the worst slot", "slot = np.argmin(changes)", "slot = np.argmax(changes)", 1),
    Plant("wrong: ends too early", "end = tried + n\n", "end = tried + n // 2\n", 1),
)
UNCHANGED = Plant("unchanged but for a comment", SCAN, f"        # The scan of all objects.\n{SCAN}", 0)


def git(folder, *words):
    """Run a git command in a folder, by nobody in particular."""
    who = ("-c", "user.name=proof", "-c", "user.email=proof@localhost")
    subprocess.run(["git", "-C", folder, *who, *words], check=True, stdout=subprocess.DEVNULL)


def plant(clone, base, change):
    """Put a branch with one changed commit on top of the base."""
    git(clone, "checkout", "--quiet", "-B", re.sub(r"\W+", "-", change.name), base)
    path = clone / KERNEL
    source = path.read_text(encoding="utf-8")
    if source.count(change.old) != 1:
        sys.exit(f"{KERNEL} has changed: {change.old.strip()!r} is not in it once, adapt prove.py")
    path.write_text(source.replace(change.old, change.new), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--no-verify", "--message", change.name)


def ask(clone, bench):
    """Compare the last commit of the clone with the one before: exit status and output."""
    command = [sys.executable, "experiments/asv_suite/compare.py", *([f"--bench={bench}"] if bench else [])]
    done = subprocess.run(command, cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def answer(output):
    """Return the verdict in a word or two, and the last ratio of times printed of the kernel with the plants."""
    verdicts = re.findall(r"^Verdict: ([A-Z]+ [A-Z]+|\w+)", output, re.MULTILINE)
    times = re.findall(rf"^'{PLANTED}', time in ms +\S+ +\S+ +(\S+)", output, re.MULTILINE)
    again = ", measured again" if "they are measured again" in output else ""
    return (verdicts or ["none"])[-1] + again, (times or ["-"])[-1]


def prove(clone, bench, n_unchanged):
    """Ask about every branch, print a row of the table for each, and return how many answers are wrong."""
    wrong = 0
    base = subprocess.check_output(["git", "-C", clone, "rev-parse", "HEAD"], text=True).strip()
    print(f"{'change':30}{'must be':>8}{'is':>4}{'seconds':>9}{'time of ' + PLANTED:>26}  verdict")
    for change in PLANTS + (UNCHANGED,) * n_unchanged:
        plant(clone, base, change)
        started = time.monotonic()
        status, output = ask(clone, bench)
        seconds = time.monotonic() - started
        verdict, ratio = answer(output)
        print(f"{change.name:30}{change.status:8}{status:4}{seconds:9.0f}{ratio:>26}  {verdict}", flush=True)
        if status != change.status:
            wrong += 1
            print(output[-5000:], flush=True)
    return wrong


def main():
    """Clone, prove, say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=SOME, help="regular expression, as for asv run; default: %(default)s")
    parser.add_argument("--unchanged", type=int, default=10, help="comparisons without a change, default: 10")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="asv-proof-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ".", clone], check=True)
        print(f"Benchmarks: {chosen.bench or 'all'}. The first answer includes setting up an environment.\n")
        wrong = prove(clone, chosen.bench, chosen.unchanged)
    print(f"\n{wrong} wrong answers." if wrong else "\nEvery answer is right.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
