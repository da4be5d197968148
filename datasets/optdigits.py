"""Optical recognition of handwritten digits (UCI 80): the training part and the test part."""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File

FOLDER = "https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/"
ARCHIVE = "https://archive.ics.uci.edu/static/public/80/optical+recognition+of+handwritten+digits.zip"


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (n, 64) of uint8, 0..16; the last column of the file is the digit and is left out."""
    return np.loadtxt(paths[0], delimiter=",", usecols=range(64), dtype=np.uint8, encoding="ascii")


def _optdigits(part: str, title: str, n: int, size: int, sha256: str) -> Dataset:
    name = f"optdigits.{part}"
    return Dataset(
        name=f"optdigits_{part}",
        title=f"Optical recognition of handwritten digits, {title} part",
        n=n,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="optdigits",
                name=name,
                addresses=(FOLDER + name, ARCHIVE),
                sha256=(sha256,),
                size=size,
                member=name,
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits. "
            "UCI Machine Learning Repository, 1998. doi:10.24432/C50P49"
        ),
        homepage="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
        facts={"classes": 10},
    )


DATASETS = (
    _optdigits("tra", "training", 3823, 563639, "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd"),
    _optdigits("tes", "test", 1797, 264712, "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"),
)
