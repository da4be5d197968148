"""Points of TSPLIB that Resende & Werneck (2004) solved as p-median problems: plain distances, not rounded."""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (n, 2) of float64; ValueError if the file has no coordinates in the plane."""
    header, _, rest = paths[0].read_text(encoding="ascii").partition("NODE_COORD_SECTION\n")
    if "EUC_2D" not in header:
        raise ValueError(f"{paths[0]}: no points in the plane (EDGE_WEIGHT_TYPE EUC_2D)")
    return np.loadtxt(rest.partition("EOF")[0].splitlines(), usecols=(1, 2))


def _tsplib(name: str, title: str, n: int, size: int, sha256: str) -> Dataset:
    return Dataset(
        name=name,
        title=f"TSPLIB {name}: {title}",
        n=n,
        kind="points",
        metric="euclidean",
        files=(
            File(
                folder="tsplib",
                name=f"{name}.tsp",
                addresses=(f"https://raw.githubusercontent.com/mastqe/tsplib/master/{name}.tsp",),
                sha256=(sha256,),
                size=size,
            ),
        ),
        load=load,
        licence="TSPLIB (G. Reinelt): free for research",
        citation=(
            "G. Reinelt: TSPLIB - A Traveling Salesman Problem Library. ORSA Journal on Computing 3(4), 1991. "
            "doi:10.1287/ijoc.3.4.376"
        ),
        homepage="http://comopt.ifi.uni-heidelberg.de/software/TSPLIB95/",
    )


DATASETS = (
    _tsplib(
        "fl1400", "holes to drill", 1400, 39621, "7afc62a19f3c691f13193fbc55865938097071370882174c926aff722db42a7c"
    ),
    _tsplib(
        "pcb3038",
        "holes of a circuit board",
        3038,
        87139,
        "25081ac540357ec34935a4b366f32e58b0d605565b888f876211769ec972b87a",
    ),
    _tsplib("rl5934", "cities", 5934, 171104, "9b16ad6a492201fd83dfc739fc37f3948057ccd99707408be350b411e62a9da8"),
)
