"""German credit (UCI 144): 1000 applicants for credit, 7 numbers and 13 categories, nothing missing."""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, read_table

KINDS = "cnccnccnccncnccncncc-"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 7 numbers and 13 categories; good or bad risk, the last column of the file, is left out."""
    return read_table(paths[0], KINDS, delimiter=None)


DATASETS = (
    Dataset(
        name="german_credit",
        title="German credit",
        n=1000,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="german-credit",
                name="german.data",
                addresses=(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/statlog/german/german.data",
                    "https://archive.ics.uci.edu/static/public/144/statlog+german+credit+data.zip",
                ),
                sha256=("b21f3d81db8071257d5ff1deaeba1fd4303b62712e6fcc9715c7a86202cb5871",),
                size=79793,
                member="german.data",
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "H. Hofmann: Statlog (German Credit Data). UCI Machine Learning Repository, 1994. doi:10.24432/C5NC77"
        ),
        homepage="https://archive.ics.uci.edu/dataset/144/statlog+german+credit+data",
        facts={"classes": 2},
    ),
)
