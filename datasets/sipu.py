"""Points in the plane with known clusters: the clustering basic benchmark of Fränti & Sieranoja.

s1 to s4 overlap more and more; a1 to a3 have more and more clusters; those of unbalance differ in size; birch1
has them on a grid, birch2 on a sine curve, birch3 at random. The files go through cluster after cluster, more or less:
a part of the first objects has fewer clusters.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (n, 2) of float64, whole numbers."""
    return np.loadtxt(paths[0], encoding="ascii")


# name, n, clusters, bytes, sha256
SETS = (
    ("s1", 5000, 15, 105000, "d98ddffe6ad4ff67babf1aacd1b679e7b858c8c97be1e51c818fe5f4552664af"),
    ("s2", 5000, 15, 105000, "c26ecf31043cfecf46dd534c5330fd5d111d2e52522064b2f2eae6623b2d248c"),
    ("s3", 5000, 15, 105000, "4814574eb85f3f6f51ec9b72736ee4cac8b54885c6e02a50d872ac236d05ba63"),
    ("s4", 5000, 15, 105000, "e340dfe24b2aed3cdc9480a0b783b2b902ca4fabb3ec19ff969963224600898c"),
    ("a1", 3000, 20, 51000, "4b744afafcbdb1ec1df8b002d005460e5d64f922ea84d320bc71e997d5e79022"),
    ("a2", 5250, 35, 89250, "609cc04f224718a5ce60cbda37285143fe7a0fe5f4f1427007ab29fa27c5dda7"),
    ("a3", 7500, 50, 127500, "c203634e4b011e4f756735a5cd03053996a0ce6fccc1eaa73df6ed80db5f6c42"),
    ("unbalance", 6500, 8, 91000, "5a9352d87b411977ccbdf8275dacbfeb7016296cb5ac972aa5dddfa7d6d87f50"),
    ("birch1", 100000, 100, 2100000, "95230d302b2ffbe15de77f732af7002b037887c30c19b1539999dedfe3587400"),
    ("birch2", 100000, 100, 2100000, "4d8babe0a92e4bf3011bde7c60656cf96cef177e25d1e12e7961e6f9c77f568e"),
    ("birch3", 100000, 100, 2100000, "4dc8566e965d87524fca5dfc79d4afe8665096db2c3426bbca65a21a05cdf8ce"),
)


def _sipu(name: str, n: int, clusters: int, size: int, sha256: str) -> Dataset:
    return Dataset(
        name=name,
        title=f"Clustering basic benchmark: {name}",
        n=n,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="sipu",
                name=f"{name}.txt",
                addresses=(
                    f"https://cs.uef.fi/sipu/datasets/{name}.txt",
                    f"http://cs.joensuu.fi/sipu/datasets/{name}.txt",
                ),
                sha256=(sha256,),
                size=size,
            ),
        ),
        load=load,
        licence="free for research, to be cited",
        citation=(
            "P. Fränti, S. Sieranoja: K-means properties on six clustering benchmark datasets. "
            "Applied Intelligence 48, 2018. doi:10.1007/s10489-018-1238-7"
        ),
        homepage="https://cs.uef.fi/sipu/datasets/",
        facts={"clusters": clusters},
    )


DATASETS = tuple(_sipu(*row) for row in SETS)
