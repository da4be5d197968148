"""What `make asv` runs: it tells whether the last commit is slower than the one before, or gives other results.

Counters and losses are exact: any difference counts. Times are not: on a shared machine a benchmark may take twice as
long for a minute, and asv's own statistics raise alarms then. So a time counts as slower only if both the fastest
sample and the lower quartile are (other work seldom hits three quarters of the samples of a side, and a slower commit
has no fast ones), and only if the same is found again when the suspects alone are measured once more.
"""

import itertools
import math
import re
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import click
from tabulate import tabulate

from kmedoids_bench.experiments.harness.machine import git

TIME_FACTOR = 1.10  # a slowdown of a fifth is well above it, what is left of the noise below
MEMORY_FACTOR = 1.05  # repeats to within one per cent
CONFIRMATION = ("--attribute", "rounds=8")  # the suspects are few: they can be measured twice as often
GOOD, OTHER_RESULTS, NOTHING_MEASURED, SLOWER = 0, 1, 2, 3  # exit statuses


@dataclass(frozen=True)
class Measured:
    """What asv has of one benchmark with one set of parameters on one commit."""

    value: float | None  # None: it failed, NaN: it was skipped, as younger than the commit
    samples: tuple[float, ...] = ()  # seconds, if it is a time

    @property
    def low(self) -> tuple[float, float]:
        """The lower quartile and the least of the samples; for a memory, which has none, its value."""
        samples = list(self.samples) or [self.value or math.nan]
        quartile = quantiles(samples, n=4, method="inclusive")[0] if len(samples) > 1 else samples[0]
        return quartile, min(samples)


# The benchmarks of a commit, by the name that asv prints and that its option --bench reads.
Results = Mapping[str, Measured]


def pairs(before: Results, after: Results) -> list[tuple[str, Measured, Measured]]:
    """Return name, old and new of what has a value on both commits."""

    def names(results: Results) -> set[str]:
        return {name for name, one in results.items() if one.value is not None and not math.isnan(one.value)}

    return [(name, before[name], after[name]) for name in sorted(names(before) & names(after))]


def other_results(before: Results, after: Results) -> list[str]:
    """Sentences about benchmarks that fail now, and about counters and losses that are not the same."""
    failures = [f"{name} fails" for name, new in sorted(after.items()) if new.value is None]
    return failures + [
        f"{name} was {old.value!r}, is {new.value!r}"
        for name, old, new in pairs(before, after)
        if ".track_" in name and old.value != new.value
    ]


def ratios(old: Measured, new: Measured) -> list[float]:
    """Now / before: of the lower quartiles, and of the least samples."""
    return [now / then for now, then in zip(new.low, old.low, strict=True)]


def worse(before: Results, after: Results) -> list[str]:
    """Names of times and peak memories that have grown."""
    factors = {".time_": TIME_FACTOR, ".peakmem_": MEMORY_FACTOR}
    return [
        name
        for name, old, new in pairs(before, after)
        for kind, factor in factors.items()
        if kind in name and min(ratios(old, new)) > factor
    ]


def selection(names: Collection[str]) -> str:
    """Regular expression for asv's option --bench that selects exactly these benchmarks."""
    return "^(" + "|".join(map(re.escape, names)) + ")$"


def table(before: Results, after: Results) -> str:
    """Return times, in ms, and peak memories, in MB, side by side."""
    lines = []
    for name, old, new in pairs(before, after):
        if ".track_" not in name:
            unit, what = (1e3, "time in ms") if ".time_" in name else (1e-6, "memory in MB")
            label = f"{name.partition('(')[2][:-1]}, {what}"
            lines.append((label, unit * old.low[0], unit * new.low[0], *ratios(old, new)))
    return tabulate(lines, ("", "before", "now", "now/before", "of least"), tablefmt="plain", floatfmt=".2f")


def asv(*arguments: str, commits: Sequence[str] = ()) -> int:
    """Run an asv command, whose output goes to the terminal, and return its exit status."""
    command = [sys.executable, "-m", "asv", *arguments]
    return subprocess.run(command, input="\n".join(commits), text=True, check=False).returncode


def measure(commits: Sequence[str], benchmarks: Sequence[str] = (), options: Sequence[str] = ()) -> bool:
    """Measure commits, taking turns, round by round; the first tells which benchmarks there are. Whether asv could."""
    choice = [f"--bench={regex}" for regex in benchmarks]
    settings = ("--interleave-rounds", "--record-samples", "--show-stderr")
    status = asv("run", "HASHFILE:-", *settings, *choice, *options, commits=commits)
    return status in (0, 2)  # 2: a benchmark failed, which has no value then


def measured(commit: str) -> dict[str, Measured]:
    """Read what asv has stored of one commit on this machine."""
    from asv.config import Config
    from asv.environment import get_environments
    from asv.machine import Machine
    from asv.results import iter_results_for_machine_and_hash

    conf = Config.load("asv.conf.json")
    environments = {environment.name for environment in get_environments(conf, None)}
    machine = vars(Machine.load())["machine"]
    results = {}
    for result in iter_results_for_machine_and_hash(conf.results_dir, machine, commit):
        for benchmark in result.get_all_result_keys() if result.env_name in environments else ():
            parameters = result.get_result_params(benchmark)
            combinations = list(itertools.product(*parameters))
            values = result.get_result_value(benchmark, parameters) or [None] * len(combinations)
            samples = result.get_result_samples(benchmark, parameters) or [None] * len(combinations)
            for combination, value, times in zip(combinations, values, samples, strict=True):
                results[f"{benchmark}({', '.join(combination)})"] = Measured(value, tuple(times or ()))
    return results


def selected(results: Results, benchmarks: Sequence[str]) -> Results:
    """Select what any of the regular expressions finds, as asv does; everything if there are none."""
    return {
        name: one
        for name, one in results.items()
        if not benchmarks or any(re.search(regex, name) for regex in benchmarks)
    }


def compare(base: str, head: str, benchmarks: Sequence[str]) -> int:
    """Measure two commits, measure again what seems slower, print the verdict and return the exit status."""

    def both(benchmarks: Sequence[str], *options: str) -> tuple[bool, Results, Results]:
        could = measure([head, base], benchmarks, options)
        before, after = (selected(measured(commit), benchmarks) for commit in (base, head))
        click.echo(f"\n{table(before, after)}")
        return could, before, after

    could, before, after = both(benchmarks)
    if could and (other := other_results(before, after)):
        return verdict(OTHER_RESULTS, "OTHER RESULTS. If that is intended, say so in the commit.", other)
    if not could or not pairs(before, after):
        return verdict(NOTHING_MEASURED, "none, nothing could be compared, see above.")
    suspects = worse(before, after)
    if not suspects:
        return verdict(GOOD, "good. Nothing is slower; losses and counters are the same.")
    click.echo(f"\n{len(suspects)} of them seem worse: they are measured again.")
    could, before, after = both([selection(suspects)], *CONFIRMATION)
    if not could:
        return verdict(NOTHING_MEASURED, "none, the second run failed, see above.")
    if confirmed := worse(before, after):
        return verdict(SLOWER, "SLOWER or larger, found twice:", confirmed)
    return verdict(GOOD, "good. What seemed slower is not, measured again; losses and counters are the same.")


def verdict(status: int, sentence: str, details: Sequence[str] = ()) -> int:
    """Print the verdict, and return the exit status that goes with it."""
    click.echo("\n  ".join([f"\nVerdict: {sentence}", *details]))
    return status


@click.command()
@click.argument("base", default="HEAD~1")
@click.option("--bench", multiple=True, help="Regular expression, as for asv run; may be given several times.")
@click.pass_context
def main(ctx: click.Context, base: str, bench: tuple[str, ...]) -> None:
    """Compare the speed and the results of the last commit with those of BASE, by default the one before.

    Exit status 0: as fast, and the same results; 1: other results, or a benchmark fails; 2: it could not run; 3: the
    same results, but slower or larger, which a second run of the suspects alone has confirmed.
    """
    here = Path()  # not always the folder of this file: the proof compares commits of a clone
    head = git("rev-parse", "HEAD", folder=here)
    if head is None:
        click.echo("make asv compares commits, and there is none here yet: commit first.")
        ctx.exit(NOTHING_MEASURED)
    if git("status", "--porcelain", "--untracked-files=no", folder=here):
        click.echo("Note: uncommitted changes are not part of the comparison.")
    if not Path("~/.asv-machine.json").expanduser().exists():
        asv("machine", "--yes")
    before = git("rev-parse", "--verify", "--quiet", base + "^{commit}", folder=here)
    if before is None:
        click.echo(f"There is no commit {base} (or the clone is shallow): measuring the last one alone.")
        ctx.exit(GOOD if measure([head], bench) else NOTHING_MEASURED)
    click.echo(f"Comparing {before[:8]} (before) with {head[:8]} (now).")
    ctx.exit(compare(before, head, bench))


if __name__ == "__main__":
    main()
