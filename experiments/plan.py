"""From a configuration to the blocks that are to be measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kmedoids_bench.algorithms.registry import algorithms
from kmedoids_bench.datasets import Matrix, datasets
from kmedoids_bench.experiments.configuration import BadConfiguration, Configuration, Grid
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Lane, Start
from kmedoids_bench.experiments.harness.source import OWN
from kmedoids_bench.experiments.registry import references, studies

# (matrix, name of the start, k, seed) -> medoids
ChooseStart = Callable[[Matrix, str, int, int | None], tuple[int, ...]]


@dataclass(frozen=True)
class Plan:
    """What is to be measured of one dataset, and which study asked for it."""

    blocks: tuple[Block, ...]  # few medoids first, so that a cut is known before more are tried
    asked: dict[str, dict[str, list[str]]]  # study -> block -> contenders


def check_names(configuration: Configuration) -> None:
    """Raise BadConfiguration if a study, dataset, start or algorithm is not registered."""
    starts = [name for name, record in algorithms().items() if record.kind == "start"]
    for study, grid in configuration.grids():
        known = {
            "study": ([study], studies()),
            "dataset": (grid.datasets, datasets()),
            "start": (grid.starts, starts),
            "k known for": (
                grid.datasets if grid.k == "known" else (),
                [name for name, record in datasets().items() if "k" in record.facts],
            ),
            "algorithm": (grid.algorithms or (), studies()[study].algorithms if study in studies() else ()),
        }
        for kind, (names, registered) in known.items():
            for name in names:
                if name not in registered:
                    raise BadConfiguration(
                        f"profile {configuration.profile}: {kind} {name!r} is not known, "
                        f"must be one of {sorted(registered)}"
                    )


def contenders(algorithm: str) -> list[Contender]:
    """Return all settings of all implementations that offer an algorithm: ours first, libraries in each order."""
    record = algorithms()[algorithm]
    ours = Contender(
        implementation=OWN,
        algorithm=algorithm,
        order="C",
        tier=record.tier,
        same_result_as=record.same_result_as or algorithm,
    )
    theirs = [
        Contender(
            implementation=reference.name,
            algorithm=algorithm,
            order=order,
            tier="library",
            same_result_as=reference.algorithms[algorithm].same_result_as,
        )
        for reference in references().values()
        if algorithm in reference.algorithms
        for order in reference.orders
    ]
    return [ours, *theirs]


def medoids_of(grid: Grid, dataset: str, n: int) -> list[int]:
    """Numbers of medoids of a grid that fit a dataset."""
    wanted = (int(datasets()[dataset].facts["k"]),) if isinstance(grid.k, str) else grid.k
    return [k for k in wanted if k <= n]


def starts_of(grid: Grid) -> list[tuple[str, int | None]]:
    """Pairs of start and seed; a start that takes no seed stands once."""
    return [
        (name, seed)
        for name in grid.starts
        for seed in (grid.seeds if algorithms()[name].seeded else (None,))
    ]


def plan(
    configuration: Configuration, dataset: str, matrix_of: Callable[[Grid], Matrix], start: ChooseStart
) -> Plan:
    """Lay out the blocks of one dataset. What several studies ask for is measured once, for the keenest of them."""
    rounds: dict[Cell, dict[Contender, int]] = {}
    asked: dict[str, dict[str, list[str]]] = {}
    for study, grid in configuration.grids(dataset):
        matrix = matrix_of(grid)
        names = [
            name for name in studies()[study].algorithms if grid.algorithms is None or name in grid.algorithms
        ]
        lanes = [contender for name in names for contender in contenders(name)]
        wanted = configuration.rounds if studies()[study].timed else 0
        for k in medoids_of(grid, dataset, matrix.n):
            for name, seed in starts_of(grid):
                cell = _cell(matrix, k, Start(name=name, seed=seed, medoids=start(matrix, name, k, seed)))
                members = rounds.setdefault(cell, {})
                for contender in lanes:
                    members[contender] = max(wanted, members.get(contender, 0))
                listed = asked.setdefault(study, {}).setdefault(cell.block, [])
                listed.extend(contender.name for contender in lanes if contender.name not in listed)
    blocks = [Block(cell, tuple(Lane(c, r) for c, r in members.items())) for cell, members in rounds.items()]
    return Plan(tuple(sorted(blocks, key=lambda block: (block.cell.n, block.cell.k))), asked)


def _cell(matrix: Matrix, k: int, start: Start) -> Cell:
    return Cell(
        dataset=matrix.dataset,
        n=matrix.n,
        k=k,
        dtype=matrix.dtype,
        metric=matrix.metric,
        matrix_sha256=matrix.sha256,
        start=start,
    )


def same_result(blocks_asked: Iterable[str]) -> dict[str, str]:
    """Contender -> the algorithm whose result it promises, for the contenders named."""
    everyone = {contender.name: contender for name in algorithms() for contender in contenders(name)}
    return {
        name: promise
        for name in set(blocks_asked)
        if name in everyone and (promise := everyone[name].same_result_as) is not None
    }
