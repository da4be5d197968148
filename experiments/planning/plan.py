"""From a configuration to the blocks that are to be measured."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import product

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import Reference, references
from kmedoids_bench.datasets import Matrix, check_metric, datasets
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Lane, Start
from kmedoids_bench.experiments.planning.configuration import BadConfiguration, Configuration, Grid
from kmedoids_bench.experiments.rows.keys import OURS, TUNED, YARDSTICK
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import Study

# (matrix, name of the start, k, seed) -> medoids
ChooseStart = Callable[[Matrix, str, int, int | None], tuple[int, ...]]


@dataclass(frozen=True)
class Plan:
    """What is to be measured of one dataset, and which study asked for it."""

    blocks: tuple[Block, ...]  # few medoids first, so that a cut is known before more are tried
    asked: dict[str, dict[str, list[str]]]  # study -> block -> contenders


def check_names(configuration: Configuration) -> None:
    """Raise BadConfiguration if a study, dataset, metric, start or algorithm is not known."""
    starts = [name for name, record in algorithms().items() if record.kind == "start"]
    for name in configuration.libraries or ():
        if name not in references():
            raise BadConfiguration(
                f"profile {configuration.profile}: library {name!r} is not known, must be one of {sorted(references())}"
            )
    for study, grid in configuration.grids():
        known = {
            "study": ([study], studies()),
            "dataset": (grid.datasets, datasets()),
            "start": (grid.starts, starts),
            "k known for": (
                grid.datasets if grid.k == "known" else (),
                [name for name, record in datasets().items() if "k" in record.facts],
            ),
            "library": (grid.libraries or (), configuration.libraries or references()),
            "algorithm": (grid.algorithms or (), studies()[study].measured if study in studies() else ()),
        }
        for kind, (names, registered) in known.items():
            for name in names:
                if name not in registered:
                    raise BadConfiguration(
                        f"profile {configuration.profile}: {kind} {name!r} is not known, "
                        f"must be one of {sorted(registered)}"
                    )
        for name in grid.datasets if grid.metric else ():
            try:
                check_metric(datasets()[name], str(grid.metric))
            except ValueError as error:
                raise BadConfiguration(f"profile {configuration.profile}: {error}") from error


def contenders(
    study: Study, algorithm: str, start: str, libraries: Collection[str] | None = None, points: bool = False
) -> list[Contender]:
    """Return all settings in which an algorithm takes part in a study's cells with this start.

    Ours first, then each library in each form in which it takes the data.

    Parameters
    ----------
    study : Study
    algorithm : str
        One of ours, or one that only libraries have.
    start : str
        Name of the start whose medoids the cell bears. Who can choose it in the same call does so as well where the
        study is about whole calls.
    libraries : collection of str, optional
        Those that take part; by default all.
    points : bool
        Our sampling algorithms also run on the points, without the matrix.
    """
    found = []
    if algorithm in study.tuned:
        found += tuned_contenders(algorithm, study.threads)
    if algorithm in study.tuned and algorithm not in study.algorithms:
        return found
    if algorithm in algorithms():
        found += [
            ours if not variant else replace(ours, parameters=tuple(variant.items()), same_result_as=None)
            for variant in study.variants.get(algorithm, ({},))
            for ours in own_contenders(algorithms()[algorithm], start if study.whole_calls else None, points)
        ]
    for reference in references().values():
        if algorithm in reference.algorithms and (libraries is None or reference.name in libraries):
            found += library_contenders(reference, algorithm, start, study)
    return found


def own_contenders(record: Algorithm, start: str | None, points: bool = False) -> list[Contender]:
    """Return our algorithm from the start medoids; with `start` also whole calls, without and with that start.

    With `points` sampling algorithms also run on the points.
    """
    phase = {"start": "start", "swap": "swap", "sampling": "total"}[record.kind]
    given = Contender(
        implementation=OURS,
        algorithm=record.name,
        order="C",
        tier=record.tier,
        phase=phase,
        takes_start=phase == "swap",
        same_result_as=record.same_result_as or record.name,
    )
    if phase == "total":
        if start is not None:  # sampling chooses its own start, at random, in every call
            given = replace(given, own_start="random")
        # The matrix was rounded, dissimilarities of points are not: nothing is promised across.
        from_points = [replace(given, order="points", same_result_as=None)] if points else []
        return [given, *from_points] if start in (None, "random") else []
    if start is None or phase == "start":
        return [given]
    whole = replace(given, phase="total")  # what libraries are compared with that cannot time their swaps apart
    return [given, whole, replace(whole, takes_start=False, own_start=start)]


def tuned_contenders(algorithm: str, threads: Collection[int]) -> list[Contender]:
    """Return our tuned form of an algorithm, from the start medoids, with each number of threads that it takes.

    Also of the yardstick, which is not an algorithm and has a name of its own.
    """
    record = algorithms("tuned").get(algorithm)
    if record is None and algorithm != YARDSTICK:
        return []
    phase = {"start": "start", "sampling": "total"}.get(record.kind, "swap") if record is not None else "swap"
    given = Contender(
        implementation=TUNED,
        algorithm=algorithm,
        order="C",
        tier="tuned",
        phase=phase,
        takes_start=phase == "swap",
        same_result_as=None if record is None else record.same_result_as,
    )
    if phase == "total":
        given = replace(given, own_start="random")
    several = record is None or record.threads
    return [replace(given, threads=number) for number in threads if number == 1 or several]


def library_contenders(reference: Reference, algorithm: str, start: str, study: Study) -> list[Contender]:
    """Return the settings in which a library offers an algorithm for cells with this start."""
    offer = reference.algorithms[algorithm]
    found = []
    for order, threads in product(reference.orders, study.threads):
        if threads not in offer.threads:
            continue
        given = Contender(
            implementation=reference.name,
            algorithm=algorithm,
            order=order,
            tier="library",
            phase=offer.phase,
            takes_start=offer.takes_start,
            threads=threads,
            # Who works on several candidates at once takes them in another order.
            same_result_as=offer.same_result_as if threads == 1 else None,
        )
        if offer.takes_start or offer.phase == "start":
            found.append(given)
        if study.whole_calls and start in offer.makes_start:
            found.append(
                replace(
                    given,
                    phase="total",
                    takes_start=False,
                    own_start=start,
                    # Its random start is another one than ours.
                    same_result_as=given.same_result_as if not algorithms()[start].seeded else None,
                )
            )
    return found


def medoids_of(grid: Grid, dataset: str, n: int) -> list[int]:
    """Numbers of medoids of a grid that fit a dataset."""
    wanted = (int(datasets()[dataset].facts["k"]),) if isinstance(grid.k, str) else grid.k
    return [k for k in wanted if k <= n]


def starts_of(grid: Grid) -> list[tuple[str, int | None]]:
    """Pairs of start and seed; a start that takes no seed stands once."""
    return [(name, seed) for name in grid.starts for seed in (grid.seeds if algorithms()[name].seeded else (None,))]


def plan(configuration: Configuration, dataset: str, matrix_of: Callable[[Grid], Matrix], start: ChooseStart) -> Plan:
    """Lay out the blocks of one dataset. What several studies ask for is measured once, for the keenest of them."""
    lanes: dict[Cell, dict[Contender, Lane]] = {}
    asked: dict[str, dict[str, list[str]]] = {}
    for study, grid in configuration.grids(dataset):
        matrix = matrix_of(grid)
        names = [name for name in studies()[study].measured if grid.algorithms is None or name in grid.algorithms]
        newer = [studies()[study].beyond[algorithm] for algorithm in names if algorithm in studies()[study].beyond]
        rounds = configuration.rounds if studies()[study].timed else 0
        libraries = configuration.libraries if grid.libraries is None else grid.libraries
        for k in medoids_of(grid, dataset, matrix.n):
            for name, seed in starts_of(grid):
                cell = _cell(matrix, k, Start(name=name, seed=seed, medoids=start(matrix, name, k, seed)))
                members = lanes.setdefault(cell, {})
                wanted = [
                    contender
                    for algorithm in [*names, *newer]
                    for contender in contenders(studies()[study], algorithm, name, libraries, grid.points)
                ]
                for contender in wanted:
                    # Libraries do not say which swaps they made.
                    facts = studies()[study].facts and contender.implementation == OURS and contender.takes_start
                    lane = Lane(contender, rounds, facts, grid.seconds)
                    members[contender] = lane.joined(members.get(contender, lane))
                listed = asked.setdefault(study, {}).setdefault(cell.block, [])
                listed.extend(contender.name for contender in wanted if contender.name not in listed)
    blocks = [Block(cell, tuple(members.values())) for cell, members in lanes.items()]
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


def everyone() -> dict[str, Contender]:
    """Return all contenders that any study may ask for, by name."""
    starts = [name for name, record in algorithms().items() if record.kind == "start"]
    return {
        contender.name: contender
        for study in studies().values()
        for algorithm in (*study.measured, *study.beyond.values())
        for start in starts
        for contender in contenders(study, algorithm, start, points=True)
    }


def same_result(known: dict[str, Contender]) -> dict[str, str]:
    """Contender -> the algorithm whose result it promises."""
    return {name: contender.same_result_as for name, contender in known.items() if contender.same_result_as is not None}
