"""What the terminal shows of a comparison: the plan, how far it is, and what came out."""

import shlex
from collections.abc import Callable, Sequence
from math import log1p

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.harness.cell import Block, Cell, Lane
from kmedoids_bench.experiments.harness.progress import Ahead
from kmedoids_bench.experiments.own_data.comparing import Comparison
from kmedoids_bench.experiments.own_data.reading import OwnData
from kmedoids_bench.experiments.own_data.showing import bar, table
from kmedoids_bench.experiments.planning.forecast import duration
from kmedoids_bench.experiments.planning.profile import Profile
from kmedoids_bench.experiments.rows.keys import TIERS
from kmedoids_bench.experiments.studies.choice.exhibits import findings, owner_of, seconds_of

MOST_CALLS, MOST_SENTENCES = 20, 3
SHORT_BAR = 14  # characters: the table fits into 80


class Measuring:
    """A line of the terminal in place of the harness's bar: what has just been measured, and how much is left."""

    def __init__(
        self, shown: Progress, title: str, blocks: Sequence[Block], expected: Callable[[Lane, Cell], float]
    ) -> None:
        self.shown, self.lanes, self.finished = shown, sum(len(block.lanes) for block in blocks), 0
        self.ahead = Ahead(blocks, expected)
        self.task = shown.add_task(title, total=self.ahead.total)

    def __enter__(self) -> "Measuring":
        return self

    def __exit__(self, *error: object) -> None:
        self.shown.remove_task(self.task)

    def advance(self, block: Block, lane: Lane, finished: bool) -> None:
        """Note that a contender has run once more, as the harness's bar does."""
        step = self.ahead.step(block, lane, finished)
        self.finished += finished
        who = f"{title_of(lane.contender.algorithm)} of {owner_of(lane.contender.implementation)}"
        done = f"{self.finished} of {self.lanes}: {who}, k = {block.cell.k}"
        self.shown.update(self.task, advance=step, description=done)


def show_plan(console: Console, profile: Profile, seconds: float, asked: bool) -> None:
    """Say with what the data are compared, and how long that takes."""
    libraries = ", ".join(["our algorithms", *(owner_of(name) for name in profile.libraries or ())])
    grids = [grid for _, grid in profile.grids()]
    ks = ", ".join(str(k) for k in grids[0].k or ())
    console.print(f"comparing {libraries}; k = {ks}; about {duration(seconds)}", soft_wrap=True)
    if not asked and len(profile.libraries or ()) < len(references()):
        console.print("--libraries all installs the others and compares them too", style="dim")
    console.print()


def show_comparison(console: Console, data: OwnData, compared: Comparison) -> None:
    """Show the calls that are best, and recommend one."""
    ranking = compared.result.ranking
    all_finished = (ranking["finished"] == ranking["tried"]).all()
    shown = table("<algorithm", "<library", "<start", "time", "<", "loss above best", *([] if all_finished else ["<"]))
    longest = ranking["relative"].max()
    for line in ranking.head(MOST_CALLS).to_dict("records"):
        cells = [title_of(line["algorithm"]), owner_of(line["implementation"]), title_of(line["start"])]
        cells += (
            [
                seconds_of(line["seconds"]),
                bar(log1p(line["relative"]) / log1p(longest), SHORT_BAR),
                f"{100 * line['excess']:.2f} %",
            ]
            if line["relative"] > 0
            else ["", "", ""]
        )
        style = "bold green" if line["recommended"] else "" if line["good"] else "dim"
        shown.add_row(*cells, *([] if all_finished else [line["could_not"]]), style=style)
    console.print(shown)
    if len(ranking) > MOST_CALLS:
        console.print(f"... and {len(ranking) - MOST_CALLS} more on the page", style="dim")
    console.print()
    for sentence in list(findings(compared.result))[:MOST_SENTENCES]:
        console.print(Text(sentence))
    for best in ranking[ranking["recommended"] & ranking["implementation"].isin(TIERS)].to_dict("records"):
        start = f" --start {best['start']}" if algorithms()[best["algorithm"]].kind == "swap" else ""
        file = shlex.quote(str(data.path))
        call = f"kmedoids-bench cluster {file} --k K --restarts 1 --algorithm {best['algorithm']}{start}"
        console.print(f"\nto make this call:       {call}", soft_wrap=True)
    console.print(f"all tables and figures:  {compared.page}", soft_wrap=True)
