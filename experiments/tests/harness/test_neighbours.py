import subprocess
import sys
from types import SimpleNamespace

import pytest

from kmedoids_bench.experiments.harness import neighbours
from kmedoids_bench.experiments.harness.neighbours import WINDOW_SECONDS, Neighbours, Reading


def test_others_have_what_is_busy_and_not_ours():
    before = Reading(0.0, total=100.0, busy=50.0, ours=10.0)
    assert Reading(2.0, total=104.0, busy=53.0, ours=11.0).others_since(before) == pytest.approx(0.5)
    assert Reading(2.0, total=104.0, busy=51.0, ours=11.2).others_since(before) == 0.0  # the clocks tick apart
    assert Reading(2.0, total=100.0, busy=50.0, ours=10.0).others_since(before) is None


def test_a_window_lasts_a_second_or_as_long_as_the_call(monkeypatch):
    at, times = [0.0], [0.4, WINDOW_SECONDS, 1.2, 6.0]
    now = {when: Reading(when, total=2 * when, busy=when, ours=min(0.9 * when, 0.9)) for when in (*at, *times)}
    monkeypatch.setattr(Reading, "now", classmethod(lambda cls: now[at[-1]]))
    monkeypatch.setattr(neighbours, "time", SimpleNamespace(monotonic=lambda: at[-1]))
    watched, seen = Neighbours(), []
    for when in times:
        at.append(when)
        seen.append(watched.look())
    assert seen == [None, pytest.approx(0.05), pytest.approx(0.05), pytest.approx(0.5)]


BURN = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"


def test_what_we_have_started_is_ours_while_it_runs_and_afterwards():
    before = Reading.now()
    command = [sys.executable, "-c", BURN]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        running = Reading.now()
        child.communicate("\n")
    ended = Reading.now()
    assert running.ours - before.ours > 0.25
    assert ended.ours >= running.ours - 0.05  # ticks of 10 ms
    assert before.total < ended.total
    assert ended.busy <= ended.total
