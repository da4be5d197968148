"""MNIST."""

import hashlib

from kmedoids_bench.datasets import datasets

MNIST = datasets()["mnist"]


def test_the_pixels_are_the_canonical_ones(fetched):
    points = MNIST.load(fetched(MNIST))
    assert points.shape == (60000, 784)
    header = bytes.fromhex("00000803 0000ea60 0000001c 0000001c")
    published = "6bbc9ace898e44ae57da46a324031adb"  # md5 of the unpacked file
    assert hashlib.md5(header + points.tobytes()).hexdigest() == published
