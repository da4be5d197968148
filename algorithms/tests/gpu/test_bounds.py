"""The certificate on a card, against the definition and against that of the processor."""

import math
from fractions import Fraction

import naive_bounds
import numpy as np
import problems
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem, gpu
from kmedoids_bench.algorithms.bounds import certify, known, relaxation
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED
from kmedoids_bench.algorithms.gpu import Matrix, bounds

MATRICES = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())
EXAMPLES = settings(max_examples=200 if problems.PROOF else 15)  # the simulator is slow


def between_its_limits(one, rng):
    """Multipliers: some at a limit, and so at a distance or at a tie."""
    return np.where(rng.random(len(one.floors)) < 0.3, one.floors, rng.uniform(one.floors, one.limits))


def evaluated(dist, medoids, rng):
    """The relaxed problem on the card for some multipliers, and its value."""
    one = bounds.relaxation_of(Matrix.of(dist), np.array(medoids))
    return one, one.evaluate(between_its_limits(one, rng))


def assert_by_definition(dist, k, one, found):
    """Reduced costs, choice, subgradient and L(u) of a matrix without rounded entries, without any rounding."""
    u, (used, sent) = found.multipliers, one.send(found.multipliers)
    assert used.tolist() == u.tolist()
    reduced = one.reduced_costs(sent)
    assert reduced.tolist() == [naive_bounds.reduced_cost(dist, u, c) for c in one.candidates]
    assert np.flatnonzero(found.chosen).tolist() == sorted(np.argsort(reduced, kind="stable")[:k])
    assert found.violated.tolist() == naive_bounds.violations(dist, u, one.candidates[found.chosen])
    assert Fraction(found.bound) == naive_bounds.lagrangian(dist, k, u)


@EXAMPLES
@given(problem=problems.started(MATRICES), seed=st.integers(0, 2**32 - 1))
def test_an_evaluation_by_definition(problem, seed):
    dist, medoids = problem
    one, found = evaluated(dist, medoids, np.random.default_rng(seed))
    if one.matrix.rounded == 0:
        assert_by_definition(dist, len(medoids), one, found)
    losses = naive_bounds.losses(dist, len(medoids))
    assert found.bound <= min(losses.values())
    for c, (chosen, otherwise) in enumerate(zip(found.chosen, found.otherwise, strict=True)):
        other_way = [loss for those, loss in losses.items() if (c in those) != chosen]
        assert otherwise <= min(other_way, default=math.inf)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, np.int64, np.uint8])
def test_an_evaluation_in_every_type(dtype):
    rng = np.random.default_rng(0)
    dist = rng.integers(0, 200, (11, 11)).astype(dtype)  # asymmetric; the last eight objects are not full
    np.fill_diagonal(dist, 0)
    one, found = evaluated(dist, [3, 5, 8], rng)
    assert one.matrix.rounded == 0
    assert_by_definition(dist, 3, one, found)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_an_evaluation_is_that_of_the_processor(k):
    rng = np.random.default_rng(k)
    dist = problems.distances_between(rng.integers(0, 6, (14, 2))).astype(np.float64)
    medoids = rng.permutation(14)[:k]
    one, found = evaluated(dist, medoids, rng)
    other = relaxation.relaxation_of(Problem.of(dist), medoids, None)
    if k > 1:
        np.testing.assert_array_equal(one.floors, other.floors)
        np.testing.assert_array_equal(one.limits, other.limits)
    else:  # any multipliers above all distances are as good
        assert (one.middle * (1 + 1e-9) >= other.middle).all()
    expected = relaxation.replace(other, lists=None).evaluate(found.multipliers)
    assert found.chosen.tolist() == expected.chosen.tolist()
    assert found.violated.tolist() == expected.violated.tolist()
    np.testing.assert_allclose(found.otherwise, expected.otherwise, rtol=1e-12)
    assert 0.0 <= found.bound - expected.bound <= 1e-12 * found.multipliers.sum()  # which is rounded there


def test_multipliers_above_what_fixed_point_holds_are_as_good_as_its_largest():
    one = bounds.relaxation_of(Matrix.of(np.array([[0.0, 3.0], [3.0, 0.0]])), np.array([0]))
    used, _ = one.send(np.array([1e9, 1.0]))
    assert 3.0 < used[0] < 4.0
    assert used[1] == 1.0


def test_candidates_that_are_excluded_leave_the_pass():
    rng = np.random.default_rng(1)
    one, _ = evaluated(problems.exact(rng.random((13, 13)) * (1 - np.eye(13))), [1, 2, 4], rng)
    standing = np.where(rng.random(13) < 0.5, EXCLUDED, one.standing).astype(np.int8)
    part = bounds.replace(one, standing=standing).packed()
    u = between_its_limits(one, rng)
    of_all, of_part = (each.reduced_costs(each.send(u)[1]) for each in (one, part))
    assert 0 < len(part.candidates) < 13
    assert of_part.tolist() == of_all[part.candidates].tolist()


@EXAMPLES
@given(problem=problems.started(MATRICES), claimed=st.sampled_from([None, 0.0, 3.0]))
def test_no_bound_is_above_the_optimum(problem, claimed):
    dist, medoids = problem
    on_card, k = Matrix.of(dist), len(medoids)
    certificate = gpu.certify(on_card, medoids, seconds=0.1)
    if on_card.rounded == 0:
        assert certificate.loss == naive_bounds.losses(dist, k)[tuple(sorted(medoids))]
    naive_bounds.assert_holds(certificate, dist, k)
    naive_bounds.assert_holds(gpu.lower_bound(on_card, k, loss=claimed, seconds=0.05), dist, k)


@pytest.mark.parametrize("dtype", [np.float64, pytest.param(np.float32, marks=pytest.mark.proof)])
def test_rounded_entries_lower_the_bound_and_raise_the_loss(dtype):
    rng, rounded = np.random.default_rng(2), 0
    for _ in range(20):
        dist = (rng.exponential(size=(6, 6)) ** rng.integers(1, 9)).astype(dtype)
        np.fill_diagonal(dist, 0)
        medoids = rng.permutation(6)[: int(rng.integers(1, 7))]
        one, found = evaluated(dist, medoids, rng)
        losses = naive_bounds.losses(dist, len(medoids))
        assert found.bound <= min(losses.values())
        assert bounds.known_of(one.matrix, medoids).loss >= losses[tuple(sorted(medoids.tolist()))]
        rounded += one.matrix.rounded
    assert rounded > 200


def test_the_largest_entry_is_rounded_down_by_nearly_two_units():
    largest = math.nextafter(2.0, 0.0)
    on_card = Matrix.of(np.array([[0.0, largest], [largest, 0.0]]))
    assert on_card.fixed.copy_to_host()[0, 1] == 2**31 - 2
    result = gpu.certify(on_card, [0])
    assert result.bound <= largest <= result.loss
    assert result.gap < 1e-8


@pytest.mark.parametrize("kind", ["clusters", pytest.param("line", marks=pytest.mark.proof)])
def test_the_ascent_is_that_of_the_processor(kind):
    rng = np.random.default_rng(3)
    if kind == "line":
        dist, medoids = np.abs(np.subtract.outer(*[np.array([0, 1, 2, 10, 11, 12])] * 2)), [0, 4]
    else:
        points = rng.normal(size=(12, 2)) + np.repeat([[0, 0], [30, 0], [0, 30]], 4, axis=0)
        dist, medoids = problems.exact(np.linalg.norm(points[:, None] - points, axis=-1)), [0, 5, 10]
    on_card, expected = gpu.certify(dist, medoids, seconds=60), certify(dist, medoids, seconds=60)
    assert on_card.loss == expected.loss
    assert on_card.bound == pytest.approx(expected.bound, rel=1e-6)
    assert on_card.candidates.tolist() == expected.candidates.tolist()
    assert on_card.n_passes == pytest.approx(expected.n_passes, abs=20)


def test_one_medoid_is_certified_at_once():
    dist = problems.distances_between(np.random.default_rng(4).integers(0, 9, (10, 2)))
    result = gpu.lower_bound(dist, 1, seconds=0.0)
    assert (result.bound, result.n_passes) == (naive_bounds.optimum(dist, 1), 1)


def test_whole_numbers_are_noticed():
    dist = np.array([[0, 3, 5], [3, 0, 7], [5, 7, 0]])
    for matrix in (dist, dist * 2.0**40, dist * 2**-30 * 2**30, 0 * dist):
        assert bounds.is_whole(Matrix.of(matrix))
    for matrix in (dist / 2, dist * 2.0**-40, dist * 0.1, np.array([[0, 2**40 + 1, 1], [1, 0, 1], [1, 1, 0]])):
        assert not bounds.is_whole(Matrix.of(matrix))


def test_losses_beyond_exact_floats_are_not_whole():
    for largest, whole in ((2**50, True), (2**54, False)):
        on_card = Matrix.of(largest * (1.0 - np.eye(3)))
        assert bounds.known_of(on_card, np.array([0])).whole == whole
    assert known.EXACT == 2**53


def test_bad_input_is_named():
    on_card = Matrix.of(np.ones((4, 4)) - np.eye(4))
    for arguments, message in (
        ({"k": 5}, "k is 5"),
        ({"k": 2, "loss": -1.0}, "loss is -1"),
        ({"k": 2, "seconds": -1.0}, "seconds is -1"),
    ):
        with pytest.raises(ValueError, match=message):
            gpu.lower_bound(on_card, **arguments)
    with pytest.raises(ValueError, match=r"medoids\[1\] is 0"):
        gpu.certify(on_card, [0, 0])
    with pytest.raises(ValueError, match=r"distances\[0, 1\] is -1"):
        gpu.certify([[0, -1], [1, 0]], [0])
