"""MNIST with mixtures of its images."""

import hashlib

import numpy as np

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.mnist_mixtures import with_mixtures

SHA256 = "ff58adf1d6a468c7a720952c4d53155e64afb869fbf7f450bb61a5bc8f2d8e16"  # of the pixels
MIXED, MNIST = (datasets()[name] for name in ("mnist_mixtures", "mnist"))


def test_the_points_are_the_documented_ones(fetched):
    points = MIXED.load(fetched(MIXED))
    assert points.shape == (100_000, 784)
    np.testing.assert_array_equal(points[:60_000], MNIST.load(fetched(MNIST)))
    assert hashlib.sha256(points.tobytes()).hexdigest() == SHA256


def test_a_mixture_lies_between_two_different_images():
    images = np.array([[0, 0, 0, 10], [200, 0, 0, 10], [0, 200, 0, 10], [0, 0, 255, 10]], np.uint8)
    points = with_mixtures(images, 500)
    mixtures = points[4:].astype(int)
    assert points.dtype == np.uint8
    np.testing.assert_array_equal(points[:4], images)
    assert (mixtures[:, 3] == 10).all()  # rounded to the nearest: no share is lost
    weights = mixtures[:, :3] / [200, 200, 255]
    assert (weights.sum(axis=1) <= 1 + 0.01).all()
    assert (np.count_nonzero(mixtures[:, :3], axis=1) <= 2).all()
    assert len(np.unique(mixtures, axis=0)) > 400
    np.testing.assert_array_equal(with_mixtures(images, 3)[:4], images)
