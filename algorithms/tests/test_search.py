from kmedoids_bench.algorithms.search import append, new_log


def test_the_log_grows_and_keeps_what_it_holds():
    log = new_log()
    for number in range(1000):
        log = append(log, number, number, 2 * number, number / 2)
    assert log.removed[:1000].tolist() == list(range(1000))
    assert log.added[:1000].tolist() == list(range(0, 2000, 2))
    assert log.loss[999] == 499.5
