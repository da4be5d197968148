"""A profile: which studies on which data, how often and for how long. These models are all that a file may say.

Each field is declared once, with its type, its range and, for a name, the registry that must know it. A mistake is
reported with its place in the file, what is allowed there and the nearest known name.
"""

import difflib
import reprlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, model_validator

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import check_matrix, datasets
from kmedoids_bench.datasets.distances import DTYPES
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.studies import studies

FOLDER = Path(__file__).parents[1] / "profiles"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where PyYAML was built with libyaml
DEEPEST, LONGEST = 20, 1000  # nesting, characters: of some ten thousand, PyYAML or Python ends in an error of its own
KNOWN = "known"  # in place of numbers of medoids: the one for which the optimum of the dataset is known


class BadProfile(Trouble):
    """A file that is not a valid profile: lists every mistake with its place."""

    def __init__(self, origin: object, mistakes: Sequence[str]) -> None:
        super().__init__(f"{origin} is not a valid profile:\n  " + "\n  ".join(mistakes))


def unknown(name: object, what: str, allowed: Collection[str]) -> str:
    """Say that a name is unknown, which one is near, and what is allowed."""
    near = difflib.get_close_matches(str(name)[:80], allowed, n=1)
    hint = f", did you mean {near[0]!r}?" if near else ""
    return f"{reprlib.repr(name)} is not {what}{hint} (allowed: {', '.join(allowed)})"


def one_of(what: str, registry: Callable[[], Collection[str]]) -> AfterValidator:
    """Require a name that a registry knows; `what` is the noun with its article, "a dataset"."""

    def check(name: str) -> str:
        if name not in registry():
            raise ValueError(unknown(name, what, registry()))
        return name

    return AfterValidator(check)


def _distinct(values: list) -> list:
    if twice := [value for position, value in enumerate(values) if value in values[:position]]:
        raise ValueError(f"{reprlib.repr(twice[0])} stands twice")
    return values


T = TypeVar("T")
Distinct = Annotated[list[T], AfterValidator(_distinct)]
Several = Annotated[Distinct[T], Field(min_length=1)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Seed = Annotated[int, Field(ge=0, lt=2**31)]  # R's are 32 bits long
Amount = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]
OneOrSeveral = BeforeValidator(lambda value: value if isinstance(value, list | None) else [value])
Seeds = BeforeValidator(lambda value: list(range(value)) if type(value) is int and 0 <= value <= 10_000 else value)
Library = Annotated[str, one_of("a reference library", references)]


def _numbers_or_known(value: Any) -> Any:
    if not isinstance(value, list) and value != KNOWN:
        raise ValueError(f"must be a list of numbers or the word {KNOWN!r}, not {reprlib.repr(value)}")
    return None if value == KNOWN else value


class Section(BaseModel):
    """A mapping with fixed keys."""

    model_config = {"strict": True, "frozen": True}

    @model_validator(mode="before")
    @classmethod
    def check_keys(cls, raw: Any) -> Any:
        """Refuse what is not a mapping, and keys that mean nothing."""
        keys = [field.alias or name for name, field in cls.model_fields.items()]
        if not isinstance(raw, dict):
            raise ValueError(f"must be a mapping with the keys {', '.join(keys)}, not {reprlib.repr(raw)}")
        if mistakes := [unknown(key, "a key of this section", keys) for key in raw if key not in keys]:
            raise ValueError("; ".join(mistakes))
        return raw


@dataclass(frozen=True)
class MatrixRequest:
    """Which matrix of a dataset a grid needs."""

    n: int | None  # the first n objects; None: all
    metric: str | None  # None: the natural one of the dataset
    dtype: str
    points_alone: bool = False  # the coordinates in place of the matrix


class Grid(Section):
    """All combinations of these are cells of a study."""

    datasets: Several[Annotated[str, one_of("a dataset", datasets)]]
    n: Annotated[Several[Annotated[int, Field(ge=2)]] | None, OneOrSeveral] = None  # None: all
    metric: str | None = None  # None: the natural one of each dataset
    dtype: Annotated[str, one_of("a dtype", lambda: DTYPES)] = "float32"
    k: Annotated[
        Several[Annotated[int, Field(ge=1)]] | None, BeforeValidator(_numbers_or_known)
    ]  # None: the one that is known
    starts: Several[Annotated[str, one_of("a start", lambda: names("start"))]]
    # A number: so many, from 0. None: one for each series of a timed study, one for any other.
    seeds: Annotated[Several[Seed] | None, Seeds] = None
    algorithms: Several[str] | None = None  # of the study; None: all
    libraries: Distinct[Library] | None = None  # of the profile; None: all
    seconds: Amount = 0.0  # for the timed runs of a contender, where the profile's time is too short
    series: Count | None = None  # None: the profile's; fewer than three give no interval
    rounds: Count | None = None  # in each series, where many seeds repeat a measurement anyway; None: the profile's
    points: bool = False  # our sampling algorithms also run on the points, without the matrix
    matrix: bool = True  # False: there is none, so only what takes points, and chooses its start itself, takes part

    @model_validator(mode="after")
    def check_datasets(self) -> "Grid":
        """Refuse a matrix that a dataset cannot have, and a number of medoids that is not known or too large."""
        records = [datasets()[name] for name in self.datasets]
        for one in records:
            check_matrix(one, max(self.n or [one.n]), one.metric if self.metric is None else self.metric, self.dtype)
            if self.k is None and "k" not in one.facts:
                raise ValueError(f"k: no number of medoids is known for {one.name!r}, write a list of numbers")
        largest = max(self.n or [one.n for one in records])
        if not self.matrix and (without := [one.name for one in records if one.kind != "points"]):
            raise ValueError(f"matrix: {without[0]!r} has no coordinates, so its matrix is needed")
        if self.k is not None and max(self.k) > largest:
            raise ValueError(f"k: {max(self.k)} is more than the {largest} objects of the largest matrix")
        return self

    @property
    def matrices(self) -> list[MatrixRequest]:
        """The matrices it needs of each dataset, one for each number of objects."""
        return [MatrixRequest(n, self.metric, self.dtype, not self.matrix) for n in self.n or [None]]


class Grids(Section):
    """What a study is about under this profile."""

    grids: Annotated[list[Grid], Field(min_length=1)]


class Limits(Section):
    """What ends a run, and what ends a worker."""

    call_seconds: Amount  # a run that takes longer is cut; its contender is then not tried with more medoids
    memory_gib: Amount  # a worker that takes more resident memory is ended; the mapped matrix counts

    @property
    def memory_bytes(self) -> int:
        """The limit on a worker in bytes."""
        return int(self.memory_gib * 2**30)


class Repetitions(Section):
    """How often a contender of a timed study runs in each cell."""

    series: Count  # fresh worker processes for each; a start with a seed runs in one of them, any other in all
    rounds: Count  # in each series
    seconds: Amount  # no further run of a series once they add up to this, but never less than one


class Profile(Section):
    """A whole file."""

    name: Annotated[str, Field(alias="profile", pattern="^[a-z][a-z0-9_]*$")]  # that of the file, without .yaml
    title: str  # one line for the report
    studies: Annotated[dict[Annotated[str, one_of("a study", studies)], Grids], Field(min_length=1)]
    libraries: Distinct[Library] | None = None  # those that take part; None: all
    limits: Limits
    repetitions: Repetitions
    _raw: dict = {}

    @property
    def raw(self) -> dict:
        """The content of the file, as the report shows it."""
        return self._raw

    @property
    def datasets(self) -> list[str]:
        """Names of all datasets, sorted."""
        return sorted({name for _, grid in self.grids() for name in grid.datasets})

    def matrices(self, dataset: str) -> list[MatrixRequest]:
        """Return the matrices of a dataset that any of its grids needs."""
        return list(dict.fromkeys(request for _, grid in self.grids(dataset) for request in grid.matrices))

    def grids(self, dataset: str | None = None) -> Iterator[tuple[str, Grid]]:
        """Pairs of study and grid; with `dataset` only those that name it."""
        for study, described in self.studies.items():
            for grid in described.grids:
                if dataset is None or dataset in grid.datasets:
                    yield study, grid


def read_profile(path: Path) -> Profile:
    """Read a profile; raise BadProfile if it is not valid, OSError if it cannot be read."""
    if not path.is_file():
        raise BadProfile(path, ["this is no file"])  # to read a device may never end
    try:
        text = path.read_text(encoding="utf-8")
        _check_text(text)
        raw = yaml.load(text, LOADER)
    except (ValueError, yaml.YAMLError) as error:
        raise BadProfile(path, [str(error)]) from None
    profile = profile_of(raw, str(path))
    if profile.name != path.stem:
        raise BadProfile(path, [f"profile: must be {path.stem!r}, the name of the file, not {profile.name!r}"])
    return profile


def _check_text(text: str) -> None:
    """Refuse what no profile has: a key that stands twice, of which PyYAML keeps the last, and nesting without end."""
    collections: list[list | None] = []  # those that are open; of a mapping, its keys and its values in turn
    for event in yaml.parse(text, LOADER):
        place, value = f"line {event.start_mark.line + 1}", getattr(event, "value", None)
        if isinstance(event, yaml.NodeEvent) and collections and (mapping := collections[-1]) is not None:
            if len(mapping) % 2 == 0 and value is not None and value in mapping[::2]:
                raise ValueError(f"{place}: the key {value!r} stands twice")
            mapping.append(value)
        if isinstance(event, yaml.CollectionStartEvent):
            collections.append([] if isinstance(event, yaml.MappingStartEvent) else None)
        elif isinstance(event, yaml.CollectionEndEvent):
            collections.pop()
        if len(collections) > DEEPEST:
            raise ValueError(f"{place}: lists or mappings are nested too deeply")
        if len(value or "") > LONGEST:
            raise ValueError(f"{place}: {reprlib.repr(value)} is too long")


def profile_of(raw: Any, origin: str) -> Profile:
    """Make a profile of the content of a file; `origin` names the file in messages."""
    try:
        profile = Profile.model_validate(raw)
    except ValidationError as error:
        raise BadProfile(origin, [in_one_line(one) for one in error.errors()]) from None
    if mistakes := list(_mistakes_across(profile)):
        raise BadProfile(origin, mistakes)
    profile._raw = raw
    return profile


def _mistakes_across(profile: Profile) -> Iterator[str]:
    """Names that are known, but do not belong to the study or to the profile they stand in."""
    for study, described in profile.studies.items():
        for number, grid in enumerate(described.grids):
            for key, what, used, allowed in (
                ("algorithms", f"an algorithm of {study}", grid.algorithms, studies()[study].measured),
                ("libraries", "a library of this profile", grid.libraries, profile.libraries),
            ):
                for name in used or ():
                    if allowed is not None and name not in allowed:
                        yield f"studies.{study}.grids.{number}.{key}: {unknown(name, what, allowed)}"


def in_one_line(error: Any) -> str:
    """Write an error of pydantic as one line: the place, what is wrong, what stands there."""
    place = ".".join(str(part) for part in error["loc"] if part != "[key]") or "top level"
    if error["type"] == "value_error":
        return f"{place}: {error['ctx']['error']}"
    if error["type"] in ("missing", "too_short"):
        return f"{place}: {'is required' if error['type'] == 'missing' else 'must not be empty'}"
    return f"{place}: {error['msg'].replace('Input should be', 'must be')}, not {reprlib.repr(error['input'])}"
