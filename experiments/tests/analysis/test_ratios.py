import numpy as np
import pytest

from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up, wide_seconds
from kmedoids_bench.experiments.rows.reading import rows_frame

FAST, SLOW = "kmedoids_bench/fasterpam/C", "kmedoids_bench/pam/C"


def timed(factory, algorithm, seconds, **fields):
    return factory.record(algorithm=algorithm, seconds=seconds, **fields)


def both(factory, seconds, **fields):
    """Rows of (fast, slow) seconds, one pair a round."""
    out = []
    for number, (fast, slow) in enumerate(seconds):
        out.append(timed(factory, "fasterpam", fast, round=number, **fields))
        out.append(timed(factory, "pam", slow, round=number, **fields))
    return out


def paired(records):
    return pair_up(wide_seconds(rows_frame(records)), FAST, SLOW)


def simulated(rng, factor, series, size, between=0.0, within=0.1):
    logs = np.log(factor) + rng.normal(scale=between, size=(series, 1)) + rng.normal(scale=within, size=(series, size))
    return Pairs(logs.ravel(), np.full(series, size), factor)


def test_of_one_series_the_estimate_is_the_median_ratio_of_pairs_by_hand(factory):
    # Ratios 2, 8, 3: the median is 3, while the ratio of the medians would be 8 / 2 = 4.
    found = paired(both(factory, [(1, 2), (2, 16), (4, 12)], series=0)).ratio
    assert found.estimate == pytest.approx(3)
    assert found.best == pytest.approx(2)  # minima 1 and 2
    assert (found.n_pairs, found.n_runs) == (3, 1)


def test_of_several_series_it_is_the_geometric_mean_of_their_medians(factory):
    first, second = both(factory, [(1, 2), (2, 16), (4, 12)], series=0), both(factory, [(1, 12)], series=1)
    assert paired([*first, *second]).ratio.estimate == pytest.approx(6)


def test_even_number_of_pairs_averages_the_logarithms(factory):
    assert paired(both(factory, [(1, 2), (1, 8)])).ratio.estimate == pytest.approx(4)


def test_only_runs_of_the_same_block_run_and_round_are_paired(factory):
    records = [
        *both(factory, [(1, 10)], block="b1", run="r1"),
        timed(factory, "fasterpam", 5.0, block="b1", run="r1", round=1),  # pam was not run in this round
        timed(factory, "pam", 7.0, block="b1", run="r2", round=1),  # another run
        timed(factory, "pam", 7.0, block="b2", run="r1", round=1),  # another block
    ]
    found = paired(records)
    assert np.exp(found.logs).tolist() == pytest.approx([10])


def test_a_series_is_one_block_in_one_run_and_one_set_of_processes(factory):
    records = [
        *both(factory, [(1, 2), (1, 2)], block="b1", run="r1", series=0),
        *both(factory, [(1, 4)], block="b1", run="r2", series=0),
        *both(factory, [(1, 8), (1, 8), (1, 8)], block="b2", run="r1", series=0),
        *both(factory, [(1, 16)], block="b2", run="r1", series=1),
    ]
    found = paired(records)
    assert found.sizes.tolist() == [2, 3, 1, 1]
    assert found.ratio.n_runs == 4
    assert found.best == pytest.approx(6)  # the median of 2, 8, 4 and 16, the ratios of the minima of a series


def test_failed_untimed_and_zero_runs_do_not_count(factory):
    records = [
        *both(factory, [(1, 2)]),
        factory.failure("timeout", "stopped", round=1),
        timed(factory, "fasterpam", 1.0, round=1),
        timed(factory, "fasterpam", None, round=2),
        timed(factory, "pam", 0.0, round=3),
        timed(factory, "fasterpam", 1.0, round=3),
    ]
    assert len(paired(records).logs) == 1


def test_contenders_that_never_met_have_no_ratio(factory):
    assert paired([timed(factory, "pam", 1.0)]) is None
    assert paired([timed(factory, "pam", 1.0), timed(factory, "fasterpam", 1.0, round=1)]) is None
    assert paired([]) is None


@pytest.mark.parametrize("count", range(1, 5))
def test_an_interval_needs_three_series(factory, count):
    records = [
        record | {"series": number} for number in range(count) for record in both(factory, [(1, 2 + number / 100)] * 2)
    ]
    found = paired(records).ratio
    assert (found.low is None) == (found.high is None) == (count < 3)
    assert found.why_none == {1: "one process, one start", 2: "2 series, 3 needed"}.get(count, "")
    assert (found.n_pairs, found.n_runs) == (2 * count, count)


def test_interval_is_reproducible_and_holds_the_estimate():
    pairs = simulated(np.random.default_rng(1), 40.0, series=3, size=8)
    found = pairs.ratio
    assert found == pairs.ratio
    assert found.low < found.estimate < found.high


def test_constant_ratio_has_an_interval_of_no_width():
    found = Pairs(np.log(np.full(9, 12.5)), np.array([5, 4]), 12.5).ratio
    assert (found.low, found.estimate, found.high) == pytest.approx((12.5, 12.5, 12.5))


def test_interval_covers_the_truth_when_processes_differ():
    rng = np.random.default_rng(5)
    found = [simulated(rng, 7.0, series=4, size=3, between=0.1, within=0.03).ratio for _ in range(400)]
    covered = np.mean([one.low <= 7.0 <= one.high for one in found])
    assert 0.92 <= covered <= 0.98


def test_geometric_mean_by_hand():
    cells = [Pairs(np.log(np.full(5, value)), np.array([2, 2, 1]), value) for value in (2.0, 8.0, 4.0)]
    found = geometric_mean(cells)
    assert (found.estimate, found.low, found.high, found.best) == pytest.approx((4, 4, 4, 4))
    assert (found.n_pairs, found.n_runs) == (15, 9)


def test_geometric_mean_is_known_better_than_its_cells():
    rng = np.random.default_rng(6)
    cells = [simulated(rng, 5.0, series=3, size=10) for _ in range(16)]
    widths = [np.log(one.ratio.high / one.ratio.low) for one in cells]
    all_of_them = geometric_mean(cells)
    assert np.log(all_of_them.high / all_of_them.low) < np.median(widths) / 2
    assert all_of_them.low <= 5.0 <= all_of_them.high


def test_geometric_mean_without_cells_or_with_a_small_one():
    assert geometric_mean([]) is None
    rng = np.random.default_rng(7)
    cells = [simulated(rng, 5.0, series=count, size=4) for count in (5, 2)]
    assert geometric_mean(cells).low is None
