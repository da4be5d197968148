"""Makes rows: identity, outcome, checks and circumstances of one run."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from kmedoids_bench.experiments.harness.cell import Block, Contender, Data
from kmedoids_bench.experiments.harness.machine import checkout, load, machine
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.verify import Nonsense, Verified, verify
from kmedoids_bench.experiments.harness.workers.pool import source_of
from kmedoids_bench.experiments.harness.workers.process import Failure, Limits
from kmedoids_bench.experiments.rows.lines import checked
from kmedoids_bench.experiments.rows.row import SCHEMA, Row

# Fields of a worker's answer that have the name of a column.
ANSWERED = (
    *("reported_loss", "n_swaps", "n_passes", "n_evaluations", "n_lookups", "swaps_digest"),
    *("first_seconds", "processor_seconds", "overhead_seconds", "loops", "facts", "medoids", "versions"),
)
# The processor's clock ticks in up to 10 ms, and a library may have a thread that waits busily for a moment.
LEAST_SECONDS = 0.05
SLACK = 1.2


class Recorder:
    """Writes rows to a store and finds those of earlier runs that were measured by the same code on the same machine.

    `files` maps the sha256 of a matrix to the files of its objects.
    """

    def __init__(self, store: Store, files: Mapping[str, Data]) -> None:
        self.store, self.files = store, files
        self.run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        self.count = 0
        self.arrays: dict[str, np.ndarray] = {}
        self.verified: dict[tuple[str, tuple[int, ...]], Verified] = {}
        self.sources: dict[Contender, str] = {}
        self.by_lane: dict[tuple[str, str], list[dict]] = {}
        self.rounds: dict[str, int] = {}
        for number, row in enumerate(store.rows, start=1):
            self._index(checked(row, f"{store.path}, line {number}"))

    def _index(self, row: dict) -> None:
        self.by_lane.setdefault((row["block"], row["contender"]), []).append(row)
        self.rounds[row["block"]] = max(row["round"], self.rounds.get(row["block"], -1))

    def source(self, contender: Contender) -> str:
        """Hash of the contender's code as it is now."""
        if contender not in self.sources:
            self.sources[contender] = source_of(contender)
        return self.sources[contender]

    def rows_of(self, block: Block, contender: Contender) -> list[dict]:
        """Rows of a lane that were measured by the current code on this machine."""
        return [
            row
            for row in self.by_lane.get((block.cell.block, contender.name), [])
            if row["source"] == self.source(contender) and row["machine"] == machine()["machine"]
        ]

    def next_round(self, block: Block) -> int:
        """Return the number of the first round that nobody has run in."""
        return self.rounds.get(block.cell.block, -1) + 1

    def data(self, block: Block) -> Data:
        """Files of the block's objects."""
        return self.files[block.cell.matrix_sha256]

    def measured(self, block: Block, contender: Contender, answer: dict, where: dict) -> dict:
        """Check the answer of a worker and write its row.

        Raises Failure (error) if the answer is not a clustering, or if more threads worked on it than the contender may
        use.
        """
        verified = self._verify(block, answer["medoids"])
        check_threads(answer, contender)
        return self._write(
            block,
            contender,
            **where,
            **{name: answer.get(name) for name in ANSWERED},
            status="ok",
            seconds=answer["seconds"] if answer["timed"] else None,
            loss=verified.loss,
            local_optimum=verified.local_optimum,
            peak_memory=answer["memory"],
        )

    def failed(self, block: Block, contender: Contender, failure: Failure, limits: Limits, where: dict) -> dict:
        """Write the row of a run that gave no result."""
        return self._write(
            block,
            contender,
            **where,
            status=failure.status,
            reason=failure.reason,
            advice=failure.advice or None,
            limit_seconds=limits.seconds,
            limit_bytes=limits.memory_bytes,
            loops=1,
            versions={},
        )

    def _verify(self, block: Block, medoids: list[int]) -> Verified:
        sha256 = block.cell.matrix_sha256
        try:
            key = sha256, tuple(sorted(medoids))
            if key not in self.verified:
                if sha256 not in self.arrays:
                    self.arrays[sha256] = np.load(self.files[sha256].matrix, mmap_mode="r")
                self.verified[key] = verify(self.arrays[sha256], medoids, block.cell.k)
        except (Nonsense, TypeError) as error:
            raise Failure("error", f"the result is not a clustering: {error}") from error
        return self.verified[key]

    def _write(self, block: Block, contender: Contender, **outcome) -> dict:
        cell = block.cell
        self.count += 1
        row = Row(
            schema=SCHEMA,
            id=f"{self.run}-{self.count:06d}",
            run=self.run,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            block=cell.block,
            dataset=cell.dataset,
            n=cell.n,
            k=cell.k,
            dtype=cell.dtype,
            metric=cell.metric,
            matrix_sha256=cell.matrix_sha256,
            matrix_seconds=self.data(block).matrix_seconds,
            start=cell.start.name,
            seed=cell.start.seed,
            start_medoids=list(cell.start.medoids),
            contender=contender.name,
            implementation=contender.implementation,
            algorithm=contender.algorithm,
            order=contender.order,
            tier=contender.tier,
            phase=contender.phase,
            own_start=contender.own_start,
            setting=contender.setting,
            threads=contender.threads,
            parameters=dict(contender.parameters),
            source=self.source(contender),
            load=load(),
            **machine(),
            **checkout(),
            **outcome,
        ).record()
        self.store.append(row)
        self._index(row)
        return row


def check_threads(answer: dict, contender: Contender) -> None:
    """Raise Failure if the run took more processor time than its threads can have used."""
    seconds, busy = answer["seconds"], answer.get("processor_seconds")
    long_enough = seconds * answer.get("loops", 1) >= LEAST_SECONDS
    if busy is not None and long_enough and busy > SLACK * contender.threads * seconds:
        raise Failure(
            "error",
            f"{busy / seconds:.1f} threads worked on it, {contender.threads} are allowed",
            "its adapter must tell the library how many threads it may use",
        )
