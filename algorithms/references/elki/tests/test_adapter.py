"""What can be tested without ELKI, which is on no registry. A substitute for Java reads the matrix and answers."""

import importlib.util
import json
import shutil
import sys

import numpy as np
import pytest

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import Failure

ELKI = references()["elki"]

LOG = """\
elki.clustering.kmedoids.FastPAM1.k: 2
elki.clustering.kmedoids.FastPAM1.initialization: elki.clustering.kmedoids.initialization.BUILD@1b2c3d
elki.clustering.kmedoids.FastPAM1.initialization-time: 30 ms
elki.clustering.kmedoids.FastPAM1.iteration-0.cost: 5.0
elki.clustering.kmedoids.FastPAM1.iteration-1.cost: 4.25
elki.clustering.kmedoids.FastPAM1.iterations: 2
elki.clustering.kmedoids.FastPAM1.final-cost: 4.25
elki.clustering.kmedoids.FastPAM1.optimization-time: 12 ms
elki.clustering.kmedoids.FastPAM1.runtime: 47 ms
# Cluster: Cluster
# Cluster Medoid: 4
ID=3
ID=4
# Cluster: Cluster 1
# Cluster Medoid: 0
ID=0
ID=1
ID=2
"""

# Reports the first k objects as the result, with their loss according to the matrix file.
JAVA = """\
#!{python}
import json, sys
words = sys.argv[1:]
if words == ["-version"]:
    print('openjdk version "17.0.1"', file=sys.stderr)
    sys.exit()
options = {{name: value for name, value in zip(words, words[1:]) if name.startswith("-")}}
n, k = int(options["-idgen.count"]), int(options["-kmeans.k"])
d = {{}}
for line in open(options["-distance.matrix"]):
    i, j, value = line.split()
    d[int(i), int(j)] = d[int(j), int(i)] = float(value)
if k == 5:
    sys.exit("no such algorithm")
print("x.PAM.initialization-time: 30 ms")
print("x.PAM.optimization-time: 0 ms")
print("x.PAM.iterations: 1")
print("x.PAM.final-cost:", sum(min(d[i, o] for i in range(k)) for o in range(n)))
for i in range(k):
    print("# Cluster Medoid:", i)
"""


@pytest.fixture(scope="module")
def adapter():
    spec = importlib.util.spec_from_file_location("elki_adapter", ELKI.adapter)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def elki(library, tmp_path_factory):
    """Return the library with a substitute for the program java."""
    folder = tmp_path_factory.mktemp("java")
    (folder / "java").write_text(JAVA.format(python=sys.executable))
    (folder / "java").chmod(0o755)
    (folder / "elki-bundle-0.8.0.jar").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(folder), prepend=":")
        patch.setenv("KMEDOIDS_BENCH_ELKI", str(folder / "elki-bundle-0.8.0.jar"))
        yield library("elki")


def test_without_a_jar_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("KMEDOIDS_BENCH_ELKI", raising=False)
    with pytest.raises(runtimes.Unavailable, match="KMEDOIDS_BENCH_ELKI is not set") as unavailable:
        runtimes.command(ELKI)
    assert unavailable.value.advice == "export KMEDOIDS_BENCH_ELKI=/path/to/elki-bundle-0.8.0.jar"
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", str(tmp_path / "missing.jar"))
    with pytest.raises(runtimes.Unavailable, match=r"does not exist: .*missing\.jar"):
        runtimes.command(ELKI)


def test_without_java_it_says_what_to_do(monkeypatch, tmp_path):
    (tmp_path / "elki.jar").touch()
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", str(tmp_path / "elki.jar"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(runtimes.Unavailable, match="Java is not installed"):
        runtimes.command(ELKI)


def test_the_command_line(adapter, monkeypatch):
    monkeypatch.setenv("KMEDOIDS_BENCH_ELKI", "elki.jar")
    monkeypatch.setattr(shutil, "which", lambda program: None)
    words = adapter.command("fastpam2", 60, 3, None, "/dev/fd/7", {"fasttol": 0})
    assert words[:3] == ["java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1"]
    assert words[3:7] == ["-cp", "elki.jar", "elki.application.KDDCLIApplication", "-time"]
    options = dict(zip(words[7::2], words[8::2], strict=True))
    assert options["-algorithm"] == "elki.clustering.kmedoids.FastPAM"
    assert options["-kmeans.initialization"] == "elki.clustering.kmeans.initialization.FirstK"
    assert (options["-idgen.count"], options["-kmeans.k"]) == ("60", "3")
    assert (options["-distance.matrix"], options["-fasttol"]) == ("/dev/fd/7", "0")
    built = adapter.command("pam", 60, 3, "build", "/dev/fd/7", {})
    assert "elki.clustering.kmedoids.initialization.BUILD" in built


def test_every_offer_has_a_class(adapter):
    assert set(ELKI.algorithms) == set(adapter.CLASSES)


def test_reading_the_output(adapter):
    order = np.array([2, 3, 0, 1, 4])
    swap = adapter.read((LOG, order, False))
    assert swap["seconds"] == 0.012
    assert swap["medoids"] == [4, 2]  # positions 4 and 0
    assert (swap["reported_loss"], swap["n_passes"]) == (4.25, 2)
    assert json.dumps(swap)
    assert adapter.read((LOG, order, True))["seconds"] == pytest.approx(0.042)
    assert adapter.read((LOG.replace("12 ms", "0 ms"), order, False))["seconds"] == 0.0005
    with pytest.raises(ValueError, match="no line 'optimization-time'"):
        adapter.read(("Exception in thread main", order, False))


def test_objects_are_reordered_and_ids_translated_back(elki, distances):
    elki.load(distances)
    assert elki.worker.hello["versions"]["elki"] == "elki-bundle-0.8.0.jar"
    for medoids in ([7, 3, 50], [59, 0], [7, 3, 50]):
        answer = elki.run("pam", len(medoids), medoids)
        assert answer["medoids"] == medoids
        elki.check(answer, distances, len(medoids), rel=1e-12)
        assert answer["seconds"] == 0.0005
    built = elki.run("pam", 3, start="build")
    assert built["medoids"] == [0, 1, 2]
    assert built["seconds"] == 0.03


def test_a_failed_call(elki, distances):
    elki.load(distances)
    with pytest.raises(Failure, match="ELKI exited with status 1: no such algorithm"):
        elki.run("pam", 5, range(5))
