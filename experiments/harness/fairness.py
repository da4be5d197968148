"""Rules of fairness that a run could break without anybody noticing; the others hold by construction.

By construction: all contenders of a block get the same matrix, dtype and start medoids; the loss is recomputed by
one function from the medoids; how the data are handed over is part of a contender's name; times are only paired
within a phase (`analysis.ratios`); and counters of libraries, which count differently, are not compared.
"""

from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.workers.process import Failure

# The clock of the processor ticks in up to 10 ms, and a library may have a thread that waits busily for a moment.
LEAST_SECONDS = 0.05
SLACK = 1.2


def check_threads(answer: dict, contender: Contender) -> None:
    """Raise Failure if the run took more processor time than its threads can have had."""
    seconds, busy = answer["seconds"], answer.get("processor_seconds")
    long_enough = seconds * answer.get("loops", 1) >= LEAST_SECONDS
    if busy is not None and long_enough and busy > SLACK * contender.threads * seconds:
        raise Failure(
            "error",
            f"{busy / seconds:.1f} threads worked on it, {contender.threads} are allowed",
            "its adapter must tell the library how many threads it may use",
        )
