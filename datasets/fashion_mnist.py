"""Fashion-MNIST: 60000 pictures of clothes of 28 x 28 pixels, the training images in their original order."""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.idx import read_images

NAME = "train-images-idx3-ubyte.gz"


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (60000, 784) of uint8."""
    return read_images(paths[0])


DATASETS = (
    Dataset(
        name="fashion_mnist",
        title="Fashion-MNIST, training images",
        n=60000,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="fashion-mnist",
                name=NAME,
                addresses=(
                    f"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/{NAME}",
                    f"https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/{NAME}",
                ),
                sha256=("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",),
                size=26421880,
            ),
        ),
        load=load,
        licence="MIT (Zalando SE)",
        citation=(
            "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine "
            "Learning Algorithms. 2017. arXiv:1708.07747"
        ),
        homepage="https://github.com/zalandoresearch/fashion-mnist",
        facts={"classes": 10},
    ),
)
