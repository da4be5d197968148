"""Fashion-MNIST."""

import hashlib

from kmedoids_bench.datasets import datasets

FASHION = datasets()["fashion_mnist"]


def test_the_pixels_are_the_canonical_ones(fetched):
    points = FASHION.load(fetched(FASHION))
    assert points.shape == (60000, 784)
    header = bytes.fromhex("00000803 0000ea60 0000001c 0000001c")
    published = "f4a8712d7a061bf5bd6d2ca38dc4d50a"  # md5 of the unpacked file
    assert hashlib.md5(header + points.tobytes()).hexdigest() == published
