"""Measures all that a plan asks of one dataset, with progress; picks up where an earlier run was ended."""

import sys
from collections.abc import Callable, Mapping, Sequence

from tqdm import tqdm

from kmedoids_bench.experiments.harness.block import BlockRunner, Budget
from kmedoids_bench.experiments.harness.cell import Block, Cell, Data, Lane
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers.pool import Workers

BAR = "{desc} {percentage:3.0f} % |{bar:30}| {elapsed} gone, about {remaining} left"


def measure(
    title: str,
    blocks: Sequence[Block],
    store: Store,
    files: Mapping[str, Data],
    workers: Workers,
    budget: Budget,
    expected: Callable[[Lane, Cell], float],
) -> dict[str, float]:
    """Measure what is missing of the blocks and append it to the store.

    Parameters
    ----------
    title : str
        For the progress bar.
    blocks : sequence of Block
        In the order in which they are measured.
    store : Store
    files : mapping of str to Data
        sha256 of each block's matrix to the files of its objects.
    workers : Workers
    budget : Budget
    expected : callable
        How many seconds a lane is expected to take in a cell, for the progress bar.

    Returns
    -------
    dict of str to float
        Where the time went, in seconds.
    """
    with Progress(title, blocks, expected) as progress:
        runner = BlockRunner(workers, Recorder(store, files), budget, progress.advance)
        for block in blocks:
            runner.run(block)
    return runner.stopwatch.seconds


class Progress:
    """A bar that advances by the time each run was expected to take, so that what is left can be told."""

    def __init__(self, title: str, blocks: Sequence[Block], expected: Callable[[Lane, Cell], float]) -> None:
        self.left = {
            (block.cell.block, lane.contender.name): expected(lane, block.cell)
            for block in blocks
            for lane in block.lanes
        }
        # A log gets a line now and then, a terminal a moving bar.
        interval = 0.2 if sys.stderr.isatty() else 20.0
        self.bar = tqdm(total=sum(self.left.values()), desc=title, bar_format=BAR, mininterval=interval, smoothing=0)

    def advance(self, block: Block, lane: Lane, finished: bool) -> None:
        """Note that a contender has run once more; when its lane is finished, the rest of it is done as well."""
        key = block.cell.block, lane.contender.name
        step = self.left[key] if finished else self.left[key] / max(2, lane.rounds)
        self.left[key] -= step
        self.bar.update(min(step, self.bar.total - self.bar.n))  # never beyond full, by rounding

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()
