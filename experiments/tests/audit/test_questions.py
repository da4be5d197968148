"""Every question finds the defect planted for it, in an instance made small; a correct adapter passes all."""

import re
from pathlib import Path

import numpy as np
import pytest

from kmedoids_bench.experiments.audit import evidence
from kmedoids_bench.experiments.audit.ask_worker import Interview
from kmedoids_bench.experiments.audit.audit import FAIL, NOT_PROMISED, PASS, examine
from kmedoids_bench.experiments.audit.bad_input_questions import pair, spoil
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.questions import QUESTIONS
from kmedoids_bench.experiments.harness.workers.process import Disturbed

SOURCE = Path(__file__).with_name("defective_adapter.py").read_text(encoding="utf-8")
DEFECTS = [
    name
    for name in re.findall(r"^def (\w+)\(matrix, medoids\)", SOURCE, re.MULTILINE)
    if re.sub(r"_\d$", "", name) in QUESTIONS
]
KINDS = {
    "answers_1": "crash",
    "answers_2": "hang",
    "answers_3": "memory",
    "answers_4": "exception",
    "answers_5": "crash",
    "one_or_all_1": "crash",
    "not_a_number_1": "hang",
}
# Objects of the smallest instance, where there must be more than a few, or every step of shrinking costs a process.
SMALL = {
    "reported_loss_2": 10,
    "answers_1": 30,
    "answers_2": 30,
    "answers_3": 30,
    "answers_4": 30,
    "answers_5": 30,
    "one_or_all_1": 30,
    "repeatable": 30,
    "last_sample": 120,
}
COUNTS = {"ordinary": 28, "edge": 24, "samples": 12, "bad input": 24}


def examined(subject, asker, folder, question):
    only = {question: QUESTIONS[question]}
    return examine(subject, asker, folder, only, COUNTS)["answers"][0]


@pytest.mark.parametrize("defect", [*DEFECTS, "last_sample"])
def test_a_planted_defect_is_found_shrunk_and_found_again(defect, subject, sampler, asker, tmp_path):
    who = sampler(defect) if defect == "last_sample" else subject(defect)
    question = "best_of_samples" if defect == "last_sample" else re.sub(r"_\d$", "", defect)
    answer = examined(who, asker, tmp_path, question)
    assert answer["verdict"] == FAIL
    assert 0 < answer["failed"] <= answer["tried"]
    finding = answer["findings"][0]
    if defect in KINDS:
        assert finding["kind"] == KINDS[defect]
    assert finding["n"] <= SMALL.get(defect, 8)
    if question != "repeatable":
        case = evidence.load(Path(finding["file"]))[1]
        assert isinstance(QUESTIONS[question].ask(case, Interview(who, asker)), Complaint)


def test_every_question_has_a_planted_defect():
    planted = {re.sub(r"_\d$", "", name) for name in DEFECTS} | {"best_of_samples"}
    assert planted == set(QUESTIONS)


def test_a_correct_implementation_passes_all(subject, sampler, asker, tmp_path):
    counts = COUNTS | {"ordinary": 56}
    answers = examine(subject("correct"), asker, tmp_path, counts=counts)["answers"]
    answers += examine(sampler("correct"), asker, tmp_path, counts=counts)["answers"]
    assert not [answer for answer in answers if answer["verdict"] == FAIL]
    assert {answer["question"] for answer in answers if answer["verdict"] == PASS} == set(QUESTIONS)


def test_what_is_not_promised_is_not_asked(subject, asker, tmp_path):
    modest = subject("local_optimum_1", local_optimum=False, same_result_as=None)
    answer = examined(modest, asker, tmp_path, "local_optimum")
    assert (answer["verdict"], answer["reason"]) == (NOT_PROMISED, "does not promise a local optimum")


def test_one_dissimilarity_is_replaced_in_both_directions_and_the_case_stays_as_it_was():
    case = Case(np.ones((5, 5)) - np.eye(5), 2, seed=3)
    i, j = pair(case)
    bad, what = spoil(case, np.nan, "NaN")
    assert i != j
    assert what == f"the dissimilarity of {i} and {j} is NaN"
    assert np.argwhere(np.isnan(bad.data)).tolist() == sorted([[i, j], [j, i]])
    assert not np.isnan(case.data).any()


def test_of_points_all_coordinates_of_one_are():
    case = Case(np.ones((5, 2)), 2, "euclidean", seed=3)
    assert np.isinf(spoil(case, np.inf, "infinite")[0].data).all(axis=1).tolist() == [
        o == pair(case)[0] for o in range(5)
    ]


def test_every_question_says_what_is_asked_and_of_whom():
    for question in QUESTIONS.values():
        first, *rest = question.about.split("\n\n")
        assert first.endswith("?")
        assert rest
        assert rest[0].startswith(("Asked of ", "All subjects are asked."))


@pytest.mark.parametrize(("kills", "kind"), [(1, "answer"), (2, "crash")])
def test_a_process_that_somebody_kills_is_asked_again_once(kills, kind, subject, asker, monkeypatch):
    real, deaths = asker.worker.ask, kills * [Disturbed("crash", "the worker was killed by SIGKILL")]

    def ask(request, limits):
        if request["op"] == "run" and not request.get("tiny") and deaths:
            asker.worker.close()
            raise deaths.pop()
        return real(request, limits)

    monkeypatch.setattr(asker.worker, "ask", ask)
    distances = np.abs(np.subtract.outer(np.arange(9.0), np.arange(9.0)))
    assert asker.ask(subject("correct"), Case(distances, 2, start=(0, 1))).kind == kind
