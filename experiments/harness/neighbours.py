"""Noisy neighbours: the share of the machine's processor time that goes to programs which are not ours.

A program on another core takes a share of the caches and of the memory bandwidth, and the processor runs slower. The
time of a call does not show that; the counters of the system do.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil

WINDOW_SECONDS = 1.0  # the least that is looked at together: the system counts hundredths of a second


@dataclass(frozen=True)
class Reading:
    """What the counters say at a moment, in seconds since some time."""

    when: float
    total: float  # of all processors together
    busy: float
    ours: float  # of this process and of all that it has started

    @classmethod
    def now(cls) -> "Reading":
        """Read the counters."""
        machine = psutil.cpu_times()._asdict()
        total = sum(machine.values()) - machine.get("guest", 0.0) - machine.get("guest_nice", 0.0)  # counted twice
        busy = total - machine["idle"] - machine.get("iowait", 0.0)
        return cls(time.monotonic(), total, busy, _ours())

    def others_since(self, before: "Reading") -> float | None:
        """Return the share of the processor time since then that others used; None if the counters stand still."""
        total, others = self.total - before.total, (self.busy - before.busy) - (self.ours - before.ours)
        return round(min(1.0, max(0.0, others / total)), 4) if total > 0 else None


def _ours() -> float:
    ours = sum(os.times()[:4])  # with the processes that have ended
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            ours += sum(process.cpu_times()[:4])
    return ours


class Neighbours:
    """Watches the counters in windows of a second, or as long as a call takes."""

    def __init__(self) -> None:
        self.before, self.share = Reading.now(), None

    def look(self) -> float | None:
        """Return the share of others in the last window; None while there is none yet.

        A look ends the window, and begins the next one, if it has lasted `WINDOW_SECONDS`.
        """
        if time.monotonic() - self.before.when >= WINDOW_SECONDS:
            now = Reading.now()
            self.share, self.before = now.others_since(self.before), now
        return self.share
