import time
from types import SimpleNamespace

import numpy as np
import pytest

from kmedoids_bench.experiments.harness.workers import worker


def test_memory_orders_are_views_of_the_same_matrix():
    matrix = np.arange(9.0).reshape(3, 3)
    assert worker.in_order(matrix, "C").flags.c_contiguous
    assert worker.in_order(matrix, "F").flags.f_contiguous
    assert np.shares_memory(worker.in_order(matrix, "F"), matrix)


def test_the_peak_is_that_since_the_last_reset():
    block = np.ones(2**24)  # 128 MiB
    del block
    before = worker.reset_peak()
    assert worker.memory_since(before) < 2**24
    block = np.ones(2**23)  # 64 MiB
    del block
    assert 2**25 < worker.memory_since(before) < 2**27


def test_pages_of_a_mapped_file_that_are_read_anew_do_not_count(tmp_path):
    np.save(tmp_path / "matrix.npy", np.ones((4096, 4096)))  # 128 MiB
    mapped = np.load(tmp_path / "matrix.npy", mmap_mode="c")
    before = worker.reset_peak()
    assert mapped.max() == 1.0
    assert worker.resident("VmHWM") - before[0] > 2**26
    assert worker.memory_since(before) < 2**24


def test_an_unknown_field_is_none():
    assert worker.resident("Nonsense") is None


@pytest.fixture
def held_up():
    """A session whose calls take 2 ms, but for the third one, which takes 40."""
    waits = iter([0.002, 0.002, 0.04, *[0.002] * 100])
    adapter = SimpleNamespace(
        prepare=lambda matrix: matrix,
        call=lambda *_, **__: lambda: time.sleep(next(waits)),
        read=lambda _: {"medoids": [0]},
    )
    session = worker.Worker(adapter)
    session.problem = session.data = np.zeros((9, 9))
    return session


def test_a_call_that_is_held_up_does_not_count(held_up):
    answer = held_up.run("any", 1, loops=7)
    assert 0.002 <= answer["seconds"] < 0.01  # the mean would be 7 ms and more
    assert 0 <= answer["processor_seconds"] < answer["seconds"]
    assert answer["all_seconds"] > 0.04 + 6 * 0.002


def test_parts_have_all_calls_and_as_many_each_as_can_be():
    assert [worker.parts(loops) for loops in (1, 4, 7, 1000)] == [[1], [1] * 4, [1, 1, 1, 2, 2], [200] * 5]
