"""The claims of the papers and their criteria, as the files of this folder state them.

claims.yaml has those of Schubert & Rousseeuw, silhouettes.yaml those of Lenssen & Schubert. Reading checks the keys,
the types, and that each criterion names a quantity that a study declares.
"""

import math
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import Quantity

FOLDER = Path(__file__).parent
STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Bounds:
    """An interval of values; at least one end is given, the other may be infinite."""

    least: float = -math.inf
    most: float = math.inf

    def __post_init__(self) -> None:
        if not self.finite:
            raise ValueError("least or most is missing")

    @property
    def finite(self) -> list[float]:
        """The bounds that are given."""
        return [bound for bound in (self.least, self.most) if math.isfinite(bound)]

    def __str__(self) -> str:
        if len(self.finite) == 1:
            return f"at least {self.least:g}" if math.isfinite(self.least) else f"at most {self.most:g}"
        return f"{self.least:g}" if self.least == self.most else f"{self.least:g} to {self.most:g}"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Criterion(Bounds):
    """The bounds that the measures of one quantity must keep."""

    measure: str  # "study.quantity", as the study declares it
    direction: Bounds | None = None  # the weaker form that still shows the claimed direction
    over: Literal["all", "any"] = "all"  # which of the measures of the quantity (datasets, starts) must keep them

    @property
    def words(self) -> str:
        """The name of the quantity in words."""
        return in_words(self.measure)

    def __str__(self) -> str:
        return super().__str__() + ("" if self.direction is None else f" (direction: {self.direction})")


# Where the words of a claim come from. The full texts of A and B were not at hand; C, the companion, is open.
Source = Literal["abstract", "companion", "authors' code", "authors' comment", "third paper", "our check"]


ELSEWHERE = ("authors' code", "authors' comment", "third paper")  # of these a claim says which one


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Former:
    """Criteria that were replaced when results were known."""

    criteria: tuple[str, ...]  # in words
    verdict: str  # of our code base under them, in the run that was published then
    why: str  # they were replaced


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Claim:
    """A statement of a paper."""

    id: Annotated[int, Field(ge=1)]
    group: str  # the heading of the report under which it stands
    # A: SISAP 2019, B: Information Systems 2021, C: JOSS 2022, D: SISAP 2022, E: Information Systems 2024, or a paper
    # by others that they cite
    papers: Annotated[tuple[str, ...], Field(min_length=1)]
    statement: str  # in our words
    quantity: str  # what is computed to decide it
    source: Source  # where its words come from
    words_in: str = ""  # in which program, comment or paper; of a comment the date, where it is known
    printed: str = ""  # the number that is printed somewhere, if there is one
    printed_in: str = ""  # where
    criteria: tuple[Criterion, ...] = ()
    untestable: str = ""  # why no criterion can decide it
    note: str = ""
    former: tuple[Former, ...] = ()  # the oldest first

    def __post_init__(self) -> None:
        if bool(self.printed) != bool(self.printed_in):
            raise ValueError("printed and printed_in stand together")
        if bool(self.words_in) != (self.source in ELSEWHERE):
            raise ValueError(f"words_in belongs to the sources {', '.join(ELSEWHERE)}, and is needed there")
        if not self.criteria and not self.untestable:
            raise ValueError("criteria or untestable is missing")

    @property
    def decided_by(self) -> set[str]:
        """Names of the studies that decide it."""
        return {criterion.measure.partition(".")[0] for criterion in self.criteria}


@dataclass(frozen=True, config=STRICT)
class _File:
    claims: tuple[Claim, ...]


def quantities() -> dict[str, Quantity]:
    """Return all that a criterion may be about, by "study.quantity"."""
    return {
        f"{name}.{quantity}": declared
        for name, study in studies().items()
        for quantity, declared in study.words.quantities.items()
    }


def in_words(measure: str) -> str:
    """Write the quantity of "study.quantity" with spaces: "fastpam1 slope"."""
    return measure.partition(".")[2].replace("_", " ")


@cache
def claims(*paths: Path) -> tuple[Claim, ...]:
    """Return all claims of some files, by default of all in this folder, in their order.

    Raises Trouble if a key is unknown or missing, a value has the wrong type, two claims have the same id, or a
    criterion names a quantity that no study declares.
    """
    paths = paths or tuple(sorted(FOLDER.glob("*.yaml")))
    every = [(claim, path) for path in paths for claim in _read(path)]
    ids = [claim.id for claim, _ in every]
    for claim, path in every:
        if ids.count(claim.id) > 1:
            raise Trouble(f"{path}: the id {claim.id} occurs twice")
    return tuple(claim for claim, _ in every)


def claims_about(names: Collection[str]) -> tuple[Claim, ...]:
    """Return the claims of each file that has one which these studies decide."""
    files = [claims(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(claim for file in files if any(one.decided_by & {*names} for one in file) for claim in file)


def _read(path: Path) -> tuple[Claim, ...]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        read = TypeAdapter(_File).validate_python(raw).claims
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc'])) or 'top level'}: {one['msg']}" for one in error.errors()]
        raise Trouble("\n  ".join([f"{path}:", *lines])) from error
    declared = quantities()
    for claim in read:
        for measure in (criterion.measure for criterion in claim.criteria):
            if measure not in declared:
                near = get_close_matches(measure, declared, n=1, cutoff=0)[0]
                raise Trouble(f"{path}, claim {claim.id}: no study declares {measure}", f"did you mean {near}?")
    return read
