"""What `make asv` runs: the last commit against the one before, and a verdict in words.

Not a benchmark. Exit status 0: as fast, and the same results; 1: other results, or a benchmark fails; 2: it
could not run; 3: the same results, but slower or larger, which a second run of the suspects alone has confirmed.
"""

import argparse
import itertools
import subprocess
import sys
from pathlib import Path

if not __package__:  # started as a script, not imported by asv
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from asv_suite import verdict

CONFIRMATION = ("--attribute", "rounds=8")  # the suspects are few: they can be measured twice as often


def git(*arguments):
    """Output of a git command, or None if it failed."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def asv(*arguments, lines=()):
    """Exit status of an asv command, whose output goes to the terminal."""
    command = [sys.executable, "-m", "asv", *arguments]
    sys.stdout.flush()  # our lines keep their place among those of asv
    return subprocess.run(command, input="\n".join(lines), text=True, check=False).returncode


def measure(commits, benchmarks=(), options=()):
    """Measure commits, taking turns, round by round; the first tells which benchmarks there are. Whether asv could."""
    selected = [f"--bench={regex}" for regex in benchmarks]
    status = asv(
        "run",
        "HASHFILE:-",
        "--interleave-rounds",
        "--record-samples",
        "--show-stderr",
        *selected,
        *options,
        lines=commits,
    )
    return status in (0, 2)  # 2: a benchmark failed, which has no value then


def measured(commit, benchmarks=()):
    """Read what asv has stored of one commit on this machine: {(benchmark, parameters): Measured}."""
    from asv.config import Config
    from asv.environment import get_environments
    from asv.machine import Machine
    from asv.results import iter_results_for_machine_and_hash

    conf = Config.load("asv.conf.json")
    environments = {environment.name for environment in get_environments(conf, None)}
    machine = vars(Machine.load())["machine"]
    found = {}
    for result in iter_results_for_machine_and_hash(conf.results_dir, machine, commit):
        for benchmark in result.get_all_result_keys() if result.env_name in environments else ():
            parameters = result.get_result_params(benchmark)
            combinations = list(itertools.product(*parameters))
            values = result.get_result_value(benchmark, parameters) or [None] * len(combinations)
            samples = result.get_result_samples(benchmark, parameters) or [None] * len(combinations)
            for combination, value, times in zip(combinations, values, samples, strict=True):
                found[benchmark, ", ".join(combination)] = verdict.Measured(value, tuple(times or ()))
    return verdict.selected(found, benchmarks)


def compare(base, head, benchmarks):
    """Measure two commits, measure again what seems slower, print the verdict and return the exit status."""
    could = measure([head, base], benchmarks)
    before, after = measured(base, benchmarks), measured(head, benchmarks)
    print("", *verdict.table(before, after), sep="\n")
    other = verdict.failures(after) + verdict.changes(before, after)
    if could and other:
        return say(verdict.OTHER_RESULTS, "OTHER RESULTS. If that is intended, say so in the commit.", other)
    if not could or not list(verdict.pairs(before, after)):
        return say(verdict.NOTHING_MEASURED, "none, nothing could be compared, see above.")
    suspects = verdict.worse(before, after)
    if not suspects:
        return say(verdict.GOOD, "good. Nothing is slower; losses and counters are the same.")
    print(f"\n{len(suspects)} of them seem worse: they are measured again.")
    regex = verdict.selection(suspects)
    if not measure([head, base], [regex], CONFIRMATION):
        return say(verdict.NOTHING_MEASURED, "none, the second run failed, see above.")
    before, after = measured(base, [regex]), measured(head, [regex])
    print("", *verdict.table(before, after), sep="\n")
    confirmed = [verdict.title(key) for key in verdict.worse(before, after)]
    if confirmed:
        return say(verdict.SLOWER, "SLOWER or larger, found twice:", confirmed)
    return say(verdict.GOOD, "good. What seemed slower is not, measured again; losses and counters are the same.")


def say(status, sentence, details=()):
    """Print the verdict, and return the exit status that goes with it."""
    print(f"\nVerdict: {sentence}", *(f"  {detail}" for detail in details), sep="\n")
    return status


def main():
    """Find the two commits, compare them."""
    parser = argparse.ArgumentParser(description="Compare the speed and the results of two commits.")
    parser.add_argument("base", nargs="?", default="HEAD~1", help="the commit before; default: %(default)s")
    parser.add_argument("--bench", action="append", default=[], help="regular expression, as for asv run")
    chosen = parser.parse_args()
    head = git("rev-parse", "HEAD")
    if head is None:
        print("make asv compares commits, and there is none here yet: commit first.")
        return verdict.NOTHING_MEASURED
    if git("status", "--porcelain", "--untracked-files=no"):
        print("Note: uncommitted changes are not part of the comparison.")
    if not Path("~/.asv-machine.json").expanduser().exists():
        asv("machine", "--yes")
    base = git("rev-parse", "--verify", "--quiet", chosen.base + "^{commit}")
    if base is None:
        print(f"There is no commit {chosen.base} (or the clone is shallow): measuring the last one alone.")
        return verdict.GOOD if measure([head], chosen.bench) else verdict.NOTHING_MEASURED
    print(f"Comparing {base[:8]} (before) with {head[:8]} (now).")
    return compare(base, head, chosen.bench)


if __name__ == "__main__":
    sys.exit(main())
