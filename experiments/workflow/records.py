"""What the steps of a run tell each other and the report: a JSON file each, of one of these kinds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble, reading
from kmedoids_bench.experiments.harness.machine import this_run
from kmedoids_bench.experiments.planning.profile import MatrixRequest
from kmedoids_bench.experiments.report.context import Unavailable


@dataclass(frozen=True)
class PreparedMatrix:
    """A matrix on disk, the request it answers, and the coordinates of its objects if they are points.

    Where the request is for the points alone, `matrix` is the record of their file.
    """

    request: MatrixRequest
    matrix: Matrix
    points: Path | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """What every step records: the run it belongs to, and the seconds it took, by what they were spent on."""

    seconds: dict[str, float]
    unavailable: Unavailable | None = None
    run: str = field(default_factory=this_run)


@dataclass(frozen=True, kw_only=True)
class Prepared(Step):
    """The matrices of a dataset, or why there are none."""

    kind: Literal["prepared"] = "prepared"
    dataset: str
    matrices: list[PreparedMatrix] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        """What is there, for the console."""
        made = [
            f"{'points' if one.request.points_alone else 'distances'} of {one.matrix.n:,} objects "
            f"({one.matrix.metric}, {one.matrix.dtype})"
            for one in self.matrices
        ]
        return f"{self.dataset}: {', '.join(made)}"


@dataclass(frozen=True, kw_only=True)
class Installed(Step):
    """Whether a reference library can run here."""

    kind: Literal["installed"] = "installed"
    library: str

    @property
    def in_words(self) -> str:
        """What is there, for the console."""
        return f"{self.library}: ready"


@dataclass(frozen=True, kw_only=True)
class Measured(Step):
    """What the studies need of a dataset."""

    kind: Literal["measured"] = "measured"
    dataset: str
    requested: dict[str, dict[str, list[str]]]  # study -> block -> contenders


Record = Prepared | Installed | Measured
_RECORDS: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def write_record(path: Path, record: Record) -> None:
    """Write the file of a step, whole or not at all."""
    write_whole(path, _RECORDS.dump_json(record, indent=1) + b"\n")


def read_record(path: Path) -> Record:
    """Read the file of a step; set it aside and raise Trouble if it is not of this version of the suite."""
    aside = path.with_suffix(".aside")
    advice = f"it is set aside as {aside.name}: run the same command again"
    try:
        with reading(path, "the record of a step of this version", advice):
            return _RECORDS.validate_json(path.read_bytes())
    except Trouble:
        path.replace(aside)
        raise
