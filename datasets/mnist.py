"""MNIST: 60000 handwritten digits of 28 x 28 pixels, the training images in their original order."""

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
        name="mnist",
        title="MNIST handwritten digits, training images",
        n=60000,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="mnist",
                name=NAME,
                addresses=(  # the original page comes last: it often refuses
                    f"https://storage.googleapis.com/cvdf-datasets/mnist/{NAME}",
                    f"https://ossci-datasets.s3.amazonaws.com/mnist/{NAME}",
                    f"http://yann.lecun.com/exdb/mnist/{NAME}",
                ),
                sha256=("440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",),
                size=9912422,
            ),
        ),
        load=load,
        licence="none stated; (c) Y. LeCun and C. Cortes; often redistributed as CC BY-SA 3.0",
        citation=(
            "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document "
            "recognition. Proceedings of the IEEE 86(11), 1998. doi:10.1109/5.726791"
        ),
        homepage="http://yann.lecun.com/exdb/mnist/",
        facts={"classes": 10},
    ),
)
