"""Time series of the UCR archive, of one length each, standardised by the archive: training part, then test part."""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File


def load(paths: tuple[Path, ...]) -> np.ndarray:
    """Series, (n, length) of float64; the class, after the colon in the file, is left out."""
    return np.concatenate([_read(path) for path in paths])


def _read(path: Path) -> np.ndarray:
    header, _, data = path.read_text(encoding="utf-8").partition("@data\n")
    if not data:
        raise ValueError(f"{path}: no line @data, but {header[:20]!r} ...")
    return np.loadtxt([line.partition(":")[0] for line in data.splitlines()], delimiter=",", ndmin=2)


def _ucr(
    name: str, title: str, n: int, length: int, classes: int, files: tuple[tuple[int, str], tuple[int, str]]
) -> Dataset:
    archive_name = "".join(word.capitalize() for word in name.split("_"))
    archive = f"https://www.timeseriesclassification.com/aeon-toolkit/{archive_name}.zip"
    names = (f"{archive_name}_TRAIN.ts", f"{archive_name}_TEST.ts")
    return Dataset(
        name=name,
        title=f"{title}, {n} series of length {length}",
        n=n,
        kind="series",
        metric="dtw",
        files=tuple(
            File(f"ucr/{archive_name}", file, (archive,), (sha256,), size, member=file)
            for file, (size, sha256) in zip(names, files, strict=True)
        ),
        load=load,
        licence="UCR archive: free for research, to be cited",
        citation=(
            "H. A. Dau, A. Bagnall, K. Kamgar, C.-C. M. Yeh, Y. Zhu, S. Gharghabi, C. A. Ratanamahatana, E. Keogh: "
            "The UCR Time Series Archive. IEEE/CAA Journal of Automatica Sinica 6(6), 2019. "
            "doi:10.1109/JAS.2019.1911747"
        ),
        homepage=f"https://www.timeseriesclassification.com/description.php?Dataset={archive_name}",
        facts={"classes": classes, "length": length},
    )


DATASETS = (
    _ucr(
        "arrow_head",
        "Outlines of arrowheads",
        211,
        251,
        3,
        (
            (100357, "a83c470aaf611a5f5284377cce27a5fc9f6292bc3d110257b0fd4905ced5ee72"),
            (484894, "5417dab42626d41df5e435bb22458c2df40dfad4bcd3b59559bbe72e20e84904"),
        ),
    ),
    _ucr(
        "coffee",
        "Spectra of coffee beans",
        56,
        286,
        2,
        (
            (89009, "8895cbfd605adfa65b155b9ff81beb81c238ca4151abd4e964538c9c5fedc1ec"),
            (89025, "914a553a055b913859a4e0d80aa7fb080166b33e06cdbcb4f1e5ed80f10417e6"),
        ),
    ),
    _ucr(
        "gun_point",
        "Motions of a hand",
        200,
        150,
        2,
        (
            (84188, "f842401779fd9800d247d8b33121a1a4643710a19b24917dbdd9a060ca8630d5"),
            (252305, "79332750788a6227b325b96bd0d70130c8eb707b9731f8d7dec62b7a7d36017e"),
        ),
    ),
    _ucr(
        "italy_power_demand",
        "Days of electrical power demand in Italy",
        1096,
        24,
        2,
        (
            (18300, "341269cb7e6cef96846b30e774580beec79addb93848ba360145219115a74b7c"),
            (274054, "26122451f87dd0387ef90b18bc8a86c041371b8a1c068004922b939971247144"),
        ),
    ),
    _ucr(
        "synthetic_control",
        "Synthetic control charts",
        600,
        60,
        6,
        (
            (200155, "cacc277a961ec777f3387d0d51f6c944a624882f3cd8df84ad82d0041848a1ea"),
            (200177, "c6ea3033d689f4a120f17958da8d23de35fe33a9a2bcaa4857be5138cbe31cc0"),
        ),
    ),
)
