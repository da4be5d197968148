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
    lines, sized = forecast(profile), jobs(profile)
    whole, longest = spread([line.seconds for line in lines], nodes), max(line.seconds for line in lines)
    hours, memory = max(job.minutes for job in sized) / 60, max(job.megabytes for job in sized) * 2**20
    return (
        f"On a cluster: {len(lines)} jobs compute matrices, one for each dataset, and {len(lines)} measure, each alone "
        f"on its node.\nOn {nodes} nodes that takes about {duration(whole)}, if free at once; the longest job about "
        f"{duration(longest)}.\nA job asks for at most {hours:.1f} h and {size(memory)} of memory. The nodes share "
        f"{size(sum(line.disk_bytes for line in lines))} of matrices.\n"
    )


def spread(seconds: list[float], nodes: int) -> float:
    """Return the seconds until the last of several nodes is done, if each takes the longest job that is left."""
    busy = [0.0] * nodes
    for job in sorted(seconds, reverse=True):
        heapq.heapreplace(busy, busy[0] + job)
    return max(busy)
