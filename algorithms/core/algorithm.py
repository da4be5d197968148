"""The record with which an algorithm declares itself, and its papers."""

import importlib
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

PAPERS = {
    "maranzana1964": "Maranzana, On the location of supply points to minimize transport costs, Operational "
    "Research Quarterly 15 (1964) 261-270",
    "whitaker1983": "Whitaker, A fast algorithm for the greedy interchange for large-scale clustering and median "
    "location problems, INFOR 21 (1983) 95-108",
    "kaufman1990": "Kaufman & Rousseeuw, Finding Groups in Data, Wiley (1990), chapters 2 and 3",
    "captivo1991": "Captivo, Fast primal and dual heuristics for the p-median location problem, European "
    "Journal of Operational Research 52 (1991) 65-74",
    "ng2002": "Ng & Han, CLARANS: A Method for Clustering Objects for Spatial Data Mining, IEEE Transactions on "
    "Knowledge and Data Engineering 14(5) (2002) 1003-1016",
    "laan2003": "Van der Laan, Pollard & Bryan, A new partitioning around medoids algorithm, Journal of "
    "Statistical Computation and Simulation 73 (2003) 575-584",
    "reynolds2006": "Reynolds, Richards, de la Iglesia & Rayward-Smith, Clustering rules: a comparison of "
    "partitioning and hierarchical clustering algorithms, Journal of Mathematical Modelling and Algorithms 5 "
    "(2006) 475-504",
    "arthur2007": "Arthur & Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007, 1027-1035",
    "resende2007": "Resende & Werneck, A fast swap-based local search procedure for location problems, Annals of "
    "Operations Research 150 (2007) 205-230",
    "park2009": "Park & Jun, A simple and fast algorithm for k-medoids clustering, Expert Systems with "
    "Applications 36 (2009) 3336-3341",
    "schubert2019": "Schubert & Rousseeuw, Faster k-Medoids Clustering: Improving the PAM, CLARA, and CLARANS "
    "Algorithms, SISAP 2019, LNCS 11807, 171-187",
    "schubert2021": "Schubert & Rousseeuw, Fast and Eager k-Medoids Clustering: O(k) Runtime Improvement of the "
    "PAM, CLARA, and CLARANS Algorithms, Information Systems 101 (2021) 101804",
    "lenssen2022": "Lenssen & Schubert, Clustering by Direct Optimization of the Medoid Silhouette, SISAP 2022, LNCS "
    "13590, 190-204",
    "lenssen2024": "Lenssen & Schubert, Medoid silhouette clustering with automatic cluster number selection, "
    "Information Systems 120 (2024) 102290",
    "mathelin2025": "De Mathelin, Cecchi, Deheeger, Mougeot & Vayatis, OneBatchPAM: A Fast and Frugal K-Medoids "
    "Algorithm, AAAI 2025, arXiv 2501.19285",
}

KIND_OF_FOLDER = {"starts": "start", "swaps": "swap", "silhouettes": "silhouette", "sampling": "sampling"}
KINDS = tuple(KIND_OF_FOLDER.values())
TIERS = ("plain", "tuned", "gpu")


@dataclass(frozen=True)
class Algorithm:
    """What an algorithm is called, what it costs and what it promises.

    A file ends in its record, ``ALGORITHM = Algorithm(__name__, ...)``, with literal values: the registry reads the
    record without running the file, because that would load numba. Name, kind and tier follow from the place of the
    file: ``algorithms/tuned/swaps/pam.py`` is the tuned swap algorithm "pam".

    Raises
    ------
    ValueError
        If the paper is not one of `PAPERS`.
    """

    module: str
    _: KW_ONLY
    title: str  # as the papers spell it: "FasterPAM"
    paper: str  # a key of PAPERS
    cost: str  # time, in n and k
    memory: str  # beyond the matrix
    local_optimum: bool  # promises that no single swap lowers the loss (a silhouette algorithm: raises the silhouette)
    same_result_as: str | None = None  # promises its swaps (a start: its medoids), up to ties and rounding
    single_swaps: bool = True  # changes one medoid at a time, and every change lowers the loss
    seeded: bool = False  # takes a seed, other than to hand it to a start
    threads: bool = False  # takes a number of threads
    chooses_k: bool = False  # takes the largest number of medoids, and may return fewer

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise ValueError(f"paper of algorithm {self.name!r} is {self.paper!r}, must be one of {tuple(PAPERS)}")

    @property
    def function(self) -> str:
        """Name of the public function, which is that of the file: "fasterpam", "random_start"."""
        return self.module.rpartition(".")[2]

    @property
    def name(self) -> str:
        """Name in a row and as a parameter: that of the file, but "random" for `random_start`, as in start="random"."""
        return self.function.removesuffix("_start")

    @property
    def kind(self) -> str:
        """One of `KINDS`, by the folder."""
        return KIND_OF_FOLDER[self.module.split(".")[-2]]

    @property
    def tier(self) -> str:
        """One of `TIERS`, by the folder."""
        return next((tier for tier in TIERS if f".{tier}." in self.module), "plain")

    @cached_property
    def call(self) -> Callable:
        """The public function; the first access imports its file, and numba.

        Start: (distances, k, ...); swap and silhouette: (distances, medoids, k=..., start=..., seed=...); sampling:
        (distances or points, k, seed=..., ...).
        """
        return getattr(importlib.import_module(self.module), self.function)
