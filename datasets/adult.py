"""Adult (UCI 2): 32561 people of the census of 1994, numbers and categories, the training part.

All 14 columns are used as they are, fnlwgt (how many people a person stands for) and both codings of the
education too. Work class, occupation and country are missing for some.
"""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, read_table

KINDS = "ncncncccccnnnc-"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 6 numbers and 8 categories; the income, the last column of the file, is left out."""
    return read_table(paths[0], KINDS)


DATASETS = (
    Dataset(
        name="adult",
        title="Adult (census income), training part",
        n=32561,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="adult",
                name="adult.data",
                addresses=(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/adult.data",
                    "https://archive.ics.uci.edu/static/public/2/adult.zip",
                ),
                sha256=("5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",),
                size=3974305,
                member="adult.data",
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation="B. Becker, R. Kohavi: Adult. UCI Machine Learning Repository, 1996. doi:10.24432/C5XW20",
        homepage="https://archive.ics.uci.edu/dataset/2/adult",
        facts={"classes": 2},
    ),
)
