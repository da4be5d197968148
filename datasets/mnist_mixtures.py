"""MNIST with mixtures of its images: 100000 points, the 60000 of `mnist` and 40000 between two of them.

For measurements with more objects than MNIST has. A mixture lies at a random place between two different random images,
and its pixels are rounded to whole numbers. The arithmetic is that of whole numbers, and the random bits are those of
PCG64 with the seed SEED, which numpy promises not to change: so the points are the same everywhere.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets import mnist
from kmedoids_bench.datasets.dataset import Dataset
from kmedoids_bench.datasets.idx import read_images

MIXTURES, SEED = 40_000, 2021
PARTS = 256  # the way from one image to the other is divided into so many


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (100000, 784) of uint8."""
    return with_mixtures(read_images(paths[0]), MIXTURES)


def with_mixtures(images: np.ndarray, count: int) -> np.ndarray:
    """Append mixtures of images (n, pixels) of uint8; the array has n + count rows."""
    n = len(images)
    one, other, weight = np.random.PCG64(SEED).random_raw(3 * count).reshape(3, count)
    first = one % n
    second = (first + 1 + other % (n - 1)) % n
    weight = (1 + weight % (PARTS - 1)).astype(np.uint16)[:, None]
    mixed = weight * images[first] + (PARTS - weight) * images[second] + PARTS // 2  # below 2^16
    return np.concatenate([images, (mixed // PARTS).astype(np.uint8)])


(MNIST,) = mnist.DATASETS

DATASETS = (
    Dataset(
        name="mnist_mixtures",
        title="MNIST handwritten digits, training images and mixtures of two",
        n=MNIST.n + MIXTURES,
        kind="points",
        metric="euclidean",
        files=MNIST.files,
        load=load,
        licence=MNIST.licence,
        citation=MNIST.citation,
        homepage=MNIST.homepage,
    ),
)
