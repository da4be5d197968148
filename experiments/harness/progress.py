"""The progress bar of a dataset. It counts expected seconds, not runs, so that it can tell how much time is left."""

import sys
from collections.abc import Callable, Sequence

from tqdm import tqdm

from kmedoids_bench.experiments.harness.cell import Block, Cell, Lane

BAR = "{desc} {percentage:3.0f} % |{bar:30}| {elapsed} gone, about {remaining} left"


class Progress(tqdm):
    """A bar for some blocks; `expected` returns the seconds that a lane is expected to take in a cell."""

    def __init__(self, title: str, blocks: Sequence[Block], expected: Callable[[Lane, Cell], float]) -> None:
        self.ahead = {(block, lane): expected(lane, block.cell) for block in blocks for lane in block.lanes}
        # A log gets a line now and then, a terminal a moving bar.
        interval = 0.2 if sys.stderr.isatty() else 20.0
        super().__init__(total=sum(self.ahead.values()), desc=title, bar_format=BAR, mininterval=interval, smoothing=0)

    def advance(self, block: Block, lane: Lane, finished: bool) -> None:
        """Note that a contender has run once more; when its lane is finished, the rest of it is done as well."""
        step = self.ahead[block, lane] if finished else self.ahead[block, lane] / max(2, lane.rounds)
        self.ahead[block, lane] -= step
        self.update(min(step, self.total - self.n))  # never beyond full, by rounding
