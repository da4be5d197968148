"""Traits of 136 plant species, from R's package cluster: the data of its examples for mixed columns.

The columns are treated as in that example (``?plantTraits``): 3 numbers, 8 ranks, 2 categories (woody,
thorny), 18 presences, some values missing.
"""

from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File
from kmedoids_bench.datasets.mixed import Table, make_table
from kmedoids_bench.datasets.rda import read_columns

KINDS = "nnnoooooooocc" + 18 * "p"


def load(paths: tuple[Path, ...]) -> Table:
    """Table of 31 columns; R's codes of a presence are 1 for no and 2 for yes."""
    columns = zip(read_columns(paths[0]).values(), KINDS, strict=True)
    return make_table([codes - 1 if kind == "p" else codes for codes, kind in columns], KINDS)


DATASETS = (
    Dataset(
        name="plant_traits",
        title="Plant species traits",
        n=136,
        kind="mixed",
        metric="gower",
        files=(
            File(
                folder="r-cluster",
                name="plantTraits.rda",
                addresses=("https://raw.githubusercontent.com/cran/cluster/master/data/plantTraits.rda",),
                sha256=("8589a9c6264accb20330d0beef6e0e63a9845be96805d70a40ed178e4ffe5110",),
                size=3440,
            ),
        ),
        load=load,
        licence="GPL (>= 2), as part of the R package cluster",
        citation=(
            "J. Vallet: Structuration de communautes vegetales et analyse comparative de traits biologiques le long "
            "d'un gradient d'urbanisation. Universite Paris Sud XI, 2005"
        ),
        homepage="https://CRAN.R-project.org/package=cluster",
    ),
)
