"""The row: everything that one run of one contender leaves behind.

This declaration is the only list of its columns. The harness fills a column with the value of the same name in the
worker's answer, in the cell, in the contender, or in what `machine` and `checkout` return (`harness/record.py`).
`reading` types rows, published runs keep them as parquet, and `columns` explains them. On disk, each row is one line, a
JSON object. Nothing here needs pandas, so that measuring does not load it.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

SCHEMA = 2

logger = logging.getLogger(__name__)

# How a column is typed in a table. Missing values are allowed in all of them; lists and dicts stay Python objects.
DTYPES = {int: "Int64", float: "float64", bool: "boolean", str: "str", list: "object", dict: "object"}


def required(meaning: str) -> Any:
    """Declare a column that every row has."""
    return field(metadata={"meaning": meaning})


def optional(meaning: str) -> Any:
    """Declare a column that a row may lack."""
    return field(default=None, metadata={"meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Row:
    """One run of one contender in one block, or the reason why there was no result."""

    schema: int = required("version of this declaration")
    id: str = required("identity of the row")
    run: str = required("run of the driver that measured it")
    time: str | None = optional("when the run ended, UTC")
    # the problem
    block: str = required("identity of matrix, start medoids and k: 16 hex digits")
    dataset: str = required("name of the dataset")
    n: int = required("number of objects")
    k: int = required("number of medoids; for a call that chooses it, the largest number it may choose")
    dtype: str | None = optional("type of the matrix entries")
    metric: str | None = optional("dissimilarity")
    matrix_sha256: str | None = optional("hash of the matrix file")
    matrix_seconds: float | None = optional("seconds that computing and writing the matrix took")
    start: str = required("algorithm that chose the start medoids of the block")
    seed: int | None = optional("its seed; missing for a start that takes none")
    start_medoids: list | None = optional("the start medoids, as ids of objects")
    # the contender
    contender: str = required("name of the contender, see `names`")
    implementation: str = required("ours, or the name of a library")
    algorithm: str = required("name of the algorithm")
    order: str = required('form of the data: a matrix in "C" or "F" order, R\'s "dist", or "points"')
    tier: str | None = optional('"plain", "tuned", "gpu" or "library"')
    phase: str = required('what the call does: "start", "swap", or "total" for both')
    own_start: str = required("start that the call chose itself; empty for given medoids")
    setting: str = required("parameters other than the defaults, as a text")
    threads: int | None = optional("number of threads it may use")
    parameters: dict | None = optional("parameters other than the defaults")
    source: str = required("hash of the code that was measured")
    # the run
    series: int | None = optional(
        "series of runs, from 0: each has worker processes of its own, and its own seed if the start takes one"
    )
    round: int = required("round of the block, from 0, counted over all its series")
    position: int | None = optional("place in the order of that round")
    status: str = required('"ok", or why there is no result: timeout, memory, crash, error, skipped, unavailable')
    reason: str | None = optional("why there is no result, in words")
    advice: str | None = optional("what would help")
    seconds: float | None = optional("wall time of one call; missing if only the result was wanted")
    loops: int | None = optional(
        "calls that were timed; `seconds` is the median of five parts of them, in R their mean"
    )
    first_seconds: float | None = optional("wall time of the first call of a process, on a tiny problem: compilation")
    processor_seconds: float | None = optional("processor time of one call, all threads together")
    overhead_seconds: float | None = optional("time that the request took beyond the calls")
    limit_seconds: float | None = optional("limit on the call that was cut")
    limit_bytes: float | None = optional("limit on the memory of the worker that was ended")
    peak_memory: int | None = optional("memory that the call took beyond the data, in bytes")
    # the result
    medoids: list | None = optional("the medoids, as ids of objects")
    loss: float | None = optional("sum of the dissimilarities to the nearest medoid, recomputed in float64")
    reported_loss: float | None = optional("loss as the implementation reports it")
    lower_bound: float | None = optional("bound on the loss of any k medoids, of a certificate")
    local_optimum: bool | None = optional("whether no single swap lowers the loss, checked independently")
    medoid_silhouette: float | None = optional(
        "mean medoid silhouette, recomputed in float64; missing for one medoid and in rows of earlier versions"
    )
    n_swaps: int | None = optional("swaps, as the implementation counts them")
    n_passes: int | None = optional("passes over the candidates")
    n_evaluations: int | None = optional("candidates evaluated, each against all medoids")
    n_lookups: int | None = optional("entries of the matrix read")
    swaps_digest: str | None = optional("hash of the sequence of swaps")
    facts: dict | None = optional("what a check of every swap found")
    # the circumstances
    versions: dict | None = optional("versions of the implementation and its dependencies")
    machine: str = required("identity of the machine")
    cpu: str | None = optional("processor")
    cores: int | None = optional("number of cores")
    ram_bytes: int | None = optional("main memory")
    governor: str | None = optional("frequency governor")
    turbo: bool | None = optional("whether it may run faster than its base frequency")
    smt: bool | None = optional("whether a core has several processors (simultaneous multithreading)")
    processors: str | None = optional(
        "processors that the worker was bound to, as Linux lists them; missing if to none"
    )
    numa_node: int | None = optional("NUMA node of these processors; missing if they are of several")
    others_share: float | None = optional(
        "share of the machine's processor time that other programs used meanwhile, over a second at least"
    )
    load: float | None = optional("mean number of runnable processes in the last minute")
    commit: str | None = optional("commit of the project")
    dirty: bool | None = optional("whether the working copy had uncommitted changes")


@dataclass(frozen=True)
class RowColumn:
    """One column of a row: `type` is a Python type, `dtype` how a table stores it."""

    name: str
    type: type
    meaning: str
    required: bool

    @property
    def dtype(self) -> str:
        """Name of the pandas dtype."""
        return DTYPES[self.type]


def columns(row: type = Row) -> list[RowColumn]:
    """Return the columns of the declaration, in its order."""
    types = {name: (*get_args(kind), kind)[0] for name, kind in get_type_hints(row).items()}
    return [
        RowColumn(one.name, types[one.name], one.metadata["meaning"], one.default is MISSING) for one in fields(row)
    ]


_ROW = TypeAdapter(Row)


def rows_of(paths: Iterable[Path]) -> list[dict]:
    """Return the rows in the complete lines of files, each once.

    Lines that are damaged, or of another version, and a second row of the same id are ignored, with a warning.
    """
    rows: dict[str, dict] = {}
    for path in paths:
        *lines, _torn = path.read_bytes().split(b"\n")
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                _ROW.validate_python(row)
                if row["schema"] != SCHEMA:
                    raise ValueError(f"schema {row['schema']}, but this version reads schema {SCHEMA}")
                if rows.setdefault(row["id"], row) != row:
                    raise ValueError(f"id {row['id']} belongs to another row, too")
            except (ValueError, RecursionError) as error:
                reason = "; ".join(str(error).splitlines()[1:3]) if isinstance(error, ValidationError) else error
                logger.warning("%s, line %d is ignored: %s", path, number, reason)
    return list(rows.values())
