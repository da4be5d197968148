import re

import pytest

from kmedoids_bench.experiments.planning.forecast import forecast
from kmedoids_bench.experiments.planning.jobs import LEAST_MINUTES, SLACK, jobs, jobs_text, spread
from kmedoids_bench.experiments.planning.profile import FOLDER, read_profile

SMOKE, FULL = (read_profile(FOLDER / f"{name}.yaml") for name in ("smoke", "full"))


def test_a_job_has_time_for_all_cells_of_its_dataset_and_memory_for_its_largest_call():
    for profile in (SMOKE, FULL):
        for job, line in zip(jobs(profile), forecast(profile), strict=True):
            assert job.dataset == line.dataset
            assert job.minutes >= LEAST_MINUTES
            assert job.minutes * 60 >= SLACK * line.seconds - 60
            assert job.megabytes * 2**20 > max(line.matrix_bytes, profile.limits.memory_bytes)


@pytest.mark.parametrize(
    ("nodes", "expected"), [(1, 10), (2, 5), (3, 5), (9, 5)]
)  # 5 is the longest job: more nodes do not help
def test_nodes_share_the_jobs(nodes, expected):
    assert spread([1, 5, 2, 2], nodes) == expected


def test_the_text_says_jobs_hours_and_gigabytes():
    text = jobs_text(FULL, 8)
    number = len(FULL.datasets)
    assert f"{number} jobs compute matrices, one for each dataset, and {number} measure" in text
    assert re.search(r"On 8 nodes that takes about [\d.]+ h", text)
    assert re.search(r"at most [\d.]+ h and [\d.]+ GB of memory", text)
