"""Where a worker runs: on processors that it is bound to, of one NUMA node, among those that the system allows.

On a machine with many cores the system moves a process from core to core, away from its caches and from the memory of
its node. Bound, all workers with the same number of threads run on the same processors, one after the other. A batch
system, a container or `taskset` may allow a part of the machine only; no worker leaves that part.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kmedoids_bench.experiments.harness.machine import SYSTEM, told

LEAST_CORES = 4  # with fewer, too little would be left to the driver and the system


@dataclass(frozen=True)
class Place:
    """Processors, by the numbers that the system gives them."""

    processors: tuple[int, ...] = ()  # none: the system chooses
    numa_node: int | None = None  # to which all of them belong

    def columns(self) -> dict[str, str | int | None]:
        """Return what a row says of it."""
        return {"processors": in_ranges(self.processors) or None, "numa_node": self.numa_node}


ANYWHERE = Place()


def allowed() -> set[int]:
    """Return the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def place_for(threads: int, system: Path = SYSTEM) -> Place:
    """Choose processors for so many threads: cores of one NUMA node, if one has enough.

    The largest node comes first, in it the fastest cores, and of these the last, because the system itself prefers the
    first. A second processor of a core (SMT) is taken when each core has a thread. `ANYWHERE` on a machine with few
    cores, and where the system does not tell its nodes.
    """
    nodes = sorted(_nodes(system).items(), key=lambda item: -len(item[1]))
    cores = [(node, core) for node, members in nodes for core in members]
    if len(cores) < LEAST_CORES:
        return ANYWHERE
    turns = range(max(len(core) for _, core in cores))
    taken = [(node, core[turn]) for turn in turns for node, core in cores if turn < len(core)][:threads]
    used = {node for node, _ in taken}
    return Place(tuple(sorted(processor for _, processor in taken)), used.pop() if len(used) == 1 else None)


def _nodes(system: Path) -> dict[int, list[list[int]]]:
    """Return the cores of each NUMA node, the best first, and of each core its processors that are allowed."""
    usable, nodes = allowed(), {}
    for node in sorted(int(path.name.removeprefix("node")) for path in (system / "node").glob("node[0-9]*")):
        cores: dict[int, list[int]] = {}
        for processor in numbers(told(f"node/node{node}/cpulist", system)):
            if processor in usable:
                siblings = numbers(told(f"cpu/cpu{processor}/topology/thread_siblings_list", system))
                cores.setdefault(min(siblings, default=processor), []).append(processor)
        nodes[node] = sorted(cores.values(), key=lambda core: (_speed(core[0], system), core[0]), reverse=True)
    return nodes


def _speed(processor: int, system: Path) -> int:
    return int(told(f"cpu/cpu{processor}/cpufreq/cpuinfo_max_freq", system) or 0)


def bind(pid: int, place: Place) -> Place:
    """Bind a process that has no threads yet; return where it is bound, `ANYWHERE` if the system refuses."""
    if place.processors:
        with suppress(OSError, AttributeError):  # not on all systems
            os.sched_setaffinity(pid, place.processors)
            return place
    return ANYWHERE


def numbers(text: str) -> list[int]:
    """Read numbers as Linux lists them.

    >>> numbers("0-2,8")
    [0, 1, 2, 8]
    """
    ends = [part.partition("-") for part in text.split(",") if part]
    return [number for first, _, last in ends for number in range(int(first), int(last or first) + 1)]


def in_ranges(ordered: Iterable[int]) -> str:
    """Write numbers as Linux lists them.

    >>> in_ranges([0, 1, 2, 8])
    '0-2,8'
    """
    runs = [[number for _, number in run] for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
