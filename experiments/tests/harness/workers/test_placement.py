import os
import subprocess
import sys

import pytest

from kmedoids_bench.experiments.harness.workers import placement
from kmedoids_bench.experiments.harness.workers.placement import ANYWHERE, Place, allowed, bind, in_ranges, place_for

TWO_NODES = ([[0, 8], [1, 9], [2, 10], [3, 11]], [[4, 12], [5, 13], [6, 14], [7, 15]])


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Return the function that makes a machine: of each NUMA node its cores, of each core its processors."""

    def write(name, text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n")

    def make(*nodes, usable=None, kilohertz=None):
        for number, cores in enumerate(nodes):
            write(f"node/node{number}/cpulist", in_ranges(sorted(processor for core in cores for processor in core)))
            for core in cores:
                for processor in core:
                    write(f"cpu/cpu{processor}/topology/thread_siblings_list", in_ranges(core))
        for processor, speed in (kilohertz or {}).items():
            write(f"cpu/cpu{processor}/cpufreq/cpuinfo_max_freq", speed)
        every = {processor for cores in nodes for core in cores for processor in core}
        monkeypatch.setattr(placement, "allowed", lambda: usable or every)
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("threads", "expected"),
    [
        (1, Place((3,), 0)),
        (2, Place((2, 3), 0)),
        (4, Place((0, 1, 2, 3), 0)),
        (5, Place((0, 1, 2, 3, 7))),  # the next node, before any core has two threads
        (9, Place((0, 1, 2, 3, 4, 5, 6, 7, 11))),
        (99, Place(tuple(range(16)))),
    ],
)
def test_threads_have_cores_of_their_own_and_of_one_node_while_there_are_any(machine, threads, expected):
    assert place_for(threads, machine(*TWO_NODES)) == expected


def test_what_the_scheduler_does_not_allow_is_left_alone(machine):
    system = machine(*TWO_NODES, usable={0, 1, 4, 5, 6, 12})
    assert place_for(2, system) == Place((5, 6), 1)  # the node of which more is allowed
    assert place_for(99, system) == Place((0, 1, 4, 5, 6, 12))


def test_fast_cores_come_first(machine):
    system = machine([[number] for number in range(6)], kilohertz={0: 4_000, 1: 5_000, 2: 5_000, 3: 3_000})
    assert [place_for(threads, system).processors for threads in (1, 2, 3)] == [(2,), (1, 2), (0, 1, 2)]


def test_few_cores_and_unknown_ones_are_left_to_the_system(machine, tmp_path):
    assert place_for(1, machine([[0, 1], [2, 3], [4, 5]])) == ANYWHERE
    assert place_for(1, tmp_path / "nothing") == ANYWHERE


def test_a_process_is_bound_to_what_it_may_use():
    one = max(allowed())
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert bind(child.pid, Place((one,), 0)) == Place((one,), 0)
        assert os.sched_getaffinity(child.pid) == {one}
        assert bind(child.pid, Place((10_000,))) == ANYWHERE
        assert bind(child.pid, ANYWHERE) == ANYWHERE
        assert os.sched_getaffinity(child.pid) == {one}
        child.communicate(b"\n")


def test_a_row_says_where_a_worker_ran():
    assert Place((0, 1, 2, 8), 0).columns() == {"processors": "0-2,8", "numa_node": 0}
    assert ANYWHERE.columns() == {"processors": None, "numa_node": None}
