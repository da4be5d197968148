"""Makes rows: identity, outcome, checks and circumstances of one run."""

import itertools
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import psutil

from kmedoids_bench.experiments.harness.cell import Block, Contender, Data
from kmedoids_bench.experiments.harness.machine import checkout, machine
from kmedoids_bench.experiments.harness.source import source_of
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.verify import Nonsense, Verified, verify, verify_from_points
from kmedoids_bench.experiments.harness.workers.process import Failure, Limits
from kmedoids_bench.experiments.rows.row import SCHEMA, Row, columns

# The processor's clock ticks in up to 10 ms, and a library may have a thread that waits busily for a moment.
LEAST_SECONDS = 0.05
SLACK = 1.2


class Recorder:
    """Writes rows to a store and finds those of earlier runs that were measured by the same code on the same machine.

    `files` maps the sha256 of a matrix to the files of its objects. `next_round` has, for each block, the number of the
    first round that nobody has run in.
    """

    def __init__(self, store: Store, files: Mapping[str, Data]) -> None:
        self.store, self.files = store, files
        self.run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        self.numbers = itertools.count(1)
        self.source = cache(source_of)
        self.objects = cache(lambda sha256: np.load(files[sha256].objects, mmap_mode="r"))
        self.verified = cache(self._verified)
        self.by_lane: defaultdict[tuple[str, str], list[dict]] = defaultdict(list)
        self.next_round: defaultdict[str, int] = defaultdict(int)
        for row in store.rows:
            self._index(row)

    def _verified(self, sha256: str, medoids: tuple[int, ...], k: int, fewer: bool) -> Verified:
        data = self.files[sha256]
        if data.matrix is None:
            return verify_from_points(self.objects(sha256), data.metric, medoids, k, fewer)
        return verify(self.objects(sha256), medoids, k, fewer)

    def _index(self, row: dict) -> None:
        self.by_lane[row["block"], row["contender"]].append(row)
        self.next_round[row["block"]] = max(self.next_round[row["block"]], row["round"] + 1)

    def rows_of(self, block: Block, contender: Contender) -> list[dict]:
        """Rows of a lane that were measured by the current code on this machine.

        A failed run counts in every series of its cell: it would only fail again.
        """
        current = self.source(contender), machine()["machine"]
        rows = self.by_lane[block.cell.block, contender.name]
        rows = [row for row in rows if (row["source"], row["machine"]) == current]
        return [row for row in rows if row.get("series") == block.series or row["status"] not in ("ok", "skipped")]

    def measured(self, block: Block, contender: Contender, answer: dict, where: dict) -> dict:
        """Check the answer of a worker and write its row.

        Raises Failure (error) if it is not a clustering, or if more threads worked on it than the contender may use.
        """
        try:
            medoids = tuple(sorted(answer["medoids"]))
            verified = self.verified(block.cell.matrix_sha256, medoids, block.cell.k, contender.chooses_k)
        except (Nonsense, TypeError) as error:
            raise Failure("error", f"the result is not a clustering: {error}") from error
        check_threads(answer, contender)
        seconds = answer["seconds"] if answer["timed"] else None
        outcome = {"status": "ok", "seconds": seconds, "peak_memory": answer["memory"]} | vars(verified)
        return self._write(block, contender, answer, where | outcome)

    def failed(self, block: Block, contender: Contender, failure: Failure, limits: Limits, where: dict) -> dict:
        """Write the row of a run that gave no result."""
        outcome = {"status": failure.status, "reason": failure.reason, "advice": failure.advice or None}
        outcome |= {"limit_seconds": limits.seconds, "limit_bytes": limits.memory_bytes}
        return self._write(block, contender, {"loops": 1, "versions": {}}, where | outcome)

    def _write(self, block: Block, contender: Contender, answer: dict, outcome: dict) -> dict:
        cell, start = block.cell, block.cell.start
        own = {
            "schema": SCHEMA,
            "id": f"{self.run}-{next(self.numbers):06d}",
            "run": self.run,
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "matrix_seconds": self.files[cell.matrix_sha256].matrix_seconds,
            "start": start.name,
            "seed": start.seed,
            "start_medoids": list(start.medoids),
            "series": block.series,
            "contender": contender.name,
            "parameters": dict(contender.parameters),
            "source": self.source(contender),
            "load": round(psutil.getloadavg()[0], 2),
        }
        # What an adapter reports never takes the place of what is known here.
        known = by_column(cell) | by_column(contender) | machine() | checkout() | own | outcome
        row = asdict(Row(**(by_column(answer) | known)))
        self.store.append(row)
        self._index(row)
        return row


def by_column(source: object) -> dict[str, Any]:
    """Return the attributes of an object, or the entries of a dict, that have the name of a column of a row."""
    if isinstance(source, dict):
        return {one.name: source[one.name] for one in columns() if one.name in source}
    return {one.name: getattr(source, one.name) for one in columns() if hasattr(source, one.name)}


def check_threads(answer: dict, contender: Contender) -> None:
    """Raise Failure if the run took more processor time than its threads can have used."""
    seconds, busy = answer["seconds"], answer.get("processor_seconds")
    long_enough = seconds * answer.get("loops", 1) >= LEAST_SECONDS
    if busy is not None and long_enough and busy > SLACK * contender.threads * seconds:
        reason = f"{busy / seconds:.1f} threads worked on it, {contender.threads} are allowed"
        raise Failure("error", reason, "its adapter must tell the library how many threads it may use")
