"""From the command to the page: an implementation with defects, one that cannot be had."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kmedoids_bench.algorithms.references.reference import Offer, Reference
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.audit import audit as auditing
from kmedoids_bench.experiments.audit import instances, subject
from kmedoids_bench.experiments.audit.page import write_page
from kmedoids_bench.experiments.commands.console import main
from kmedoids_bench.experiments.harness.workers import pool, runtimes
from kmedoids_bench.experiments.harness.workers.process import WORKER

ADAPTER = Path(__file__).with_name("defective_adapter.py")
FIELDS = {"language": "Python", "licence": "none", "homepage": "none", "orders": ("C",)}
PAM = Offer(same_result_as="pam", local_optimum=True)


@pytest.fixture
def known(monkeypatch):
    """Let the registry know the defective adapter, and a library that cannot be had."""
    libraries = {
        "defective": Reference(
            name="defective", title="Defective <1>", algorithms={"correct": PAM, "local_optimum_1": PAM}, **FIELDS
        ),
        "absent": Reference(name="absent", title="Absent", algorithms={"pam": PAM}, **FIELDS),
    }

    def command(reference):
        if reference.name == "absent":
            raise runtimes.Unavailable("no network", "connect")
        return [sys.executable, "-u", str(WORKER), str(ADAPTER)]

    for module in (subject, pool):
        monkeypatch.setattr(module, "references", lambda: libraries)
    monkeypatch.setattr(subject, "titles", lambda: {"correct": "correct", "local_optimum_1": "never swaps"})
    monkeypatch.setattr(runtimes, "command", command)
    few = {"ordinary": 14, "edge": 12, "samples": 12, "bad input": 12}
    monkeypatch.setattr(instances, "COUNTS", few)


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_from_the_command_to_the_page(known, tmp_path):
    records = []
    for name in ("defective", "absent"):
        records.append(tmp_path / f"{name}.json")
        folders = ("--folder", tmp_path / "audit", "--logs", tmp_path / "logs")
        run("audit", "--implementation", name, "--out", records[-1], *folders)
    made = json.loads(records[0].read_text())
    assert made["versions"] == {"defective": "1"}
    failed = {
        (one["algorithm"], answer["question"])
        for one in made["subjects"]
        for answer in one["answers"]
        if answer["verdict"] == auditing.FAIL
    }
    assert ("local_optimum_1", "local_optimum") in failed
    assert not [name for name, _ in failed if name == "correct"]

    instance = tmp_path / "audit" / "defective" / "local_optimum_1-C-local_optimum-swap.npz"
    shown = run("audit", "--show", instance)
    for words in ("question: no swap improves", "k = 2", "it returned medoids", "but their loss is", "swapping"):
        assert words in shown

    run("audit-page", "--results", tmp_path, *records)
    page = (tmp_path / "audit.html").read_text()
    for words in ("Defective &lt;1&gt;", "no network", f"audit --show {instance}", "no swap improves", "n/a"):
        assert words in page
    table = (tmp_path / "tables" / "audit_answers.csv").read_text()
    assert "defective,defective 1,local_optimum_1,C,local_optimum,fail" in table
    assert "absent,,pam,C,local_optimum,unavailable" in table
    again = tmp_path / "again"
    write_page([json.loads(path.read_text()) for path in records], again)
    assert (again / "audit.html").read_text() == page


def test_a_second_audit_leaves_no_instance_of_the_first(known, tmp_path):
    old = tmp_path / "audit" / "absent" / "old.npz"
    old.parent.mkdir(parents=True)
    shutil.copy(ADAPTER, old)
    auditing.audit("absent", tmp_path / "audit", tmp_path)
    assert not old.exists()


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "{}", '{"subjects": [{"answers": [1]}]}', "\udcff"])
def test_a_file_of_something_else_is_named(tmp_path, content):
    for name in ("x.json", "x.npz"):
        (tmp_path / name).write_text(content, errors="surrogateescape")
    with pytest.raises(Trouble, match="x.json is not a record of `audit`"):
        main(["audit-page", "--results", str(tmp_path), str(tmp_path / "x.json")], standalone_mode=False)
    with pytest.raises(Trouble, match="x.npz is not a failure that `audit` has stored"):
        main(["audit", "--show", str(tmp_path / "x.npz")], standalone_mode=False)
    assert not (tmp_path / "audit.html").exists()


@pytest.mark.parametrize("words", [("audit",), ("audit", "--implementation", "nobody", "--out", "x.json")])
def test_a_bad_call_is_one_message(words):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "one of kmedoids_bench, " in done.output
