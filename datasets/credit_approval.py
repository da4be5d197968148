"""Credit approval (UCI 27): 690 applications, 6 numbers and 9 categories made anonymous, 67 values missing."""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, read_table

KINDS = "cnnccccnccnccnn-"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 6 numbers and 9 categories; approved or not, the last column of the file, is left out."""
    return read_table(paths[0], KINDS)


DATASETS = (
    Dataset(
        name="credit_approval",
        title="Credit approval",
        n=690,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="credit-approval",
                name="crx.data",
                addresses=(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/credit-screening/crx.data",
                    "https://archive.ics.uci.edu/static/public/27/credit+approval.zip",
                ),
                sha256=("fff49bc186cbddb3ace7371d40d9fbbb3af4f126019c13ff3f562249b1454f4d",),
                size=32218,
                member="crx.data",
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation="J. R. Quinlan: Credit Approval. UCI Machine Learning Repository, 1987. doi:10.24432/C5FS30",
        homepage="https://archive.ics.uci.edu/dataset/27/credit+approval",
        facts={"classes": 2},
    ),
)
