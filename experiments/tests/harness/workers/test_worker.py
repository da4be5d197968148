import numpy as np

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
    assert before is not None
    assert worker.resident("VmHWM") - before < 2**24
    block = np.ones(2**23)  # 64 MiB
    assert worker.resident("VmHWM") - before > 2**25
    del block


def test_an_unknown_field_is_none():
    assert worker.resident("Nonsense") is None
