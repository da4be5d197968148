"""Rows as they are stored: one JSON object a line. Needs no pandas, so that measuring does not load it."""

import json
from collections.abc import Iterator
from pathlib import Path

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.rows.row import SCHEMA, columns

REQUIRED = {one.name for one in columns() if one.required}
REMOVE = "remove this line and run again: its block is then measured again"


def records_of(path: Path) -> Iterator[tuple[int, dict]]:
    """Yield the numbers and contents of the complete lines of a row file; raise Trouble for one that is not a row."""
    for number, line in objects_of(path):
        yield number, checked(line, f"{path}, line {number}")


def objects_of(path: Path) -> Iterator[tuple[int, dict]]:
    """Yield the numbers and contents of the complete lines of a file; raise Trouble for one that is not JSON."""
    *lines, _torn = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise Trouble(f"{path}, line {number}: not a JSON object ({error})", REMOVE) from error


def checked(record: object, where: str) -> dict:
    """Return a record that has all that a row needs; raise Trouble, naming the place, if it has not."""
    missing = REQUIRED - (record.keys() if isinstance(record, dict) else set())
    if missing or not isinstance(record, dict):
        raise Trouble(f"{where}: not a row, it lacks {', '.join(sorted(missing))}", REMOVE)
    if record["schema"] != SCHEMA:
        raise Trouble(
            f"{where}: schema {record['schema']}, but this version reads schema {SCHEMA}",
            "move the file away and measure again, or use the version that wrote it",
        )
    return record
