"""Mushrooms (UCI 73): 8124 samples of gilled mushrooms, described by 22 categories.

The letter ``?`` of the column stalk-root (2480 times) is kept as a category of its own.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File

NAME = "agaricus-lepiota.data"


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Letters, (8124, 22); the first column of the file, edible or poisonous, is left out."""
    return np.loadtxt(paths[0], delimiter=",", usecols=range(1, 23), dtype="U1", encoding="ascii")


DATASETS = (
    Dataset(
        name="mushroom",
        title="Mushrooms, 22 categories",
        n=8124,
        kind="categories",
        metric="hamming",
        files=(
            File(
                folder="mushroom",
                name=NAME,
                addresses=(
                    f"https://archive.ics.uci.edu/ml/machine-learning-databases/mushroom/{NAME}",
                    "https://archive.ics.uci.edu/static/public/73/mushroom.zip",
                ),
                sha256=("e65d082030501a3ebcbcd7c9f7c71aa9d28fdfff463bf4cf4716a3fe13ac360e",),
                size=373704,
                member=NAME,
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation="Mushroom. UCI Machine Learning Repository, 1987. doi:10.24432/C5959T",
        homepage="https://archive.ics.uci.edu/dataset/73/mushroom",
        facts={"classes": 2},
    ),
)
