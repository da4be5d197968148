"""The progress bar of a dataset. It counts expected seconds, not runs, so that it can tell how much time is left."""

import sys
from collections.abc import Callable, Sequence

from tqdm import tqdm

from kmedoids_bench.experiments.harness.cell import Block, Cell, Lane

BAR = "{desc} {percentage:3.0f} % |{bar:30}| {elapsed} gone, about {remaining} left"


class Ahead:
    """The seconds that lie ahead; `expected` returns those that a lane is expected to take in a cell."""

    def __init__(self, blocks: Sequence[Block], expected: Callable[[Lane, Cell], float]) -> None:
        self.seconds = {(block, lane): expected(lane, block.cell) for block in blocks for lane in block.lanes}
        self.total = sum(self.seconds.values())

    def step(self, block: Block, lane: Lane, finished: bool) -> float:
        """Take off, and return, what one more run of a lane stands for; at its end that is all the rest."""
        step = self.seconds[block, lane] if finished else self.seconds[block, lane] / max(2, lane.rounds)
        self.seconds[block, lane] -= step
        return step


class Progress(tqdm):
    """A bar for some blocks, of the seconds that they are expected to take."""

    def __init__(self, title: str, blocks: Sequence[Block], expected: Callable[[Lane, Cell], float]) -> None:
        self.ahead = Ahead(blocks, expected)
        # A log gets a line now and then, a terminal a moving bar.
        interval = 0.2 if sys.stderr.isatty() else 20.0
        super().__init__(total=self.ahead.total, desc=title, bar_format=BAR, mininterval=interval, smoothing=0)

    def advance(self, block: Block, lane: Lane, finished: bool) -> None:
        """Note that a contender has run once more; when its lane is finished, the rest of it is done as well."""
        step = self.ahead.step(block, lane, finished)
        self.update(min(step, self.total - self.n))  # never beyond full, by rounding
