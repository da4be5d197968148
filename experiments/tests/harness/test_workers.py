import numpy as np
import pytest

from kmedoids_bench.experiments.harness import environments
from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.worker_process import Failure
from kmedoids_bench.experiments.harness.workers import Workers, source_of

OURS = Contender(implementation="kmedoids_bench", algorithm="fasterpam", order="C", tier="plain")
THEIRS = Contender(implementation="kmedoids_055", algorithm="fasterpam", order="F", tier="library")


def test_a_worker_stays_until_it_is_closed_and_holds_one_matrix(tmp_path):
    for name in ("a", "b"):
        np.save(tmp_path / f"{name}.npy", np.ones((9, 9)) - np.eye(9))
    workers = Workers(tmp_path, 2**33)
    first = workers.ready(OURS, tmp_path / "a.npy")
    pid = first.hello["pid"]
    assert workers.ready(OURS, tmp_path / "b.npy").hello["pid"] == pid
    first.kill()
    assert workers.ready(OURS, tmp_path / "b.npy").hello["pid"] != pid
    workers.close()
    assert not first.running


def test_an_environment_that_cannot_be_had_is_a_failure_with_advice(tmp_path, monkeypatch):
    def refuse(name):
        raise environments.EnvironmentUnavailable(name, "no network", "connect")

    monkeypatch.setattr(environments, "ensure", refuse)
    with pytest.raises(Failure, match="unavailable: no network") as failure:
        Workers(tmp_path, 2**33).ready(THEIRS, tmp_path / "a.npy")
    assert failure.value.advice == "connect"


def test_sources_tell_contenders_apart():
    assert source_of(OURS) != source_of(THEIRS)
