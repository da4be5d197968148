import pytest

from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.record import check_threads
from kmedoids_bench.experiments.harness.workers.process import Failure

ONE = Contender(implementation="x", algorithm="pam", order="C", tier="library")
TWO = Contender(implementation="x", algorithm="pam", order="C", tier="library", threads=2)


def test_more_threads_than_the_cell_allows_are_an_error_and_no_number():
    answer = {"seconds": 1.0, "processor_seconds": 1.9}
    with pytest.raises(Failure, match="1.9 threads worked on it, 1 are allowed") as failure:
        check_threads(answer, ONE)
    assert failure.value.status == "error"
    check_threads(answer, TWO)


@pytest.mark.parametrize(
    "answer",
    [
        {"seconds": 1.0, "processor_seconds": 1.1},
        {"seconds": 0.001, "processor_seconds": 0.01},  # the processor's clock has only ticked once
        {"seconds": 1.0, "processor_seconds": None},  # a worker that cannot tell
        {"seconds": 1.0},
    ],
)
def test_what_shows_nothing_is_no_error(answer):
    check_threads(answer, ONE)


def test_loops_are_one_sample():
    with pytest.raises(Failure):
        check_threads({"seconds": 0.01, "processor_seconds": 0.02, "loops": 10}, ONE)
