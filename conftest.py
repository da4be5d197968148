"""For all tests: a limit on processor time, which a busy machine does not trip, and one cache of machine code.

`timeout` in pyproject.toml counts seconds of the wall and only ends what hangs.
"""

import os
import shutil
import signal
from pathlib import Path

import pytest

from kmedoids_bench.experiments.harness import source

pytest_plugins = ["kmedoids_bench.experiments.tests.libraries"]
CPU_SECONDS = 120
source.CACHE = Path(__file__).parent / ".cache" / "numba-tests"  # apart from what is measured


def pytest_configure(config):
    """Let numba keep machine code, between runs and for all processes: a folder for each state of the sources.

    This comes before numba is imported. Set NUMBA_CACHE_DIR to do otherwise; empty, nothing is kept. Workers of the
    harness share the folder with the tests.
    """
    # The kernels for a card run in numba's simulator, with or without one; set it to 0 to test them on the card.
    os.environ.setdefault("NUMBA_ENABLE_CUDASIM", "1")
    if "NUMBA_CACHE_DIR" not in os.environ:
        os.environ |= source.cache_environment()
        for old in set(source.CACHE.glob("*")) - {Path(os.environ["NUMBA_CACHE_DIR"])}:
            shutil.rmtree(old, ignore_errors=True)


class TooMuchProcessorTime(Exception):
    """A test took more than CPU_SECONDS of processor time, children apart."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Limit the processor time of each test."""

    def stop(signal_number, frame):
        raise TooMuchProcessorTime(f"{item.nodeid}: more than {CPU_SECONDS} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where R and LaTeX must be there (in CI), a test that is skipped for want of them has failed."""
    report = yield
    if report.skipped and os.environ.get("KMEDOIDS_BENCH_NO_SKIPS") and isinstance(report.longrepr, tuple):
        reason = report.longrepr[-1]
        if "needs R" in reason or "needs LaTeX" in reason:
            report.outcome, report.longrepr = "failed", f"skipped where it must run: {reason}"
    return report
