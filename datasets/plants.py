"""One-hundred plant species leaves (UCI 241), the main data of the FastPAM and FasterPAM papers.

Three descriptions of the same leaves. The texture file has 1599 rows: of Acer Campestre it has 15 leaves and
not 16; copies with 1600 rows are edited. The rows are not in the same order in the three files.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File

ARCHIVE = "https://archive.ics.uci.edu/static/public/241/one+hundred+plant+species+leaves+data+set.zip"


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (n, 64) of float64; the first column of the file is the species and is left out."""
    return np.loadtxt(paths[0], delimiter=",", usecols=range(1, 65), encoding="ascii")


def _plants(feature: str, n: int, size: int, sha256: tuple[str, str]) -> Dataset:
    name = f"data_{feature[:3].capitalize()}_64.txt"
    return Dataset(
        name=f"plants_{feature}",
        title=f"One-hundred plant species leaves: {feature}",
        n=n,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="plants",
                name=name,
                addresses=(ARCHIVE,),
                sha256=sha256,
                size=size,
                member=f"100 leaves plant species/{name}",
            ),
        ),
        load=load,
        licence="CC BY 4.0 (UCI)",
        citation=(
            "C. Mallah, J. Cope, J. Orwell: Plant Leaf Classification Using Probabilistic Integration of "
            "Shape, Texture and Margin Features. "
            "Signal Processing, Pattern Recognition and Applications, 2013. doi:10.24432/C5RG76"
        ),
        homepage="https://archive.ics.uci.edu/dataset/241/one+hundred+plant+species+leaves+data+set",
        facts={"classes": 100},
    )


# sha256 with LF, then with CRLF: both editions are in circulation
DATASETS = (
    _plants(
        "texture",
        1599,
        676634,
        (
            "543904ca4d92621b766265050e761f5bb772e3044f2516d5effd7fd238c30542",
            "f9d254df5c121fd7b40f32c7fd1ccd0cae5e1c98f59c7ab77dbf22422386b024",
        ),
    ),
    _plants(
        "shape",
        1600,
        1134743,
        (
            "8933edb9534a9a7931ddea1752db4710c7dab3b91bfda7d1f8553f4d37177b47",
            "4490aaf3df084132c4a9d344de1b270691ce619b8f71e087b70b4d9ce6edf52d",
        ),
    ),
    _plants(
        "margin",
        1600,
        771330,
        (
            "fc55ba92ed9c3db5f65fe4dbaf095575c9d15e3efb28937e4ba073c287df71aa",
            "d474bdc920250745942312eb8ccf745ff4b665a59952f073572cd73cb253ba59",
        ),
    ),
)
