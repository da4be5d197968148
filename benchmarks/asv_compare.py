"""What `make asv` and `make instructions` run: they tell what the last commit changed, in speed and in results.

Counters and losses are exact: any difference counts. Counts of instructions repeat to within a thousandth. Times do
not: on a shared machine a benchmark may take twice as long for a minute, and asv's own statistics raise alarms then. So
a time counts as changed only if both the fastest sample and the lower quartile have (other work seldom hits three
quarters of the samples of a side, and a slower commit has no fast ones), and only if the same is found again when the
suspects alone are measured once more. `asv_proof` measures how often that is right.
"""

import itertools
import math
import os
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


@dataclass(frozen=True)
class Quantity:
    """A kind of benchmark, and from which ratio on it has changed."""

    mark: str  # in the names of its benchmarks
    name: str  # in the table, with its unit
    unit: float
    factor: float
    more: str  # what a commit is that has more of it
    less: str
    noisy: bool = False  # whether a change has to be found twice


QUANTITIES = (
    # A slowdown of a fifth is well above this factor, what is left of the noise below.
    Quantity(".time_", "time in ms", 1e-3, 1.10, "slower", "faster", noisy=True),
    Quantity(".peakmem_", "memory in MB", 1e6, 1.05, "larger", "smaller", noisy=True),  # repeats to one per cent
    Quantity(".track_instructions", "million instructions", 1e6, 1.01, "more work", "less work"),
    Quantity(".track_", "", 1.0, 1.0, "other", "other"),  # any change counts; the name is in that of the benchmark
)
WORSE = tuple(quantity.more for quantity in QUANTITIES[:-1])
CONFIRMATION = ("--attribute", "rounds=8")  # the suspects are few: they can be measured twice as often
GOOD, OTHER_RESULTS, NOTHING_MEASURED, SLOWER = 0, 1, 2, 3  # exit statuses


@dataclass(frozen=True)
class Measured:
    """What asv has of one benchmark with one set of parameters on one commit."""

    value: float | None  # None: it failed, NaN: it was skipped, as younger than the commit
    samples: tuple[float, ...] = ()  # seconds, if it is a time

    @property
    def low(self) -> tuple[float, float]:
        """The lower quartile and the least of the samples; of what has none, its value."""
        samples = list(self.samples) or [math.nan if self.value is None else self.value]
        quartile = quantiles(samples, n=4, method="inclusive")[0] if len(samples) > 1 else samples[0]
        return quartile, min(samples)


# The benchmarks of a commit, by the name that asv prints and that its option --bench reads.
Results = Mapping[str, Measured]


@dataclass(frozen=True)
class Change:
    """A benchmark of which a commit has more or less, or another result."""

    benchmark: str
    quantity: Quantity
    before: float | None
    now: float | None
    what: str  # "slower", "less work", "other", "fails"

    def line(self) -> tuple[str, ...]:
        """Return the line of the table."""
        name = self.quantity.name or self.benchmark.partition("(")[0].rpartition("track_")[2]
        exact = not self.quantity.name
        numbers = [
            "-" if number is None else repr(number) if exact else f"{number / self.quantity.unit:.2f}"
            for number in (self.before, self.now)
        ]
        ratio = f"{self.now / self.before:.3f}" if self.before and self.now is not None else "-"
        return self.benchmark.partition("'")[2].partition("'")[0], name, *numbers, ratio, self.what


def quantity_of(benchmark: str) -> Quantity:
    """Return what a benchmark measures."""
    return next(quantity for quantity in QUANTITIES if quantity.mark in benchmark)


def pairs(before: Results, after: Results) -> list[tuple[str, Measured, Measured]]:
    """Return name, old and new of what has a value on both commits."""

    def names(results: Results) -> set[str]:
        return {name for name, one in results.items() if one.value is not None and not math.isnan(one.value)}

    return [(name, before[name], after[name]) for name in sorted(names(before) & names(after))]


def changes(before: Results, after: Results) -> list[Change]:
    """Find what fails now, and what has changed by more than the factor of its kind."""
    found = [
        Change(name, quantity_of(name), None, None, "fails") for name, new in sorted(after.items()) if new.value is None
    ]
    for name, old, new in pairs(before, after):
        quantity = quantity_of(name)
        ends = list(zip(old.low, new.low, strict=True))  # of the quartiles, and of the least samples
        more = all(now > quantity.factor * then for then, now in ends)
        less = all(then > quantity.factor * now for then, now in ends)
        if more or less:
            what = quantity.more if more else quantity.less
            found.append(Change(name, quantity, old.low[0], new.low[0], what))
    return found


def selection(names: Collection[str]) -> str:
    """Regular expression for asv's option --bench that selects exactly these benchmarks."""
    return "^(" + "|".join(map(re.escape, names)) + ")$"


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
    """Measure two commits, measure again what has changed and is noisy, print a table and return the exit status."""

    def both(benchmarks: Sequence[str], *options: str) -> tuple[Results, Results] | None:
        could = measure([head, base], benchmarks, options)
        before, after = (selected(measured(commit), benchmarks) for commit in (base, head))
        return (before, after) if could else None

    results = both(benchmarks)
    if results is None or not (pairs(*results) or changes(*results)):
        return verdict(NOTHING_MEASURED, "none, nothing could be compared, see above.")
    compared = [quantity_of(name) for name, _, _ in pairs(*results)]
    found = changes(*results)
    suspects = {change.benchmark: change.what for change in found if change.quantity.noisy and change.what != "fails"}
    if suspects:
        click.echo(f"\n{len(suspects)} of them seem to have changed: they are measured again.")
        again = both([selection(suspects)], *CONFIRMATION)
        if again is None:
            return verdict(NOTHING_MEASURED, "none, the second run failed, see above.")
        found = [change for change in found if change.benchmark not in suspects]
        found += [change for change in changes(*again) if change.what == suspects[change.benchmark]]
    counts = [f"{quantity.name or 'losses and counters'}: {compared.count(quantity)}" for quantity in QUANTITIES]
    click.echo(f"\nCompared: {', '.join(counts)}.")
    write_table(found)
    whats = {change.what for change in found}
    if whats & {"fails", "other"}:
        return verdict(OTHER_RESULTS, "OTHER RESULTS. If that is intended, say so in the commit.")
    if whats & set(WORSE):
        return verdict(SLOWER, "SLOWER, larger or more work. If that is intended, say so in the commit.")
    return verdict(GOOD, "good. Nothing is slower; losses and counters are the same.")


def write_table(found: Sequence[Change]) -> None:
    """Print the changes, and hand them to the page of GitHub's workflow run, where there is one."""
    headers = ("benchmark", "of what", "before", "now", "now/before", "the commit is")
    lines = [change.line() for change in found]
    click.echo("\n" + (tabulate(lines, headers, disable_numparse=True) if lines else "Nothing has changed."))
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        text = tabulate(lines, headers, tablefmt="github", disable_numparse=True) if lines else "Nothing has changed."
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(f"### What this commit changes\n\n{text}\n")


def verdict(status: int, sentence: str) -> int:
    """Print the verdict, and return the exit status that goes with it."""
    click.echo(f"\nVerdict: {sentence}")
    return status


@click.command()
@click.argument("base", default="HEAD~1")
@click.option("--bench", multiple=True, help="Regular expression, as for asv run; may be given several times.")
@click.pass_context
def main(ctx: click.Context, base: str, bench: tuple[str, ...]) -> None:
    """Compare the speed and the results of the last commit with those of BASE, by default the one before.

    Exit status 0: as fast, and the same results; 1: other results, or a benchmark fails; 2: it could not run; 3: the
    same results, but slower or larger, which a second run of the suspects alone has confirmed, or more instructions.
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
