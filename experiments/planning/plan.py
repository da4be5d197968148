"""From a profile to the blocks that are measured."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.datasets import Matrix, datasets
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Lane, Start
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.planning.profile import Grid, MatrixRequest, Profile
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies import studies

# (matrix, name of the start, k, seed) -> medoids
ChooseStart = Callable[[Matrix, str, int, int | None], tuple[int, ...]]


@dataclass(frozen=True)
class Plan:
    """What is measured of one dataset, and which study needs it."""

    blocks: tuple[Block, ...]  # series after series, in each few medoids first: a cut is known before more are tried
    requested: dict[str, dict[str, list[str]]]  # study -> block -> contenders


def plan(profile: Profile, dataset: str, matrices: Mapping[MatrixRequest, Matrix], choose: ChooseStart) -> Plan:
    """Lay out the blocks of one dataset.

    What several studies need is measured once, as often and for as long as the most demanding of them needs.
    """
    lanes: dict[tuple[int, Cell], dict[Contender, Lane]] = {}
    requested: dict[str, dict[str, list[str]]] = {}
    for name, grid in profile.grids(dataset):
        study = studies()[name]
        rounds = (grid.rounds or profile.repetitions.rounds) if study.timed else 0
        libraries = profile.libraries if grid.libraries is None else grid.libraries
        number = (grid.series or profile.repetitions.series) if study.timed else 1
        chosen = [one for one in study.measured if grid.algorithms is None or one in grid.algorithms]
        beside = [study.beyond[one] for one in chosen if one in study.beyond]  # not in the papers
        for cell in _cells(grid, dataset, matrices, choose, grid.seeds or range(number)):
            # A start with a seed is measured in one series, so that series also differ in seed.
            seed, series_in_all = cell.start.seed, profile.repetitions.series
            all_series = range(number) if seed is None else [seed % series_in_all]
            of_block = requested.setdefault(name, {}).setdefault(cell.block, [])
            for algorithm in (*chosen, *beside):
                for contender in contenders(study, algorithm, cell.start.name, libraries, grid.points, grid.matrix):
                    # The swaps of libraries are not known.
                    facts = study.facts and contender.implementation == OURS and contender.takes_start
                    for series in all_series:
                        lane = Lane(contender, rounds, facts and series == all_series[0], grid.seconds)
                        of_cell = lanes.setdefault((series, cell), {})
                        of_cell[contender] = lane.joined(of_cell.get(contender, lane))
                    if contender.name not in of_block:
                        of_block.append(contender.name)
    blocks = [Block(cell, tuple(of_cell.values()), series) for (series, cell), of_cell in lanes.items()]
    return Plan(tuple(sorted(blocks, key=lambda block: (block.series, block.cell.n, block.cell.k))), requested)


def _cells(
    grid: Grid, dataset: str, matrices: Mapping[MatrixRequest, Matrix], choose: ChooseStart, seeds: Iterable[int]
) -> Iterator[Cell]:
    numbers = [int(datasets()[dataset].facts["k"])] if grid.k is None else grid.k
    starts = [(name, seed) for name in grid.starts for seed in (seeds if algorithms()[name].seeded else [None])]
    for request in grid.matrices:
        matrix = matrices[request]
        for k in (number for number in numbers if number <= matrix.n):
            for name, seed in starts:
                medoids = () if request.points_alone else choose(matrix, name, k, seed)
                start = Start(name=name, seed=seed, medoids=medoids)
                yield cell_of(matrix, k, start)


def cell_of(matrix: Matrix, k: int, start: Start) -> Cell:
    """Return the cell of a matrix, a number of medoids and a start."""
    same = {name: getattr(matrix, name) for name in ("dataset", "n", "dtype", "metric")}
    return Cell(**same, k=k, matrix_sha256=matrix.sha256, start=start)
