"""Mammographic masses (UCI 161): 961 findings, described by an assessment, age, shape, margin and density.

Many are described alike, and 162 values are missing. The assessment (BI-RADS) and the density are ranks; so
the assessment 55, a slip for 5 in the original, is one step beyond 6 and does not stretch the range.
"""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, read_table

NAME = "mammographic_masses.data"
KINDS = "oncco-"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 2 ranks, a number and 2 categories; the severity, the last column of the file, is left out."""
    return read_table(paths[0], KINDS)


DATASETS = (
    Dataset(
        name="mammographic",
        title="Mammographic masses",
        n=961,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="mammographic",
                name=NAME,
                addresses=(
                    f"https://archive.ics.uci.edu/ml/machine-learning-databases/mammographic-masses/{NAME}",
                    "https://archive.ics.uci.edu/static/public/161/mammographic+mass.zip",
                ),
                sha256=("072051c896fb14f8f25c64eed30ba1333290af41e6c9ffad4e1ca573daa865a8",),
                size=13450,
                member=NAME,
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "M. Elter, R. Schulz-Wendtland, T. Wittenberg: The prediction of breast cancer biopsy outcomes using two "
            "CAD approaches that both emphasize an intelligible decision process. Medical Physics 34, 2007. "
            "doi:10.24432/C53K6Z"
        ),
        homepage="https://archive.ics.uci.edu/dataset/161/mammographic+mass",
        facts={"classes": 2},
    ),
)
