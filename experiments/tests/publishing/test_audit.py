import json
import shutil

import numpy as np
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.audit import evidence
from kmedoids_bench.experiments.audit.audit import FAIL, PASS, UNAVAILABLE
from kmedoids_bench.experiments.publishing import audit
from kmedoids_bench.experiments.publishing.index import page
from kmedoids_bench.experiments.publishing.published import check_sums


def answer(verdict, tried, findings=()):
    return {
        "question": "local_optimum",
        "verdict": verdict,
        "tried": tried,
        "failed": len(findings),
        "reason": "",
        "findings": list(findings),
    }


def record(name, answers, unavailable=None):
    return {
        "implementation": name,
        "title": name.capitalize(),
        "versions": {name: "1"},
        "unavailable": unavailable,
        "seconds": 1.0,
        "commit": "c0ffee",
        "dirty": False,
        "subjects": [{"algorithm": "pam", "title": "PAM", "order": "C", "answers": answers}],
    }


@pytest.fixture
def records(tmp_path):
    """The answers of three implementations, of which one fails and one is not there."""
    instance = tmp_path / "results" / "audit" / "wrong" / "pam-C.npz"
    instance.parent.mkdir(parents=True)
    np.savez(instance, data=np.zeros((2, 2)))
    finding = {
        "kind": "swap",
        "n": 2,
        "k": 1,
        "input": "k = 1",
        "data": "0 0",
        "returned": "returned medoids [1]",
        "expected": "swapping them is better",
        "file": str(instance),
    }
    return [
        record("right", [answer(PASS, 30)]),
        record("wrong", [answer(FAIL, 12, [finding])]),
        record("absent", [answer(UNAVAILABLE, 0)], {"reason": "no network", "advice": "connect"}),
    ]


def test_what_is_published_has_all_that_its_page_leads_to(records, tmp_path):
    target = audit.publish(records, tmp_path / "published" / "audit")
    assert check_sums(target, needed=()) == 1 + 2 + 1 + 3  # page, tables, instance, records
    text = (target / audit.PAGE).read_text()
    instance = target / "instances" / "wrong" / "pam-C.npz"
    assert instance.exists()
    assert f"{evidence.COMMAND} {instance}" in text
    assert "commit <code>c0ffee</code>" in text
    assert 'href="../index.html"' in text
    assert audit.summary(target) == audit.Summary(42, 2, [("Wrong", 1, 1), ("Right", 0, 1)])


def test_an_instance_that_is_gone_is_named_and_nothing_is_replaced(records, tmp_path):
    target = audit.publish(json.loads(json.dumps(records)), tmp_path / "published" / "audit")
    before = (target / audit.PAGE).read_bytes()
    shutil.rmtree(tmp_path / "results")
    with pytest.raises(Trouble, match=r"pam-C\.npz, the instance of a failure, is missing"):
        audit.publish(records, target)
    assert (target / audit.PAGE).read_bytes() == before


def test_code_that_is_not_committed_publishes_no_audit(records, tmp_path):
    records[1]["dirty"] = True
    with pytest.raises(Trouble, match="not committed"):
        audit.publish(records, tmp_path / "audit")


def test_the_index_leads_to_the_audit(records, runs, tmp_path):
    folder = shutil.copytree(runs, tmp_path / "published")
    assert "audit/audit.html" not in page(folder)
    audit.publish(records, folder / "audit")
    text = page(folder)
    assert 'href="audit/audit.html"' in text
    assert "2 implementations were asked the same questions about generated instances, 42 cases in all" in text
    assert "<strong>1 of 1</strong> questions failed by Wrong" in text
