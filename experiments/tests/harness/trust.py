"""Measure the instrument with itself: what `make trust` runs, a proof of the harness as a whole.

The harness measures one kernel against itself, in processes of their own, and against copies of it that are slower by
2, 5 and 10 %. How often does an interval call equal kernels different, and how often does it find a slowdown? Calls of
three lengths are measured in cells of several start medoids. All cells of a repetition share the series of fresh
processes, as the cells of a profile do.
"""

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import pandas as pd
import psutil
from tabulate import tabulate

from kmedoids_bench.datasets import datasets, write_matrix
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.intervals import SERIES_NEEDED
from kmedoids_bench.experiments.harness.block import BlockRunner, Budget
from kmedoids_bench.experiments.harness.cell import Block, Contender, Data, Lane, Start
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.source import cache_environment
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers.pool import Workers
from kmedoids_bench.experiments.harness.workers.process import Limits, WorkerProcess, python_worker
from kmedoids_bench.experiments.planning.plan import cell_of
from kmedoids_bench.experiments.report.outputs import TEMPLATES
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.rows.reading import read_rows
from kmedoids_bench.experiments.studies.self_check.analysis import of_copies

ADAPTER = Path(__file__).with_name("planted_adapter.py")
PLANTED = (1.0, 1.02, 1.05, 1.1)  # factors; 1 is the copy
MEMORY = 4 * 2**30


@dataclass(frozen=True)
class Length:
    """Calls of about one length: an algorithm on the digits."""

    name: str
    algorithm: str
    n: int
    k: int


LENGTHS = (Length("short", "fasterpam", 600, 10), Length("middle", "fastpam1", 1200, 5), Length("long", "pam", 1797, 5))

BY_NAME = {length.name: length for length in LENGTHS}


def contender(length: Length, slower: float | None) -> Contender:
    """Return the original (None), or a copy in a process of its own that is slower by a factor."""
    return Contender(
        implementation=OURS,
        algorithm=length.algorithm,
        order="C",
        tier="plain",
        copy=slower is not None,
        parameters=() if slower is None else (("slower", slower),),
    )


@dataclass(frozen=True)
class Design:
    """What is measured in a repetition: the calls, how many cells of each, in how many series and rounds."""

    lengths: tuple[Length, ...] = LENGTHS
    planted: tuple[float, ...] = PLANTED
    cells: int = 10
    series: int = SERIES_NEEDED
    rounds: int = 2


class PlantedWorkers(Workers):
    """Workers with the adapter that can be slowed down, one for each contender."""

    def key(self, contender: Contender) -> str:
        """Give every contender a process of its own."""
        return f"{super().key(contender)}-{contender.setting or 'original'}"

    def new(self, contender: Contender, log: Path) -> WorkerProcess:
        """Start the worker with the planted adapter."""
        return WorkerProcess(python_worker(ADAPTER), log, cache_environment())


def measure(folder: Path, matrices: Path, repetition: int, design: Design) -> Path:
    """Measure the cells of every length in all series; return the file of the rows.

    Start medoids are drawn anew in every repetition, so that no two blocks are the same.
    """
    rng = np.random.default_rng(repetition)
    files, blocks = {}, []
    for length in design.lengths:
        matrix = write_matrix(datasets()["digits"], matrices, n=length.n, metric=None, dtype="float32")
        files[matrix.sha256] = Data(matrix.path)
        lanes = tuple(Lane(contender(length, slower), design.rounds) for slower in (None, *design.planted))
        for number in range(design.cells):
            medoids = tuple(rng.choice(length.n, length.k, replace=False).tolist())
            start = Start(name="random", seed=repetition * design.cells + number, medoids=medoids)
            blocks.append((cell_of(matrix, length.k, start), lanes))
    path = folder / f"{repetition}.jsonl"
    with closing(PlantedWorkers(folder, MEMORY)) as workers, Store(path) as rows:
        runner = BlockRunner(workers, Recorder(rows, files), Budget(math.inf, Limits(60.0, MEMORY)))
        for series in range(design.series):
            workers.close()
            for cell, lanes in blocks:
                runner.run(Block(cell, lanes, series))
    return path


def ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """Compute the ratio of every copy to its original, in every block and by both clocks.

    The frame has ``clock``, ``algorithm``, ``n``, ``planted`` (factor), ``seconds`` (median of the original),
    ``estimate``, ``low`` and ``high``.
    """
    lines = []
    for block, group in rows.assign(wall_seconds=rows["seconds"]).groupby("block"):
        slower = {str(row["contender"]): row["parameters"].get("slower") for row in group.to_dict("records")}
        (first,) = [name for name, factor in slower.items() if factor is None]
        facts = {"block": block, "algorithm": group["algorithm"].iloc[0], "n": int(group["n"].iloc[0])}
        copies = of_copies(group, {name: first for name, factor in slower.items() if factor})
        lines += [facts | line | {"planted": slower[line["contender"]]} for line in copies]
    columns = ["clock", "block", "algorithm", "n", "planted", "seconds", "estimate"]
    return frame_of(lines, columns, ["low", "high"]).dropna()


def summary(ratios: pd.DataFrame) -> pd.DataFrame:
    """Count the intervals that exclude 1, by clock, length and planted factor.

    ``called`` is the share in percent: false alarms where nothing was planted, else how often it was found. ``reach``
    is how far an interval around 1 goes to both sides in percent, in the median.
    """
    different = (ratios["low"] > 1) | (ratios["high"] < 1)
    table = ratios.assign(different=100.0 * different, reach=100 * (np.sqrt(ratios["high"] / ratios["low"]) - 1))
    order = {length.algorithm: number for number, length in enumerate(LENGTHS)}
    table = table.assign(length=table["algorithm"].map(order))
    return (
        table.groupby(["clock", "length", "planted"])
        .agg(
            milliseconds=("seconds", lambda seconds: 1000 * seconds.median()),
            blocks=("block", "size"),
            estimate=("estimate", "median"),
            called=("different", "mean"),
            reach=("reach", "median"),
        )
        .reset_index()
    )


@contextmanager
def competing(processes: int) -> Iterator[None]:
    """Keep so many processes busy beside the measurement."""
    with ExitStack() as stack:
        for _ in range(processes):
            busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(busy.wait)
            stack.callback(busy.kill)
        yield


COLUMNS = ("call (ms)", "planted slowdown (%)", "blocks", "median ratio", "called different (%)", "reach (± %)")


def tables(summary: pd.DataFrame) -> dict[str, list[tuple[str, ...]]]:
    """Return the lines to show, in `COLUMNS`, by clock."""
    lines = {clock: [] for clock in summary["clock"].unique()}
    for line in summary.to_dict("records"):
        lines[line["clock"]].append(
            (
                f"{line['milliseconds']:.3g}",
                f"{100 * line['planted'] - 100:.0f}",
                str(line["blocks"]),
                f"{line['estimate']:.3f}",
                f"{line['called']:.1f}",
                f"{line['reach']:.1f}",
            )
        )
    return lines


def findings(summary: pd.DataFrame) -> list[str]:
    """Say for each clock how often equal kernels were called different, and how often each slowdown was found."""
    sentences = []
    for clock, lines in summary.groupby("clock", sort=False):
        parts = []
        for planted, group in lines.groupby("planted"):
            blocks = int(group["blocks"].sum())
            share = float((group["called"] * group["blocks"]).sum() / blocks)
            what = "false alarms in" if planted == 1 else f"{100 * planted - 100:.0f} % slower found in"
            parts.append(f"{what} {share * blocks / 100:.0f} of {blocks} blocks ({share:.1f} %)")
        sentences.append(f"{str(clock).capitalize()}: {', '.join(parts)}.")
    return sentences


@click.command()
@click.option("--repetitions", default=3, show_default=True, help="Each has worker processes of its own.")
@click.option("--cells", default=10, show_default=True, help="Of each call length, in each repetition.")
@click.option("--series", default=SERIES_NEEDED, show_default=True, help="Of a cell, each in fresh processes.")
@click.option("--rounds", default=2, show_default=True, help="Of a series.")
@click.option("--planted", multiple=True, default=PLANTED, show_default=True, help="Factors; 1 plants nothing.")
@click.option("--length", multiple=True, default=list(BY_NAME), show_default=True, type=click.Choice(list(BY_NAME)))
@click.option("--busy", default=0, show_default=True, help="Processes that compute beside the measurement.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("results/trust.html"))
def main(repetitions: int, length: Sequence[str], planted: tuple[float, ...], busy: int, out: Path, **counts) -> None:
    """Measure the instrument with itself: false alarms, and slowdowns that it finds. Writes a page."""
    design = Design(tuple(BY_NAME[name] for name in length), planted, **counts)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, competing(busy):
        folder = Path(name)
        loads, paths = [], []
        for repetition in range(repetitions):
            click.echo(f"repetition {repetition + 1} of {repetitions}", err=True)
            paths.append(measure(folder, folder / "matrices", repetition, design))
            loads.append(psutil.getloadavg()[0])
        table = summary(ratios(read_rows(paths)))
    for clock, lines in tables(table).items():
        click.echo(f"\n{clock}\n{tabulate(lines, COLUMNS, disable_numparse=True)}")
    click.echo("\n" + "\n".join(findings(table)))
    page = TEMPLATES.get_template("trust.html.j2").render(
        columns=COLUMNS,
        tables=tables(table),
        findings=findings(table),
        design=design,
        blocks=repetitions * design.cells,
        busy=busy,
        load=float(np.median(loads)),
        minutes=(time.monotonic() - began) / 60,
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, page)
    click.echo(f"page: {out}")


if __name__ == "__main__":
    main()
