"""What a profile will cost before it starts: cells, runs, time, memory and disk. `make plan` prints it.

Start medoids are not chosen and nothing is fetched: only the numbers of objects, medoids and rounds count. The time is
an estimate from orders of magnitude, within the profile's own limits; see `harness.cost`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tabulate import tabulate

from kmedoids_bench.datasets import Matrix, datasets
from kmedoids_bench.experiments.harness.cost import expected_seconds
from kmedoids_bench.experiments.planning.configuration import Configuration, Grid
from kmedoids_bench.experiments.planning.plan import plan


@dataclass(frozen=True)
class Forecast:
    """What the measurements of one dataset will take, at most."""

    dataset: str
    n: int  # objects of the largest matrix
    cells: int
    runs: int
    seconds: float
    matrix_bytes: int  # of the largest matrix: each worker maps it
    disk_bytes: int  # of all its matrices


def forecast(configuration: Configuration) -> list[Forecast]:
    """Estimate what each dataset of a profile costs, the dearest first."""
    found = [_of_dataset(configuration, name) for name in configuration.datasets]
    return sorted(found, key=lambda one: -one.seconds)


def _of_dataset(configuration: Configuration, name: str) -> Forecast:
    planned = plan(configuration, name, lambda grid: _imagined(grid, name), lambda *_: ())
    lanes = [(block.cell, lane) for block in planned.blocks for lane in block.lanes]
    seconds = [expected_seconds(lane, cell, configuration.call_seconds, configuration.seconds) for cell, lane in lanes]
    matrices = {(block.cell.n, block.cell.metric, block.cell.dtype) for block in planned.blocks}
    sizes = [n * n * np.dtype(dtype).itemsize for n, _, dtype in matrices]
    return Forecast(
        dataset=name,
        n=max((n for n, *_ in matrices), default=0),
        cells=len(planned.blocks),
        runs=sum(max(1, lane.rounds) for _, lane in lanes),
        seconds=sum(seconds),
        matrix_bytes=max(sizes, default=0),
        disk_bytes=sum(sizes),
    )


def _imagined(grid: Grid, name: str) -> Matrix:
    """Return the matrix a grid asks for, as if it were there."""
    record = datasets()[name]
    n = record.n if grid.n is None else min(grid.n, record.n)
    metric = grid.metric or record.metric
    return Matrix(
        path=Path(),
        sha256=f"{n} {metric} {grid.dtype}",
        n=n,
        dtype=grid.dtype,
        metric=metric,
        dataset=name,
        seconds=0.0,
        reused=True,
    )


def forecast_text(configuration: Configuration) -> str:
    """Write the forecast as a table for people."""
    found = forecast(configuration)
    lines = [
        (one.dataset, f"{one.n:,}", f"{one.cells:,}", f"{one.runs:,}", duration(one.seconds), size(one.disk_bytes))
        for one in found
    ]
    table = tabulate(
        lines,
        headers=("dataset", "largest n", "cells", "runs", "time", "matrices on disk"),
        colalign=("left", *["right"] * 5),
        disable_numparse=True,
    )
    total = sum(one.seconds for one in found)
    largest = max((one.matrix_bytes for one in found), default=0)
    return (
        f"{configuration.profile}: {configuration.title}\n\n{table}\n\n"
        f"together about {duration(total)}, {sum(one.cells for one in found):,} cells, "
        f"{sum(one.runs for one in found):,} runs at most; what is measured already is not measured again.\n"
        f"Matrices take {size(sum(one.disk_bytes for one in found))} of disk; a worker maps up to {size(largest)} and "
        f"may take {size(configuration.memory_bytes)} in all.\n"
    )


def duration(seconds: float) -> str:
    """Write "45 s", "12 min", "3.4 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def size(number: float) -> str:
    """Write "12 MB", "3.6 GB"."""
    return f"{number / 1e6:.0f} MB" if number < 1e9 else f"{number / 1e9:.1f} GB"
