"""What `make asv` runs: the last commit against the one before, and a verdict in words.

Not a benchmark. Exit status 0: as fast, and the same results; 1: other results, or a benchmark fails; 2: it
could not run; 3: the same results, but slower or larger.
"""

import itertools
import math
import subprocess
import sys
from pathlib import Path

FACTOR = 1.15  # a smaller change of a time is within what an ordinary machine does by itself


def git(*arguments):
    """Output of a git command, or None if it failed."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def asv(*arguments):
    """Exit status of an asv command, whose output goes to the terminal."""
    command = [sys.executable, "-m", "asv", *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


def measured(commit):
    """All values of one commit: {(benchmark, parameters): value}."""
    from asv.config import Config
    from asv.results import iter_results

    values = {}
    for result in iter_results(Config.load("asv.conf.json").results_dir):
        if result.commit_hash != commit:
            continue
        for key in result.get_all_result_keys():
            parameters = result.get_result_params(key)
            found = result.get_result_value(key, parameters)
            for combination, value in zip(itertools.product(*parameters), found, strict=True):
                values[key, ", ".join(combination).replace("'", "")] = value
    return values


def absent(value):
    """Whether a benchmark gave no value: None if it failed, NaN if it was skipped."""
    return value is None or math.isnan(value)


def changed_results(before, after):
    """Sentences about counters and losses that are not the same, and about benchmarks that fail now."""
    for (benchmark, parameters), new in sorted(after.items()):
        old = before.get((benchmark, parameters))
        if new is None:
            yield f"{benchmark}({parameters}) fails"
        elif ".track_" in benchmark and not absent(old) and not absent(new) and old != new:
            yield f"{benchmark}({parameters}) was {old!r}, is {new!r}"


def print_times(before, after):
    """Print the median times side by side."""
    print(f"\n{'time in ms':14}{'before':>10}{'now':>10}{'now/before':>12}")
    for (benchmark, parameters), new in sorted(after.items()):
        old = before.get((benchmark, parameters))
        if ".time_" in benchmark and not absent(old) and not absent(new):
            print(f"{parameters:14}{1e3 * old:10.2f}{1e3 * new:10.2f}{new / old:12.2f}")


def main():
    """Measure, compare, say what came of it."""
    sys.stdout.reconfigure(line_buffering=True)  # our lines keep their place among those of asv
    head = git("rev-parse", "HEAD")
    if head is None:
        print("make asv compares commits, and there is none here yet: commit first.")
        return 2
    if git("status", "--porcelain", "--untracked-files=no"):
        print("Note: uncommitted changes are not part of the comparison.")
    if not Path("~/.asv-machine.json").expanduser().exists():
        asv("machine", "--yes")
    base = git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if base is None:
        print("No commit before this one (or the clone is shallow): measuring this one, comparing nothing.")
        return 2 if asv("run", "--show-stderr", f"{head}^!") else 0
    print(f"Comparing {base[:8]} (before) with {head[:8]} (now), about four minutes.")
    status = asv(
        "continuous", "--interleave-rounds", "--split", "--only-changed", "--show-stderr",
        "--factor", str(FACTOR), base, head,
    )  # fmt: skip
    before, after = measured(base), measured(head)
    if not after:
        print("\nVerdict: nothing was measured, see above.")
        return 2
    print_times(before, after)
    changes = list(changed_results(before, after))
    if changes:
        print("\nVerdict: OTHER RESULTS. If that is intended, say so in the commit.")
        print("\n".join(f"  {change}" for change in changes))
        return 1
    if status:
        print("\nVerdict: SLOWER or larger, see 'benchmarks that have got worse' above.")
        return 3
    print(f"\nVerdict: good. Nothing is slower by a factor of {FACTOR}; losses and counters are the same.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
