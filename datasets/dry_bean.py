"""Dry beans (UCI 602): 13611 grains, 16 measures of their shape, as they are: the areas outweigh the rest."""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (13611, 16) of float64; the variety, the last column of the file, is left out."""
    _, _, data = paths[0].read_text(encoding="ascii").partition("@DATA\n")
    return np.loadtxt(data.splitlines(), delimiter=",", usecols=range(16))


DATASETS = (
    Dataset(
        name="dry_bean",
        title="Dry beans, 16 measures of shape",
        n=13611,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="drybean",
                name="Dry_Bean_Dataset.arff",
                addresses=("https://archive.ics.uci.edu/static/public/602/dry+bean+dataset.zip",),
                sha256=("b2a4a76a2aedfb8ed415adfc1bfc70b5f202cb00cb72e500766e364c14834014",),
                size=3813205,
                member="DryBeanDataset/Dry_Bean_Dataset.arff",
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "M. Koklu, I. A. Ozkan: Multiclass classification of dry beans using computer vision and machine learning "
            "techniques. Computers and Electronics in Agriculture 174, 2020. doi:10.1016/j.compag.2020.105507"
        ),
        homepage="https://archive.ics.uci.edu/dataset/602/dry+bean+dataset",
        facts={"classes": 7},
    ),
)
