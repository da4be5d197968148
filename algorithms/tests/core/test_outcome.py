from kmedoids_bench.algorithms.core.outcome import append, new_log


def test_the_log_grows_and_keeps_what_it_holds():
    log = new_log(7.0)
    assert log.loss == 7.0
    for number in range(1000):
        log = append(log, number, 2 * number, number / 2)
    assert log.n_swaps == 1000
    assert log.removed[:1000].tolist() == list(range(1000))
    assert log.added[:1000].tolist() == list(range(0, 2000, 2))
    assert log.losses[999] == log.loss == 499.5


def test_the_room_of_the_log_is_doubled_when_it_is_full():
    log, rooms = new_log(0.0), []
    for number in range(200):
        log = append(log, number, number, 0.0)
        rooms.append((len(log.removed), len(log.added), len(log.losses)))
    assert rooms == 64 * [(64, 64, 64)] + 64 * [(128, 128, 128)] + 72 * [(256, 256, 256)]
