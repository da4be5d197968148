"""The order of runs, budgets and resume, with workers that only pretend to compute: no clock decides anything."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from kmedoids_bench.experiments.harness import block as block_module
from kmedoids_bench.experiments.harness import record
from kmedoids_bench.experiments.harness.block import BlockRunner, Budget
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Data, Lane, Start
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers.placement import Place
from kmedoids_bench.experiments.harness.workers.process import Disturbed, Failure, Limits

MATRIX = np.ones((12, 12)) - np.eye(12)
BUDGET = Budget(100.0, Limits(10.0, 2**30))


class PretendedWorker:
    def __init__(self, workers, contender):
        self.workers, self.contender, self.hello = (workers, contender, {"pid": 1, "versions": {"pretended": "1"}})
        self.stopped = contender.implementation in workers.stopped
        self.place = Place((2, 3), 0)

    def ask(self, request, limits):
        call = "tiny" if request.get("tiny") else "timed" if request.get("loops", 1) > 1 else "run"
        self.workers.calls.append((self.contender.implementation, call))
        if self.contender.implementation in self.workers.failures and call != "tiny":
            raise self.workers.failures[self.contender.implementation]
        seconds = self.workers.seconds[self.contender.implementation]
        medoids = self.workers.medoids.get(self.contender.implementation, request["medoids"])
        facts = {"facts": {"exact": True}} if request.get("facts") and not request.get("tiny") else {}
        times = {"seconds": seconds, "all_seconds": seconds * request.get("loops", 1)}
        return times | {"memory": 7, "medoids": medoids, "reported_loss": 0.0} | facts


class PretendedWorkers:
    def __init__(self, seconds):
        self.seconds, self.failures, self.medoids, self.calls, self.stopped = seconds, {}, {}, [], []

    def ready(self, contender, data):
        return PretendedWorker(self, contender)


def contender(name):
    return Contender(implementation=name, algorithm="pam", order="C", tier="plain")


def block(rounds, k=2, series=0):
    start = Start(name="random", seed=0, medoids=tuple(range(k)))
    cell = Cell(dataset="d", n=12, k=k, dtype="float64", metric="m", matrix_sha256="sha", start=start)
    return Block(cell, tuple(Lane(contender(name), number) for name, number in rounds.items()), series)


@pytest.fixture
def measure(tmp_path, monkeypatch):
    np.save(tmp_path / "matrix.npy", MATRIX)
    monkeypatch.setattr(record, "source_of", lambda contender: f"source of {contender.implementation}")

    def measure(workers, *blocks, budget=BUDGET):
        with Store(tmp_path / "rows.jsonl") as store:
            runner = BlockRunner(workers, Recorder(store, {"sha": Data(tmp_path / "matrix.npy")}), budget)
            for one in blocks:
                runner.run(one)
            return list(store.rows)

    return measure


def test_rounds_alternate_and_turn_back(measure):
    workers = PretendedWorkers({"a": 0.001, "b": 0.001, "c": 0.001})
    rows = measure(workers, block({"a": 8, "b": 8, "c": 8}))
    rounds = [[row["implementation"] for row in rows if row["round"] == number] for number in range(8)]
    assert all(sorted(names) == ["a", "b", "c"] for names in rounds)
    assert [rounds[i + 1] for i in (0, 2, 4, 6)] == [rounds[i][::-1] for i in (0, 2, 4, 6)]
    assert len({tuple(names) for names in rounds}) > 2
    assert [row["position"] for row in rows[:3]] == [0, 1, 2]


def test_a_short_call_is_preceded_by_an_untimed_one_and_looped(measure):
    workers = PretendedWorkers({"a": 0.001})
    rows = measure(workers, block({"a": 2}))
    assert [call for _, call in workers.calls] == ["tiny", "run", "timed", "run", "timed"]
    assert [row["loops"] for row in rows] == [50, 50]
    assert [row["first_seconds"] for row in rows] == [0.001, None]
    assert rows[0]["peak_memory"] == 7


def test_the_first_long_call_counts(measure):
    workers = PretendedWorkers({"a": 4.0})
    rows = measure(workers, block({"a": 2}))
    assert [call for _, call in workers.calls] == ["tiny", "run", "run"]
    assert [(row["seconds"], row["loops"]) for row in rows] == [(4.0, 1), (4.0, 1)]


def test_a_slow_contender_gets_fewer_rounds_but_one_at_least(measure):
    workers = PretendedWorkers({"slow": 60.0, "slower": 300.0, "fast": 0.5})
    rows = measure(workers, block({"slow": 5, "slower": 5, "fast": 5}))
    count = {name: sum(row["implementation"] == name for row in rows) for name in workers.seconds}
    assert count == {"slow": 2, "slower": 1, "fast": 5}


def test_an_untimed_lane_gives_a_result_without_seconds(measure):
    rows = measure(PretendedWorkers({"a": 0.001}), block({"a": 0}))
    assert [(row["status"], row["seconds"]) for row in rows] == [("ok", None)]


def test_the_row_says_what_was_measured(measure):
    (row,) = measure(PretendedWorkers({"a": 0.5}), block({"a": 1}))
    assert row["loss"] == 10
    assert row["local_optimum"] is True
    assert row["medoid_silhouette"] == pytest.approx(2 / 12)  # of the medoids 1, of the others 0
    assert (row["dataset"], row["k"], row["seed"], row["start_medoids"]) == ("d", 2, 0, [0, 1])
    assert row["versions"] == {"pretended": "1"}
    assert row["source"] == "source of a"
    assert {"commit", "dirty", "cpu", "load", "time", "machine", "id", "run"} <= set(row)
    assert (row["processors"], row["numa_node"]) == ("2-3", 0)


def test_what_others_did_before_a_call_does_not_count(measure, monkeypatch):
    class Shares:
        def __init__(self):
            self.looks = iter([0.9, 0.0, 0.9, 0.3])

        def look(self):
            return next(self.looks)

    monkeypatch.setattr(block_module, "Neighbours", Shares)
    rows = measure(PretendedWorkers({"a": 4.0}), block({"a": 2}))
    assert [row["others_share"] for row in rows] == [0.0, 0.3]


def test_what_is_there_is_not_measured_again(measure):
    one = block({"a": 3, "b": 3})
    first = measure(PretendedWorkers({"a": 0.001, "b": 0.001}), one)
    workers = PretendedWorkers({"a": 0.001, "b": 0.001})
    assert measure(workers, one) == first
    assert workers.calls == []
    more = measure(workers, block({"a": 5, "b": 3}))
    assert more[: len(first)] == first
    assert [(row["implementation"], row["round"]) for row in more[len(first) :]] == [("a", 3), ("a", 4)]
    assert len({row["id"] for row in more}) == len(more)


def paired(rows, *names):
    """The rounds in which all of these were timed."""
    return set.intersection(
        *({(row["run"], row["round"]) for row in rows if row["implementation"] == n and row["seconds"]} for n in names)
    )


def test_what_is_measured_again_after_an_edit_is_paired_with_the_rest(measure, monkeypatch):
    one, seconds = block({"a": 2, "b": 2, "slow": 2}), {"a": 0.001, "b": 0.001, "slow": 300.0}
    before = measure(PretendedWorkers(seconds), one)
    sources = {"a": "edited", "b": "source of b", "slow": "source of slow"}
    monkeypatch.setattr(record, "source_of", lambda contender: sources[contender.implementation])
    rows = measure(PretendedWorkers(seconds), one)
    current = [row for row in rows if row["source"] == sources[row["implementation"]]]
    assert len(rows) == len(before) + 2 + 3  # two rounds of the edited one, and one of all
    assert paired(current, "a", "b", "slow")
    assert measure(PretendedWorkers(seconds), one) == rows  # and that is all


def test_what_was_left_when_a_run_was_killed_is_paired_with_the_rest(measure):
    class Killed(Exception):
        pass

    class Mortal(PretendedWorkers):
        def ready(self, contender, data):
            if contender.implementation == "fast" and self.calls:
                raise Killed
            return super().ready(contender, data)

    seconds = {"slow": 300.0, "fast": 0.5}
    series = next(  # in which the slow one is the first
        number
        for number in range(20)
        if np.random.default_rng([int(block({}).cell.block, 16), number]).permutation(2)[0] == 0
    )
    one = block({"slow": 2, "fast": 2}, series=series)
    with pytest.raises(Killed):
        measure(Mortal(seconds), one)
    rows = measure(PretendedWorkers(seconds), one)
    assert paired(rows, "slow", "fast")
    assert measure(PretendedWorkers(seconds), one) == rows


def test_what_has_failed_for_good_is_not_run_again_for_the_sake_of_a_pair(measure):
    """It was timed once, before the others, and crashes since then."""
    seconds = {"a": 0.001, "b": 0.001}
    measure(PretendedWorkers(seconds), block({"a": 1}))
    workers = PretendedWorkers(seconds)
    workers.failures["a"] = Failure("crash", "why", "what to do")
    first = measure(workers, block({"a": 2, "b": 2}))
    assert [row["status"] for row in first if row["implementation"] == "a"] == ["ok", "crash"]
    assert measure(workers, block({"a": 2, "b": 2})) == first


def test_what_gives_no_result_is_not_waited_for(measure):
    workers = PretendedWorkers({"a": 0.001, "b": 0.001})
    workers.failures["b"] = Failure("unavailable", "no network", "connect")
    one = block({"a": 2, "b": 2})
    measure(workers, one)
    assert sum(row["implementation"] == "a" for row in measure(workers, one)) == 2


def test_other_code_or_another_machine_is_measured_again(measure, monkeypatch):
    one = block({"a": 2})
    measure(PretendedWorkers({"a": 0.001}), one)
    monkeypatch.setattr(record, "source_of", lambda contender: "edited")
    assert len(measure(PretendedWorkers({"a": 0.001}), one)) == 4
    monkeypatch.setattr(record, "machine", lambda: {"machine": "another"})
    assert len(measure(PretendedWorkers({"a": 0.001}), one)) == 6


def test_a_cut_contender_is_not_tried_with_more_medoids(measure):
    workers = PretendedWorkers({"a": 0.001, "b": 0.001})
    workers.failures["a"] = Failure("timeout", "cut after 10 s", "more time")
    blocks = [block({"a": 3, "b": 2}, k) for k in (2, 3, 4)]
    rows = measure(workers, *blocks)
    assert [(row["k"], row["status"]) for row in rows if row["implementation"] == "a"] == [
        (2, "timeout"),
        (3, "skipped"),
        (4, "skipped"),
    ]
    assert "at k = 2 already" in next(row["reason"] for row in rows if row["status"] == "skipped")
    assert sum(row["status"] == "ok" for row in rows) == 6
    assert measure(workers, *blocks) == rows  # neither tried again nor written twice


def test_more_time_brings_cut_cells_back(measure):
    workers = PretendedWorkers({"a": 0.001})
    workers.failures["a"] = Failure("timeout", "cut after 10 s", "more time")
    blocks = [block({"a": 1}, k) for k in (2, 3)]
    measure(workers, *blocks)
    workers.failures.clear()
    rows = measure(workers, *blocks, budget=Budget(100.0, Limits(20.0, 2**30)))
    assert [(row["k"], row["status"]) for row in rows] == [(2, "timeout"), (3, "skipped"), (2, "ok"), (3, "ok")]


def test_a_worker_that_was_not_ready_in_time_is_no_call_that_was_cut(measure):
    class Slow(PretendedWorkers):
        def ready(self, contender, data):
            if contender.implementation == "a":
                raise Failure("timeout", "cut after 120 s", "more time")
            return super().ready(contender, data)

    blocks = [block({"a": 1, "b": 1}, k) for k in (2, 3)]
    rows = measure(Slow({"a": 0.001, "b": 0.001}), *blocks)
    found = [(row["status"], row["reason"]) for row in rows if row["implementation"] == "a"]
    assert found == [("skipped", "its worker was not ready for the call: cut after 120 s")] * 2
    rows = measure(PretendedWorkers({"a": 0.001, "b": 0.001}), *blocks)
    assert {row["k"] for row in rows if row["implementation"] == "a" and row["status"] == "ok"} == {2, 3}


@pytest.mark.parametrize("status", ["crash", "error"])
def test_a_failure_costs_one_row(measure, status):
    workers = PretendedWorkers({"a": 0.001, "b": 0.001})
    workers.failures["a"] = Failure(status, "why", "what to do")
    rows = measure(workers, block({"a": 3, "b": 3}))
    failed = [row for row in rows if row["implementation"] == "a"]
    assert [(row["status"], row["reason"], row["advice"]) for row in failed] == [(status, "why", "what to do")]
    assert sum(row["implementation"] == "b" and row["status"] == "ok" for row in rows) == 3
    assert measure(workers, block({"a": 3, "b": 3})) == rows


# After three kills the other one has finished: a last round pairs the two.
@pytest.mark.parametrize(("kills", "statuses"), [(3, ["ok", "ok", "ok"]), (4, ["crash"])])
def test_a_run_whose_worker_was_killed_is_tried_again(measure, kills, statuses, caplog):
    class Victims(PretendedWorkers):
        def ready(self, contender, data):
            if contender.implementation == "a":
                self.failures = dict(zip("a", self.deaths[:1], strict=False))
                del self.deaths[:1]
            return super().ready(contender, data)

    workers = Victims({"a": 0.001, "b": 0.001})
    workers.deaths = kills * [Disturbed("crash", "the worker was killed by SIGKILL")]
    rows = measure(workers, block({"a": 2, "b": 2}))
    assert [row["status"] for row in rows if row["implementation"] == "a"] == statuses
    assert [row["status"] for row in rows if row["implementation"] == "b"] == max(2, statuses.count("ok")) * ["ok"]
    assert caplog.messages == 3 * ["a/pam/C: the worker was killed by SIGKILL: it is run again"]


def test_a_run_that_was_stopped_does_not_count(measure):
    workers = PretendedWorkers({"a": 0.001, "b": 0.001})
    workers.stopped = ["a"]
    rows = measure(workers, block({"a": 1, "b": 1}))
    assert [(row["implementation"], row["status"], row["seconds"]) for row in rows] == [
        ("b", "ok", 0.001),
        ("a", "error", None),
    ]
    assert "stopped during a call" in rows[1]["reason"]


def test_what_was_unavailable_is_tried_again(measure):
    workers = PretendedWorkers({"a": 0.001})
    workers.failures["a"] = Failure("unavailable", "no network", "connect")
    measure(workers, block({"a": 1}))
    workers.failures.clear()
    assert [row["status"] for row in measure(workers, block({"a": 1}))] == ["unavailable", "ok"]


@pytest.mark.parametrize("medoids", [[0], [0, 0], [0, 12], [0, 0.5], None, 3])
def test_nonsense_is_an_error_and_no_number(measure, medoids):
    workers = PretendedWorkers({"a": 0.001})
    workers.medoids["a"] = medoids
    (row,) = measure(workers, block({"a": 1}))
    assert (row["status"], row["loss"], row["seconds"]) == ("error", None, None)
    assert "not a clustering" in row["reason"]


def test_the_reported_progress_ends_each_lane_once(tmp_path, measure, monkeypatch):
    ends = []
    monkeypatch.setattr(record, "source_of", lambda contender: "x")
    with Store(tmp_path / "other.jsonl") as store:
        recorder = Recorder(store, {"sha": Data(tmp_path / "matrix.npy")})
        note = lambda block, lane, finished: ends.append(lane.contender.implementation) if finished else None  # noqa: E731
        BlockRunner(PretendedWorkers({"a": 0.1, "b": 0.1}), recorder, BUDGET, note).run(block({"a": 3, "b": 2}))
    assert sorted(ends) == ["a", "b"]


def test_rounds_are_numbered_on_across_runs(measure):
    measure(PretendedWorkers({"a": 0.001, "b": 0.001}), block({"a": 2, "b": 0}))
    rows = measure(PretendedWorkers({"a": 0.001, "b": 0.001}), block({"a": 2, "b": 3}))
    numbers = [row["round"] for row in rows]
    assert all(later >= earlier for earlier, later in pairwise(numbers))
    runs = {row["run"] for row in rows}
    assert len(runs) == 2


def test_each_series_has_its_rounds_and_numbers_them_on(measure):
    blocks = [block({"a": 2, "b": 2}, series=series) for series in range(3)]
    rows = measure(PretendedWorkers({"a": 0.1, "b": 0.1}), *blocks)
    assert {(row["series"], row["round"]) for row in rows} == {(number // 2, number) for number in range(6)}
    assert len(rows) == 12
    assert measure(PretendedWorkers({"a": 0.1, "b": 0.1}), *blocks) == rows


def test_what_failed_in_one_series_is_not_tried_in_the_next(measure):
    workers = PretendedWorkers({"a": 0.1, "b": 0.1})
    workers.failures["a"] = Failure("crash", "why", "what to do")
    rows = measure(workers, *(block({"a": 2, "b": 2}, series=series) for series in range(3)))
    assert [row["status"] for row in rows if row["implementation"] == "a"] == ["crash"]
    assert sum(row["implementation"] == "b" for row in rows) == 6


def test_facts_are_asked_for_once_and_kept(measure):
    workers = PretendedWorkers({"a": 0.5})
    one = block({"a": 2})
    one = replace(one, lanes=(replace(one.lanes[0], facts=True),))
    rows = measure(workers, one)
    assert [row["facts"] for row in rows] == [{"exact": True}, None]
    assert measure(PretendedWorkers({"a": 0.5}), one) == rows


def test_a_lane_that_lacks_facts_runs_again(measure):
    one = block({"a": 2})
    assert [row["facts"] for row in measure(PretendedWorkers({"a": 0.5}), one)] == [None, None]
    one = replace(one, lanes=(replace(one.lanes[0], facts=True),))
    assert [row["facts"] for row in measure(PretendedWorkers({"a": 0.5}), one)] == [None, None, {"exact": True}]
