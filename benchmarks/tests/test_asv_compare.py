"""The decision of `make asv`, on made-up measurements."""

import asv_compare
import pytest
from asv_compare import Measured, other_results, selected, selection, table, worse

TIME = "kernels.Time.time_call('plain pam')"
MEMORY = "kernels.Memory.peakmem_call('plain pam')"
LOSS = "kernels.Result.track_loss('plain pam')"


def times(*samples):
    return Measured(sorted(samples)[len(samples) // 2], samples)


QUIET = times(0.100, 0.101, 0.102, 0.100, 0.103, 0.101, 0.100, 0.102)


def slower(measured, factor):
    return times(*(factor * sample for sample in measured.samples))


def test_a_fifth_slower_is_seen():
    assert worse({TIME: QUIET}, {TIME: slower(QUIET, 1.2)}) == [TIME]


@pytest.mark.parametrize("factor", [0.5, 1.0, 1.08])
def test_faster_equal_or_a_little_slower_is_not(factor):
    assert worse({TIME: QUIET}, {TIME: slower(QUIET, factor)}) == []


def test_a_burst_of_other_work_is_not_a_slowdown():
    burst = times(0.100, 0.180, 0.190, 0.180, 0.102, 0.101, 0.160, 0.150)
    assert burst.value / QUIET.value > 1.4
    assert worse({TIME: QUIET}, {TIME: burst}) == []


def test_one_lucky_sample_before_is_not_a_slowdown():
    lucky = times(0.080, *QUIET.samples)
    assert worse({TIME: lucky}, {TIME: QUIET}) == []


@pytest.mark.parametrize(("now", "found"), [(1.01e8, []), (1.10e8, [MEMORY])])
def test_memory_repeats_to_within_a_per_cent(now, found):
    assert worse({MEMORY: Measured(1e8)}, {MEMORY: Measured(now)}) == found


def test_any_change_of_a_counter_or_loss_counts():
    assert other_results({LOSS: Measured(10.0)}, {LOSS: Measured(10.0)}) == []
    (sentence,) = other_results({LOSS: Measured(10.0)}, {LOSS: Measured(10.0 - 2e-15)})
    assert sentence == "kernels.Result.track_loss('plain pam') was 10.0, is 9.999999999999998"
    assert worse({LOSS: Measured(10.0)}, {LOSS: Measured(99.0)}) == []


@pytest.mark.parametrize("missing", [Measured(float("nan")), Measured(None)])
def test_what_one_commit_lacks_is_not_compared(missing):
    for key, there in ((TIME, QUIET), (LOSS, Measured(3))):
        for before, after in (({key: missing}, {key: there}), ({key: there}, {key: missing}), ({}, {key: there})):
            assert not [line for line in other_results(before, after) if " was " in line]
            assert worse(before, after) == []


def test_a_benchmark_that_fails_now_is_named_and_one_that_is_skipped_is_not():
    after = {LOSS: Measured(None), TIME: Measured(float("nan")), MEMORY: Measured(1e8)}
    assert other_results({}, after) == ["kernels.Result.track_loss('plain pam') fails"]


def test_only_the_suspects_are_measured_again():
    other = TIME.replace("plain", "tuned")
    everything = {TIME: QUIET, MEMORY: Measured(1e8), LOSS: Measured(1.0), other: QUIET}
    assert set(selected(everything, [selection([TIME, MEMORY])])) == {TIME, MEMORY}
    assert selected(everything, ["tuned", "loss"]).keys() == {other, LOSS}
    assert selected(everything, []) == everything


def test_counters_are_not_in_the_table():
    values = {LOSS: Measured(1.0), TIME: QUIET, MEMORY: Measured(1e8)}
    assert len(table(values, values).splitlines()) == 3


@pytest.fixture
def commits(monkeypatch):
    """The comparison without asv: itself, the runs that took place, and a place for what they find of base and head."""
    runs, results = [], []

    def measure(commits, benchmarks=(), options=()):
        runs.append((list(benchmarks), options))
        return True

    monkeypatch.setattr(asv_compare, "measure", measure)
    monkeypatch.setattr(asv_compare, "measured", lambda commit: results[len(runs) - 1][commit == "head"])
    return asv_compare.compare, runs, results


@pytest.mark.parametrize(
    ("first", "second", "status", "n_runs"),
    [
        ((QUIET, QUIET), None, 0, 1),
        ((QUIET, slower(QUIET, 1.2)), (QUIET, QUIET), 0, 2),
        ((QUIET, slower(QUIET, 1.2)), (QUIET, slower(QUIET, 1.2)), 3, 2),
    ],
)
def test_only_a_confirmed_slowdown_is_one(commits, first, second, status, n_runs):
    compare, runs, results = commits
    for old, new in filter(None, (first, second)):
        results.append(({TIME: old, LOSS: Measured(1.0)}, {TIME: new, LOSS: Measured(1.0)}))
    assert compare("base", "head", []) == status
    assert len(runs) == n_runs


def test_other_results_need_no_confirmation(commits, capsys):
    compare, runs, results = commits
    results.append(({TIME: QUIET, LOSS: Measured(1.0)}, {TIME: slower(QUIET, 1.2), LOSS: Measured(2.0)}))
    assert compare("base", "head", []) == 1
    assert len(runs) == 1
    assert "track_loss('plain pam') was 1.0, is 2.0" in capsys.readouterr().out


def test_nothing_in_common_is_not_good(commits):
    compare, runs, results = commits
    results.append(({TIME: Measured(None)}, {TIME: QUIET}))
    assert compare("base", "head", []) == 2
