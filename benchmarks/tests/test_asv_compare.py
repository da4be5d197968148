"""The decision of `make asv`, on made-up measurements."""

import asv_compare
import pytest
from asv_compare import Measured, changes, selected, selection, write_table

TIME = "kernels.Time.time_call('plain pam')"
MEMORY = "kernels.Memory.peakmem_call('plain pam')"
LOSS = "kernels.Result.track_loss('plain pam')"
INSTRUCTIONS = "instructions.Instructions.track_instructions('plain pam')"


def times(*samples):
    return Measured(sorted(samples)[len(samples) // 2], samples)


QUIET = times(0.100, 0.101, 0.102, 0.100, 0.103, 0.101, 0.100, 0.102)


def scaled(measured, factor):
    return times(*(factor * sample for sample in measured.samples))


def found(before, after):
    """What the table says of each benchmark that has changed."""
    return {change.benchmark: change.what for change in changes(before, after)}


@pytest.mark.parametrize(("factor", "what"), [(1.2, "slower"), (0.8, "faster")])
def test_a_fifth_slower_or_faster_is_seen(factor, what):
    assert found({TIME: QUIET}, {TIME: scaled(QUIET, factor)}) == {TIME: what}


@pytest.mark.parametrize("factor", [0.93, 1.0, 1.08])
def test_equal_or_a_little_slower_or_faster_is_not(factor):
    assert found({TIME: QUIET}, {TIME: scaled(QUIET, factor)}) == {}


def test_a_burst_of_other_work_is_no_change():
    burst = times(0.100, 0.180, 0.190, 0.180, 0.102, 0.101, 0.160, 0.150)
    assert burst.value / QUIET.value > 1.4
    assert found({TIME: QUIET}, {TIME: burst}) == found({TIME: burst}, {TIME: QUIET}) == {}


def test_one_lucky_sample_is_no_change():
    lucky = times(0.080, *QUIET.samples)
    assert found({TIME: lucky}, {TIME: QUIET}) == found({TIME: QUIET}, {TIME: lucky}) == {}


@pytest.mark.parametrize(("now", "what"), [(1.01e8, {}), (1.10e8, {MEMORY: "larger"}), (0.9e8, {MEMORY: "smaller"})])
def test_memory_repeats_to_within_a_per_cent(now, what):
    assert found({MEMORY: Measured(1e8)}, {MEMORY: Measured(now)}) == what


@pytest.mark.parametrize(
    ("now", "what"), [(1.001e8, {}), (1.02e8, {INSTRUCTIONS: "more work"}), (0.95e8, {INSTRUCTIONS: "less work"})]
)
def test_two_per_cent_more_instructions_are_more_work(now, what):
    assert found({INSTRUCTIONS: Measured(1e8)}, {INSTRUCTIONS: Measured(now)}) == what


@pytest.mark.parametrize("now", [10.0 - 2e-15, 99.0])
def test_any_change_of_a_counter_or_loss_counts(now):
    assert found({LOSS: Measured(10.0)}, {LOSS: Measured(10.0)}) == {}
    assert found({LOSS: Measured(10.0)}, {LOSS: Measured(now)}) == {LOSS: "other"}


@pytest.mark.parametrize("missing", [Measured(float("nan")), Measured(None)])
def test_what_one_commit_lacks_is_not_compared(missing):
    for key, there in ((TIME, QUIET), (LOSS, Measured(3))):
        assert found({key: missing}, {key: there}) == {}
        assert set(found({key: there}, {key: missing}).values()) <= {"fails"}
        assert found({}, {key: there}) == {}


def test_a_benchmark_that_fails_now_is_named_and_one_that_is_skipped_is_not():
    after = {LOSS: Measured(None), TIME: Measured(float("nan")), MEMORY: Measured(1e8)}
    assert found({}, after) == {LOSS: "fails"}


def test_the_table_has_a_line_for_each_change(capsys, monkeypatch, tmp_path):
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    before = {LOSS: Measured(10.0), TIME: QUIET, MEMORY: Measured(1e8), INSTRUCTIONS: Measured(2e8)}
    after = {LOSS: Measured(9.999999999999998), TIME: scaled(QUIET, 1.2), MEMORY: Measured(None)}
    write_table(changes(before, after))
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert lines[2:] == [
        ["plain", "pam", "memory", "in", "MB", "-", "-", "-", "fails"],
        ["plain", "pam", "loss", "10.0", "9.999999999999998", "1.000", "other"],
        ["plain", "pam", "time", "in", "ms", "100.00", "120.00", "1.200", "slower"],
    ]
    assert page.read_text().count("| plain pam") == 3
    write_table([])
    assert "Nothing has changed." in capsys.readouterr().out
    assert page.read_text().endswith("Nothing has changed.\n")


def test_only_the_suspects_are_measured_again():
    other = TIME.replace("plain", "tuned")
    everything = {TIME: QUIET, MEMORY: Measured(1e8), LOSS: Measured(1.0), other: QUIET}
    assert set(selected(everything, [selection([TIME, MEMORY])])) == {TIME, MEMORY}
    assert selected(everything, ["tuned", "loss"]).keys() == {other, LOSS}
    assert selected(everything, []) == everything


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
    [(1.0, None, 0, 1), (1.2, 1.0, 0, 2), (1.2, 1.2, 3, 2), (1.2, 0.8, 0, 2), (0.8, 0.8, 0, 2)],
)
def test_only_a_confirmed_slowdown_is_one(commits, capsys, first, second, status, n_runs):
    compare, runs, results = commits
    for factor in filter(None, (first, second)):
        results.append(({TIME: QUIET, LOSS: Measured(1.0)}, {TIME: scaled(QUIET, factor), LOSS: Measured(1.0)}))
    assert compare("base", "head", []) == status
    assert len(runs) == n_runs
    confirmed = first == second != 1.0
    assert ("Nothing has changed." in capsys.readouterr().out) != confirmed


@pytest.mark.parametrize(
    ("benchmark", "now", "status"), [(LOSS, 1.0000001, 1), (INSTRUCTIONS, 1.05, 3), (INSTRUCTIONS, 0.95, 0)]
)
def test_results_and_instructions_need_no_confirmation(commits, capsys, benchmark, now, status):
    compare, runs, results = commits
    results.append(({TIME: QUIET, benchmark: Measured(1.0)}, {TIME: QUIET, benchmark: Measured(now)}))
    assert compare("base", "head", []) == status
    assert len(runs) == 1
    assert "plain pam" in capsys.readouterr().out


def test_other_results_outweigh_a_slowdown(commits):
    compare, runs, results = commits
    results += 2 * [({TIME: QUIET, LOSS: Measured(1.0)}, {TIME: scaled(QUIET, 1.2), LOSS: Measured(2.0)})]
    assert compare("base", "head", []) == 1


def test_nothing_in_common_is_not_good(commits):
    compare, runs, results = commits
    results.append(({TIME: Measured(None)}, {TIME: QUIET}))
    assert compare("base", "head", []) == 2
