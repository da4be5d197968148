"""Some of the bad servers of the campaign; `datasets/tests/test_fetch.py` has all of them, with less patience."""

import json

import pytest

from kmedoids_bench.experiments.tests.campaign.networks import ANSWERS, PASSWORD, asked, serving

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("kind", ["sends another file", "redirects to nowhere", "fails"])
def test_a_bad_server_makes_a_dataset_unavailable(tmp_path, kind):
    with serving(ANSWERS[kind]) as mirror:
        done = asked(kind, mirror, tmp_path)
    assert (done.times, done.harmless) == (1, True)
    assert "127.0.0.1" in json.loads((tmp_path / "record.json").read_text())["unavailable"]["reason"]


def test_a_malformed_address_ends_the_step(tmp_path):
    assert asked("malformed", f"ftp://user:{PASSWORD}@host/x", tmp_path).harmless
    assert not (tmp_path / "record.json").exists()


def test_a_password_that_is_shown_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{asked.__module__}.PASSWORD", "127.0.0.1")
    with serving(ANSWERS["fails"]) as mirror:
        assert asked("fails", mirror.replace("user:127.0.0.1@", ""), tmp_path).wrong == 1
