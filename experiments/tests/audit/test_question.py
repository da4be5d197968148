import numpy as np
import pytest

from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.question import (
    SKIP,
    Need,
    Undecided,
    decide_only_if,
    known,
    question,
    questions_in,
)


@question("first medoid is 0", "ordinary", Need.START)
def begins(case, interview):
    """Is the first start medoid object 0?"""
    return None if known(case.start)[0] == 0 else Complaint("begins", "began elsewhere", "object 0")


def test_a_case_that_decides_nothing_is_skipped():
    case = Case(np.ones((3, 3)), 2)
    assert begins.ask(case, None) == SKIP


def test_a_case_is_judged():
    assert begins.ask(Case(np.ones((3, 3)), 2, start=(0, 1)), None) is None
    assert begins.ask(Case(np.ones((3, 3)), 2, start=(1, 0)), None).kind == "begins"


def test_a_question_has_the_name_and_the_words_of_its_function():
    assert (begins.name, begins.about) == ("begins", "Is the first start medoid object 0?")
    assert questions_in({"other": 1, "begins": begins}) == {"begins": begins}


def test_what_leaves_a_question_undecided():
    decide_only_if(True)
    assert known(0) == 0
    for undecided in (lambda: decide_only_if(False), lambda: known(None)):
        with pytest.raises(Undecided):
            undecided()
