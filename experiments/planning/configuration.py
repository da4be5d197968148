"""A profile of configuration: which studies on which data, how long, how often. One schema for all profiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FOLDER = Path(__file__).parents[1] / "profiles"
SCHEMA = Path(__file__).with_name("schema.yaml")


class BadConfiguration(ValueError):
    """A configuration that the schema does not allow; says where and why."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """All combinations of these are cells of a study."""

    datasets: tuple[str, ...]
    k: tuple[int, ...] | str  # "known": that for which the dataset's optimum is known
    starts: tuple[str, ...]
    seeds: tuple[int, ...] = (0,)  # for the starts that take one
    n: int | None = None  # the first n objects; None: all
    metric: str | None = None  # None: the natural one of each dataset
    dtype: str = "float32"
    algorithms: tuple[str, ...] | None = None  # None: all of the study
    libraries: tuple[str, ...] | None = None  # None: those of the profile
    seconds: float = 0.0  # for the timed runs of a contender, where that is more than the profile's
    points: bool = False  # our sampling algorithms also run on the points, without the matrix


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """A profile, validated."""

    profile: str
    title: str
    studies: dict[str, tuple[Grid, ...]]
    call_seconds: float  # limit on one run
    memory_bytes: int  # limit on one worker, the mapped matrix included
    rounds: int  # timed runs per contender and cell ...
    seconds: float  # ... as long as they fit into this
    libraries: tuple[str, ...] | None  # those that take part; None: all
    raw: dict  # as it stands in the file

    @property
    def datasets(self) -> list[str]:
        """Names of all datasets that are asked for, sorted."""
        return sorted({name for _, grid in self.grids() for name in grid.datasets})

    def grids(self, dataset: str | None = None) -> Iterator[tuple[str, Grid]]:
        """Pairs of study and grid; with `dataset` only those that ask for it."""
        for study, grids in self.studies.items():
            for grid in grids:
                if dataset is None or dataset in grid.datasets:
                    yield study, grid


def read_configuration(path: Path) -> Configuration:
    """Read a profile.

    Raises
    ------
    BadConfiguration
        If it is not as the schema says: unknown or missing keys, wrong types, values out of range.
    """
    return configuration_of(yaml.safe_load(path.read_text()), str(path))


def configuration_of(raw: Any, origin: str) -> Configuration:
    """Make a Configuration of the content of a file; `origin` names it in messages."""
    validator = jsonschema.Draft202012Validator(yaml.safe_load(SCHEMA.read_text()))
    problems = sorted(validator.iter_errors(raw), key=lambda problem: list(map(str, problem.absolute_path)))
    if problems or not isinstance(raw, dict):
        lines = [
            f"{'.'.join(map(str, problem.absolute_path)) or 'top level'}: {problem.message}" for problem in problems
        ]
        raise BadConfiguration(f"{origin} is not a valid profile:\n  " + "\n  ".join(lines))
    studies = {
        name: tuple(grid for described in study["grids"] for grid in _grids(described))
        for name, study in raw["studies"].items()
    }
    return Configuration(
        profile=raw["profile"],
        title=raw["title"],
        studies=studies,
        call_seconds=raw["limits"]["call_seconds"],
        memory_bytes=int(raw["limits"]["memory_gib"] * 2**30),
        rounds=raw["sampling"]["rounds"],
        seconds=raw["sampling"]["seconds"],
        libraries=tuple(raw["libraries"]) if "libraries" in raw else None,
        raw=raw,
    )


def _grids(raw: dict[str, Any]) -> Iterator[Grid]:
    """One grid for each number of objects; as many seeds as a number says."""
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    if isinstance(fields.get("seeds"), int):
        fields["seeds"] = tuple(range(fields["seeds"]))
    sizes = fields.pop("n", None)
    for n in sizes if isinstance(sizes, tuple) else (sizes,):
        yield Grid(**fields, n=n)
