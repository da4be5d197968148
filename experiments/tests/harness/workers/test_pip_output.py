"""The reasons read from pip's output, from pieces of real output."""

import pytest

from kmedoids_bench.experiments.harness.workers.pip_output import explain

OFFLINE = """\
WARNING: Retrying (Retry(total=4, connect=None, read=None)) after connection broken by 'NewConnectionError(':
Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/kmedoids/
ERROR: Could not find a version that satisfies the requirement kmedoids==0.5.5 (from versions: none)
ERROR: No matching distribution found for kmedoids==0.5.5
"""
NO_WHEEL = """\
ERROR: Could not find a version that satisfies the requirement sklearn-extra==0.3.0 (from versions: 0.2.0)
ERROR: No matching distribution found for sklearn-extra==0.3.0
"""
NO_ENSUREPIP = "The virtual environment was not created because ensurepip is not available"


@pytest.mark.parametrize(
    ("output", "reason", "advice"),
    [
        (OFFLINE, "the package index cannot be reached", "check the network"),
        (NO_WHEEL, "no file of sklearn-extra==0.3.0 for this Python", "use a Python"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one the lock names", "pip cache purge"),
        ("OSError: [Errno 28] No space left on device", "disk is full", "make room"),
        ("error: command '/usr/bin/gcc' failed with exit code 1", "compiled here", "install a compiler"),
        (NO_ENSUREPIP, "cannot make virtual environments", "venv module"),
    ],
)
def test_known_causes(output, reason, advice):
    found = explain(output)
    assert reason in found[0]
    assert advice in found[1]


def test_an_unknown_cause_shows_the_last_error():
    reason, _ = explain("Collecting x\nERROR: first\n  error: the last one\nbye\n")
    assert reason == "the installation failed: the last one"


def test_silence_is_a_reason_too():
    assert explain("")[0] == "the installation failed: no output"
