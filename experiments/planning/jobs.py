"""What the jobs of a profile ask a cluster for: time, memory, and how long it takes on some nodes.

A job measures all cells of one dataset, alone on its node, so a thousand cells are a few dozen entries of a queue. What
can be compared is of one dataset and so of one node.
"""

import heapq
from dataclasses import dataclass

from kmedoids_bench.experiments.planning.forecast import Forecast, duration, forecast, size
from kmedoids_bench.experiments.planning.profile import Profile

SLACK = 3  # a job gets so many times the time expected: a node may be slower, and a job that is cut is submitted again
LEAST_MINUTES = 30  # starting, compiling and choosing start medoids
DRIVER_BYTES = 2**30  # Snakemake, the driver and the computation of a block of the matrix


@dataclass(frozen=True)
class Job:
    """The job that measures one dataset."""

    dataset: str
    minutes: int  # limit on its time
    megabytes: int  # memory


def jobs(profile: Profile) -> list[Job]:
    """Size the job of each dataset of a profile, the longest first."""
    return [_job(line, profile) for line in forecast(profile)]


def _job(line: Forecast, profile: Profile) -> Job:
    memory = DRIVER_BYTES + max(profile.limits.memory_bytes, line.matrix_bytes)
    return Job(line.dataset, max(LEAST_MINUTES, round(SLACK * line.seconds / 60)), round(memory / 2**20))


def jobs_text(profile: Profile, nodes: int) -> str:
    """Write in a paragraph what a profile takes on so many nodes: jobs, hours, gigabytes."""
    lines = forecast(profile)
    sized = [_job(line, profile) for line in lines]
    whole = spread([line.seconds for line in lines], nodes)
    libraries = len(profile.libraries) if profile.libraries is not None else None
    return (
        f"On a cluster: {len(lines)} jobs that measure, one for each dataset and alone on its node, {len(lines)} that compute "
        f"matrices, and {'one' if libraries is None else libraries} for {'each library' if libraries is None else 'libraries'}.\n"
        f"On {nodes} nodes about {duration(whole)}, if each is free at once; the longest job takes about "
        f"{duration(max(line.seconds for line in lines))}.\n"
        f"Limits: up to {max(job.minutes for job in sized) / 60:.1f} h and {size(2**20 * max(job.megabytes for job in sized))} "
        f"of memory a job. The nodes share {size(sum(line.disk_bytes for line in lines))} of matrices.\n"
    )


def spread(seconds: list[float], nodes: int) -> float:
    """Return the seconds until the last of several nodes is done, if each takes the longest job that is left."""
    busy = [0.0] * nodes
    for job in sorted(seconds, reverse=True):
        heapq.heapreplace(busy, busy[0] + job)
    return max(busy)
