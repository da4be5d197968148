"""How a valid case is made invalid."""

import numpy as np

from kmedoids_bench.experiments.audit.bad_input_questions import pair, spoil
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.question import REGISTERED


def test_one_dissimilarity_is_replaced_in_both_directions_and_the_case_stays_as_it_was():
    case = Case(np.ones((5, 5)) - np.eye(5), 2, seed=3)
    i, j = pair(case)
    bad = spoil(case, np.nan)
    assert i != j
    assert np.argwhere(np.isnan(bad.data)).tolist() == sorted([[i, j], [j, i]])
    assert not np.isnan(case.data).any()


def test_of_points_all_coordinates_of_one_are():
    case = Case(np.ones((5, 2)), 2, "euclidean", seed=3)
    assert np.isinf(spoil(case, np.inf).data).all(axis=1).tolist() == [o == pair(case)[0] for o in range(5)]


def test_every_question_says_what_is_asked_and_of_whom():
    for question in REGISTERED.values():
        first, *rest = question.about.split("\n\n")
        assert first.endswith("?")
        assert rest
        assert "Asked of " in rest[0] or "All subjects are asked" in rest[0]
