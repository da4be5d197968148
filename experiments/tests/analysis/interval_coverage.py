"""Simulate how often the intervals hold the truth: `python experiments/tests/analysis/interval_coverage.py`.

Times of two contenders are drawn in the designs that the profiles measure, with a known ratio: normal noise, skewed
noise (interruptions), outliers, noise that depends on the run before; with and without an effect of the process and the
start. Of seeds there are losses with skewed differences. 95 % is what the intervals promise.
"""

from collections.abc import Iterable, Iterator

import click
import numpy as np
from tabulate import tabulate

from kmedoids_bench.experiments.analysis.intervals import Statistic, first, of_means, slope_over

JITTER = 0.03  # standard deviation of a log time, of a call of 70 ms on a shared machine
KS = (10, 20, 50, 100, 200)
DESIGNS = ((3, 2), (5, 2), (5, 1))  # series, rounds in each: of the profile quick, of paper, of its longest calls
SEEDS = (9, 12, 25, 40)  # over as many starts the paper profile has means
STATISTICS: dict[str, Statistic] = {
    "ratio": first,
    "geometric mean over k": lambda means: means.mean(axis=0),
    "slope over k": slope_over(KS),
    "growth from k = 100 to 200": lambda means: means[-1] - means[-2],
    "largest over smallest": lambda means: means.max(axis=0) - means.min(axis=0),
}
# The truth of the last one: ratios that differ as they do over k, not all the same.
TRUTH = np.log(np.array([3.0, 5.0, 12.0, 30.0, 70.0]))


def noise(kind: str, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw noise of one contender with a standard deviation of about 1; the last axis is the order of the runs."""
    if kind == "skewed":
        return rng.exponential(size=shape)
    normal = rng.normal(size=shape)
    if kind == "outliers":
        return normal + (rng.random(shape) < 0.1) * rng.exponential(5, size=shape)
    if kind == "autocorrelated":
        for run in range(1, shape[-1]):
            normal[..., run] = 0.3 * normal[..., run - 1] + np.sqrt(1 - 0.3**2) * normal[..., run]
    return normal


def coverage(
    kind: str, process: bool, series: int, rounds: int, repeats: int, seed: int
) -> Iterator[tuple[str, float]]:
    """Return, for each statistic of ratios, the share of simulated runs whose interval holds the truth."""
    rng = np.random.default_rng(seed)
    shape = (repeats, series, len(KS), rounds)
    logs = noise(kind, shape, rng) - noise(kind, shape, rng)
    if process:  # of the two processes of a series, and of the start at each k
        logs += rng.normal(size=(repeats, series, 1, 1)) + rng.normal(size=(repeats, series, len(KS), 1))
    centres = TRUTH + JITTER * np.median(logs, axis=-1)
    for name, statistic in STATISTICS.items():
        truth = statistic(TRUTH[:, None])[0]
        yield name, _share(truth, ([run[:, k] for k in range(len(KS))] for run in centres), statistic)


def coverage_of_seeds(seeds: int, repeats: int, seed: int) -> float:
    """Return the share of simulated means of skewed differences, one for each seed, whose interval holds the truth."""
    rng = np.random.default_rng(seed)
    return _share(1.0, ([sample] for sample in rng.gamma(4, 0.25, size=(repeats, seeds))), first)


def _share(truth: float, runs: Iterable[list[np.ndarray]], statistic: Statistic) -> float:
    ends = [(one.low, one.high) for one in (of_means(samples, statistic)[1] for samples in runs)]
    low, high = np.array(ends, np.float64).T
    return float(np.mean((low <= truth) & (truth <= high)))


@click.command()
@click.option("--repeats", default=10_000, show_default=True, help="Simulated runs of each kind.")
def main(repeats: int) -> None:
    """Simulate how often the intervals of the report hold the truth; 95 % is what they promise."""
    lines = []
    for kind in ("normal", "skewed", "outliers", "autocorrelated"):
        for process in (False, True):
            for series, rounds in DESIGNS:
                shares = dict(coverage(kind, process, series, rounds, repeats, seed=1))
                design = f"{series} series, {rounds} rounds"
                lines.append(
                    [kind, "yes" if process else "no", design, *(f"{100 * one:.1f}" for one in shares.values())]
                )
    headers = ["noise", "process effect", "design", *(f"{name} (%)" for name in STATISTICS)]
    click.echo(tabulate(lines, headers=headers, disable_numparse=True))
    click.echo()
    for seeds in SEEDS:
        click.echo(f"mean of {seeds} seeds, skewed: {100 * coverage_of_seeds(seeds, repeats, seed=1):.1f} %")


if __name__ == "__main__":
    main()
