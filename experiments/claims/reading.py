"""The claims of the papers and their criteria, read from claims.yaml and checked against the studies' quantities."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import jsonschema
import yaml

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.claims.verdicts import Bounds, Claim, Criterion
from kmedoids_bench.experiments.studies import studies

CLAIMS = Path(__file__).with_name("claims.yaml")
SCHEMA = Path(__file__).with_name("claims.schema.yaml")


@cache
def claims(path: Path = CLAIMS) -> tuple[Claim, ...]:
    """Return all claims, in the order of the file.

    Raises
    ------
    Trouble
        If the file is not as the schema says, an id occurs twice, or a criterion is about something that no study
        computes.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    problems = list(jsonschema.Draft202012Validator(yaml.safe_load(SCHEMA.read_text())).iter_errors(raw))
    if problems:
        lines = [f"{'.'.join(map(str, one.absolute_path)) or 'top level'}: {one.message}" for one in problems]
        raise Trouble(f"{path}:\n  " + "\n  ".join(sorted(lines)))
    read = tuple(_claim(one) for one in raw["claims"])
    ids = [claim.id for claim in read]
    if twice := {number for number in ids if ids.count(number) > 1}:
        raise Trouble(f"{path}: the id {min(twice)} occurs twice")
    _check_measures(read, path)
    return read


def _check_measures(read: Iterable[Claim], path: Path) -> None:
    declared = {f"{study.name}.{quantity.name}" for study in studies().values() for quantity in study.quantities}
    for claim in read:
        for criterion in claim.criteria:
            if criterion.measure not in declared:
                near = get_close_matches(criterion.measure, declared, n=1, cutoff=0)[0]
                raise Trouble(
                    f"{path}, claim {claim.id}: no study declares {criterion.measure}", f"did you mean {near}?"
                )


def _claim(raw: dict) -> Claim:
    criteria = tuple(_criterion(one) for one in raw.get("criteria", ()))
    return Claim(**(raw | {"papers": tuple(raw["papers"]), "criteria": criteria}))


def _criterion(raw: dict) -> Criterion:
    bounds = {name: float(raw[name]) for name in ("least", "most") if name in raw}
    weaker = Bounds(**{name: float(value) for name, value in raw["direction"].items()}) if "direction" in raw else None
    return Criterion(raw["measure"], Bounds(**bounds), weaker, raw.get("over", "all"))
