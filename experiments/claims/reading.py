"""The claims of the papers and their criteria, read from claims.yaml and checked."""

from functools import cache
from pathlib import Path

import jsonschema
import yaml

from kmedoids_bench.experiments.claims.verdicts import Bounds, Claim, Criterion

CLAIMS = Path(__file__).with_name("claims.yaml")
SCHEMA = Path(__file__).with_name("claims.schema.yaml")


class BadClaims(ValueError):
    """The file of claims is not as its schema says, or names an id twice."""


@cache
def claims(path: Path = CLAIMS) -> tuple[Claim, ...]:
    """Return all claims, in the order of the file.

    Raises
    ------
    BadClaims
        If the file is not as the schema says.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    problems = list(jsonschema.Draft202012Validator(yaml.safe_load(SCHEMA.read_text())).iter_errors(raw))
    if problems:
        lines = [f"{'.'.join(map(str, one.absolute_path)) or 'top level'}: {one.message}" for one in problems]
        raise BadClaims(f"{path}:\n  " + "\n  ".join(sorted(lines)))
    found = tuple(_claim(one) for one in raw["claims"])
    ids = [claim.id for claim in found]
    if twice := {number for number in ids if ids.count(number) > 1}:
        raise BadClaims(f"{path}: the id {min(twice)} stands twice")
    return found


def _claim(raw: dict) -> Claim:
    criteria = tuple(_criterion(one) for one in raw.get("criteria", ()))
    return Claim(**(raw | {"papers": tuple(raw["papers"]), "criteria": criteria}))


def _criterion(raw: dict) -> Criterion:
    bounds = {name: float(raw[name]) for name in ("least", "most") if name in raw}
    weaker = Bounds(**{name: float(value) for name, value in raw["direction"].items()}) if "direction" in raw else None
    return Criterion(raw["measure"], Bounds(**bounds), weaker, raw.get("over", "all"))
