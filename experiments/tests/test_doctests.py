"""Every example in a docstring is run and gives what it says.

Not pytest's own --doctest-modules: it would import each file a second time, not as a part of kmedoids_bench.
"""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"api": "kmedoids_bench"}
ROOMS |= {room: f"kmedoids_bench.{room}" for room in ("algorithms", "datasets", "experiments")}
MODULES = sorted(
    ".".join((package, *path.relative_to(ROOT / room).with_suffix("").parts))
    for room, package in ROOMS.items()
    for path in (ROOT / room).rglob("*.py")
    if "tests" not in path.parts and ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0
