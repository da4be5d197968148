"""Heart disease (UCI 45): 303 patients of Cleveland, 6 numbers and 7 categories, 6 values missing."""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, read_table

NAME = "processed.cleveland.data"
KINDS = "nccnnccncncnc-"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 6 numbers and 7 categories; the diagnosis, the last column of the file, is left out."""
    return read_table(paths[0], KINDS)


DATASETS = (
    Dataset(
        name="heart_disease",
        title="Heart disease, Cleveland",
        n=303,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="heart-disease",
                name=NAME,
                addresses=(
                    f"https://archive.ics.uci.edu/ml/machine-learning-databases/heart-disease/{NAME}",
                    "https://archive.ics.uci.edu/static/public/45/heart+disease.zip",
                ),
                sha256=("a74b7efa387bc9d108d7d0115d831fe9b414b29ae7124f331b622b4efa0427c8",),
                size=18461,
                member=NAME,
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "A. Janosi, W. Steinbrunn, M. Pfisterer, R. Detrano: Heart Disease. "
            "UCI Machine Learning Repository, 1989. doi:10.24432/C52P4X"
        ),
        homepage="https://archive.ics.uci.edu/dataset/45/heart+disease",
        facts={"classes": 5},
    ),
)
