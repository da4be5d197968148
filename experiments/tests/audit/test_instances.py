"""The instances: the same each time, and each kind what it says."""

from dataclasses import replace

import numpy as np
import pytest

from kmedoids_bench.experiments.audit.case import Case, distances
from kmedoids_bench.experiments.audit.evidence import shrink
from kmedoids_bench.experiments.audit.instances import FAMILIES, cases
from kmedoids_bench.experiments.audit.questions import QUESTIONS
from kmedoids_bench.experiments.audit.subject import Subject, implementations, subjects

MATRIX = Subject(implementation="x", algorithm="a", title="A", order="C", takes_start=True, makes_start=("build",))
POINTS = replace(MATRIX, order="points", dtypes=("float32",))


@pytest.mark.parametrize("who", [MATRIX, POINTS])
@pytest.mark.parametrize("kind", ["ordinary", "edge", "samples", "bad input"])
def test_cases_are_valid_problems_and_the_same_each_time(who, kind):
    counts = {kind: 30}
    made = list(cases(who, kind, counts))
    for case, again in zip(made, cases(who, kind, counts), strict=True):
        assert np.array_equal(case.data, again.data)
        assert (case.k, case.start, case.own_start, case.seed) == (again.k, again.start, again.own_start, again.seed)
        assert case.data.dtype == who.dtype
        assert bool(case.metric) == (who.order == "points")
        dist = case.matrix
        assert dist.shape == (case.n, case.n)
        assert np.isfinite(dist).all()
        assert (dist >= 0).all()
        assert np.array_equal(dist, dist.T)
        assert not np.diagonal(dist).any()
        assert (case.k in (1, case.n)) if kind == "edge" else 2 <= case.k < case.n
        assert (case.start is None) != (case.own_start is None)
        if case.start is not None:
            assert len(set(case.start)) == case.k
            assert max(case.start) < case.n
        if case.exact and case.n <= 30:
            assert dist.sum(axis=0).max() < 2**24
            assert np.array_equal(dist, np.round(dist))
    assert {case.start is None for case in made} == {True, False}


def test_a_short_series_sees_every_family():
    assert {case.family for case in cases(MATRIX, "ordinary")} == {family.name for family in FAMILIES}


def test_everybody_is_asked():
    for name in implementations():
        names = [subject.name for subject in subjects(name)]
        assert names
        assert len(names) == len(set(names))
    assert "no_swap" not in {subject.algorithm for subject in subjects("cluster")}  # it is not an algorithm
    ours = {subject.algorithm: subject for subject in subjects("kmedoids_bench")}
    assert ours["clara"].samples == "n_samples"
    assert ours["clarans"].samples == "n_local"
    assert ours["pam"].samples is None
    assert ours["fastpam1"].same_result_as == "pam"
    assert "build" in ours["pam"].makes_start
    tuned = {subject.algorithm: subject for subject in subjects("kmedoids_bench_tuned")}
    assert tuned["alternating"].same_result_as == "alternating"
    # It is compared with the plain one, although it has no definition.
    assert QUESTIONS["same_result"].why_not(tuned["alternating"]) is None


def test_a_case_of_some_objects_keeps_what_is_left_of_the_start():
    points = np.arange(10.0).reshape(5, 2)
    case = Case(distances(points, "manhattan"), 2, start=(1, 4))
    part = case.of([4, 0, 2])
    assert (part.k, part.start) == (1, (0,))
    assert np.array_equal(part.data, distances(points[[4, 0, 2]], "manhattan"))


def test_shrinking_ends_at_the_smallest_case_that_fails():
    case = next(iter(cases(MATRIX, "ordinary")))

    def fails(case):
        return case.n >= 4 and case.k >= 2 and case.data.max() >= 3

    smallest = shrink(case, fails)
    assert (smallest.n, smallest.k) == (4, 2)
    assert sorted(set(smallest.data.ravel())) == [0, 3]
    assert shrink(case, lambda case: False) is case
