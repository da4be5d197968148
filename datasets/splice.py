"""Splice junctions of primate genes (UCI 69): windows of 60 nucleotides, in Weka's conversion.

The letters are A, C, G and T; in 15 windows some are unknown (D, N, R, S), which are letters like the others
here. The conversion holds the same sequences as the UCI file.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File

COMMIT = "c59f172882592bb58982cc54d2d3c8a2b57e9b73"


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Letters, (3190, 60); the name and the class, first and last in the file, are left out."""
    _, _, data = paths[0].read_text(encoding="ascii").partition("@data\n")
    return np.loadtxt(data.splitlines(), delimiter=",", comments="%", usecols=range(1, 61), dtype="U1")


DATASETS = (
    Dataset(
        name="splice",
        title="Splice junctions of primate genes, 60 nucleotides",
        n=3190,
        kind="categories",
        metric="hamming",
        files=(
            File(
                folder="splice",
                name="splice.arff",
                addresses=(
                    f"https://raw.githubusercontent.com/renatopp/arff-datasets/{COMMIT}/classification/splice.arff",
                ),
                sha256=("7e9b1b59c6731059f40bf16874fcac85af43fa65504b05cc6517b1a4c70fd99a",),
                size=527517,
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "G. Towell, M. Noordewier, J. Shavlik: Molecular Biology (Splice-junction Gene Sequences). "
            "UCI Machine Learning Repository, 1991. doi:10.24432/C5M888"
        ),
        homepage="https://archive.ics.uci.edu/dataset/69/molecular+biology+splice+junction+gene+sequences",
        facts={"classes": 3},
    ),
)
