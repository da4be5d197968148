"""What a profile takes: cells, runs, time, memory and disk. `make plan` prints it before anything is measured.

No start medoids are chosen and nothing is downloaded: only the numbers of objects, medoids and rounds count. The time
is that of the machine of the published runs, within the limits of the profile; see `cost`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tabulate import tabulate

from kmedoids_bench.datasets import Matrix, datasets
from kmedoids_bench.experiments.harness.block import line_of
from kmedoids_bench.experiments.harness.cell import Block, Cell, Lane
from kmedoids_bench.experiments.harness.cost import expected_call, expected_seconds
from kmedoids_bench.experiments.planning.plan import plan
from kmedoids_bench.experiments.planning.profile import Profile


@dataclass(frozen=True)
class Forecast:
    """What the measurements of one dataset take, at most."""

    dataset: str
    n: int  # objects of the largest cell
    cells: int
    runs: int
    seconds: float
    matrix_bytes: int  # of the largest matrix, which each worker maps
    disk_bytes: int  # of all its matrices


def forecast(profile: Profile) -> list[Forecast]:
    """Estimate what each dataset of a profile takes, the longest first."""
    return sorted((_of_dataset(profile, name) for name in profile.datasets), key=lambda line: -line.seconds)


def blocks_of(profile: Profile, name: str) -> tuple[Block, ...]:
    """Lay out the cells of a dataset on matrices that need not be there."""
    record, imagined = datasets()[name], {}
    for one in profile.matrices(name):
        n, metric = one.n or record.n, one.metric or record.metric
        identity = f"{n} {metric} {one.dtype} {one.points_alone}"
        imagined[one] = Matrix(Path(), identity, n, one.dtype, metric, name, seconds=0.0, reused=True)
    return plan(profile, name, imagined, lambda *_: ()).blocks


def _of_dataset(profile: Profile, name: str) -> Forecast:
    blocks = blocks_of(profile, name)
    limit, budget = profile.limits.call_seconds, profile.repetitions.seconds
    lanes = list(_tried(blocks, limit))
    record = datasets()[name]
    wanted = [one for one in profile.matrices(name) if not one.points_alone]
    matrices = {(one.n or record.n, one.metric or record.metric, one.dtype) for one in wanted}
    sizes = [n * n * np.dtype(dtype).itemsize for n, _, dtype in matrices]
    return Forecast(
        dataset=name,
        n=max((block.cell.n for block in blocks), default=0),
        cells=len(blocks),
        runs=sum(max(1, lane.rounds) for _, lane in lanes),
        seconds=sum(expected_seconds(lane, cell, limit, budget) for cell, lane in lanes),
        matrix_bytes=max(sizes, default=0),
        disk_bytes=sum(sizes),
    )


def _tried(blocks: Iterable[Block], limit: float) -> Iterator[tuple[Cell, Lane]]:
    """Yield what is tried: not what was cut at `limit` seconds with fewer medoids already."""
    cut: dict[tuple, int] = {}
    for block in blocks:
        for lane in block.lanes:
            line = line_of(block.cell, lane.contender)
            if block.cell.k <= cut.get(line, block.cell.k):
                yield block.cell, lane
                if expected_call(lane.contender, block.cell) > limit:
                    cut[line] = block.cell.k


def forecast_text(profile: Profile) -> str:
    """Write the forecast as a table for people."""
    lines = forecast(profile)
    texts = [
        (one.dataset, f"{one.n:,}", f"{one.cells:,}", f"{one.runs:,}", duration(one.seconds), size(one.disk_bytes))
        for one in lines
    ]
    table = tabulate(
        texts,
        headers=("dataset", "largest n", "cells", "runs", "time", "matrices on disk"),
        colalign=("left", *["right"] * 5),
        disable_numparse=True,
    )
    largest = max((one.matrix_bytes for one in lines), default=0)
    return (
        f"{profile.name}: {profile.title}\n\n{table}\n\n"
        f"In all about {duration(sum(one.seconds for one in lines))} for {sum(one.cells for one in lines):,} cells and "
        f"at most {sum(one.runs for one in lines):,} runs. What has been measured already is not measured again.\n"
        f"The matrices take {size(sum(one.disk_bytes for one in lines))} of disk. A worker maps up to {size(largest)} "
        f"and may use {size(profile.limits.memory_bytes)} of memory in all.\n"
    )


def duration(seconds: float) -> str:
    """Write "45 s", "12 min", "3.4 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def size(number: float) -> str:
    """Write "12 MB", "3.6 GB"."""
    return f"{number / 1e6:.0f} MB" if number < 1e9 else f"{number / 1e9:.1f} GB"
