"""What the report must be told, because the rows do not know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DataSource:
    """A dataset as the report cites it."""

    name: str
    title: str
    citation: str
    licence: str
    homepage: str


@dataclass(frozen=True)
class Unavailable:
    """Something that the configuration asks for and that is not available, so that there are no rows of it."""

    what: str  # e.g. "dataset plants_texture"
    reason: str
    advice: str = ""  # what would help


@dataclass(frozen=True)
class ReportContext:
    """Everything around the rows."""

    profile: str
    title: str
    config: Mapping = field(default_factory=dict)  # the profile itself; shown as it is
    commit: str = ""  # of the working copy that writes the report; empty when unknown
    dirty: bool = False  # whether that copy has uncommitted changes
    datasets: Sequence[DataSource] = ()
    result_classes: Mapping[str, str] = field(default_factory=dict)  # contender to the name of the result it promises
    unavailable: Sequence[Unavailable] = ()
    stale: int = 0  # rows set aside because they were measured with other code
    foreign: int = 0  # rows set aside because they were measured on another machine
    time_spent: Sequence[tuple[str, float]] = ()  # stage and seconds
    pgf: bool = False  # also write each figure as pgf, which needs LaTeX and takes a second or two
    # Study to the blocks that its configuration asks for, and these to the contenders: the study then sees these only,
    # and the report says how many blocks have no row yet. None: a study sees all rows of its algorithms.
    asked: Mapping[str, Mapping[str, Sequence[str]]] | None = None
