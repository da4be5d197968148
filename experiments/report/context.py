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
    """Something the configuration asks for that could not be had, so that there are no rows of it.

    Attributes
    ----------
    what : str
        E.g. "dataset plants_texture".
    reason : str
    advice : str
        What would mend it.
    """

    what: str
    reason: str
    advice: str = ""


@dataclass(frozen=True)
class ReportContext:
    """Everything around the rows.

    Attributes
    ----------
    profile, title : str
        Name and title of the configuration.
    config : mapping
        The configuration itself; shown as it is.
    commit : str
        Commit of the working copy that writes the report; empty when unknown.
    dirty : bool
        Whether that copy has changes that are not committed.
    datasets : sequence of DataSource
    result_classes : mapping
        Contender to the name of the result it promises.
    unavailable : sequence of Unavailable
    stale, foreign : int
        Rows set aside: measured with other code, on another machine.
    time_spent : sequence of (str, float)
        Where the time went: what, seconds.
    pgf : bool
        Also write each figure as pgf, for LaTeX; takes a second or two each, and a LaTeX.
    asked : mapping, optional
        Study to the blocks its configuration asks for, and these to the contenders: a study then sees these only,
        and the report says how many blocks have no row yet. Without it a study sees all rows of its algorithms.
    """

    profile: str
    title: str
    config: Mapping = field(default_factory=dict)
    commit: str = ""
    dirty: bool = False
    datasets: Sequence[DataSource] = ()
    result_classes: Mapping[str, str] = field(default_factory=dict)
    unavailable: Sequence[Unavailable] = ()
    stale: int = 0
    foreign: int = 0
    time_spent: Sequence[tuple[str, float]] = ()
    pgf: bool = False
    asked: Mapping[str, Mapping[str, Sequence[str]]] | None = None
