"""What is fixed before anything runs: a cell, the contenders that run in it, and the block that interleaves them."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kmedoids_bench.experiments.rows.names import COPY, contender_name

GIVEN = "given"  # in a request, in place of the name of a start: a whole call from the given start medoids


@dataclass(frozen=True, kw_only=True)
class Start:
    """How the start medoids were chosen, and which they are."""

    name: str  # a registered start: "build", "random"
    seed: int | None  # None for a start that needs none
    medoids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The problem that all contenders of a block solve."""

    dataset: str
    n: int
    k: int
    dtype: str
    metric: str
    matrix_sha256: str  # of the file of points where there is no matrix
    start: Start

    @property
    def block(self) -> str:
        """Identity of the cell, the matrix and the start medoids included: 16 hex digits."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def __str__(self) -> str:
        seed = "" if self.start.seed is None else f" seed {self.start.seed}"
        return f"{self.dataset} n={self.n} {self.dtype} k={self.k} {self.start.name}{seed}"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One implementation of one algorithm at one setting.

    The memory order is part of it: some libraries are several times faster in one than in the other.
    """

    implementation: str  # "kmedoids_bench" or the name of a reference library
    algorithm: str
    order: str  # the data: matrix in "C" or "F" order, R's "dist", or "points"
    tier: str  # "plain", "tuned", "gpu" or "library"
    phase: str = "swap"  # what a call does: "start", "swap", or "total"; times of two phases are never compared
    takes_start: bool = True  # runs from the start medoids of the cell
    own_start: str = ""  # chooses its start itself, in the same call: the name of the start
    threads: int = 1
    copy: bool = False  # the same once more, in a process of its own: how much do equal contenders differ?
    parameters: tuple[tuple[str, object], ...] = ()  # other than its defaults
    same_result_as: str | None = field(default=None, compare=False)  # the algorithm whose result it promises
    chooses_k: bool = field(default=False, compare=False)  # k of the cell is the most medoids that it may return

    @property
    def name(self) -> str:
        """Its name, see `rows.names`; unique within a block."""
        details = [self.setting] if self.setting else []
        details += [f"own {self.own_start}"] if self.own_start else []
        details += ["whole call"] if self.whole_call else []
        details += [f"{self.threads} threads"] if self.threads != 1 else []
        details += [COPY] if self.copy else []
        return contender_name(self.implementation, self.algorithm, self.order, details)

    @property
    def whole_call(self) -> bool:
        """From given start medoids, but with all that the library does around its swaps."""
        return self.phase == "total" and self.takes_start

    @property
    def setting(self) -> str:
        """Parameters as a text, empty for the defaults."""
        return ", ".join(f"{key}={value}" for key, value in self.parameters)


@dataclass(frozen=True)
class Data:
    """Where the objects of a cell are on disk."""

    matrix: Path | None  # None where it would be too large
    points: Path | None = None  # None for objects without coordinates
    metric: str = ""
    matrix_seconds: float | None = None  # that computing and writing the matrix took

    @property
    def objects(self) -> Path:
        """The file that results are checked against."""
        path = self.matrix or self.points
        if path is None:
            raise ValueError("neither a matrix nor points")
        return path


@dataclass(frozen=True)
class Lane:
    """A contender's place in a block."""

    contender: Contender
    rounds: int  # timed runs; 0: only its result is needed
    facts: bool = False  # one run is also checked swap by swap, see `swap_checks`
    seconds: float = 0.0  # for its timed runs together, where that is more than the profile allows every lane

    def joined(self, other: "Lane") -> "Lane":
        """Return the lane that does what either of the two requires."""
        rounds, seconds = max(self.rounds, other.rounds), max(self.seconds, other.seconds)
        return Lane(self.contender, rounds, self.facts or other.facts, seconds)


@dataclass(frozen=True)
class Block:
    """A cell and the contenders whose runs are interleaved in it. Any two of them are paired round by round.

    All ratios come from the same minutes of the machine, and a slow baseline runs once a round for all its challengers.
    A cell that is measured in several series has a block in each: other worker processes, at another time.
    """

    cell: Cell
    lanes: tuple[Lane, ...]
    series: int = 0
