"""The record with which an algorithm declares itself, and its papers."""

from collections.abc import Callable
from dataclasses import dataclass

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
}

KINDS = ("start", "swap", "sampling")
TIERS = ("plain", "tuned")


@dataclass(frozen=True, kw_only=True)
class Algorithm:
    """An algorithm, as the registry, the contract tests, the studies and the README's table see it.

    Raises
    ------
    ValueError
        If the paper, the kind or the tier is not one of those listed in this module.
    """

    name: str  # as in a call: "fasterpam"
    title: str  # as the papers spell it: "FasterPAM"
    call: Callable  # start: (distances, k, ...); swap: (distances, medoids, k=..., start=..., seed=...);
    #                 sampling: (distances or points, k, seed=..., ...)
    kind: str  # one of KINDS
    paper: str  # a key of PAPERS
    cost: str  # time, in n and k
    memory: str  # beyond the matrix
    local_optimum: bool  # promises that no single swap lowers the loss
    same_result_as: str | None = None  # promises its swaps (a start: its medoids), up to ties and rounding
    single_swaps: bool = True  # changes one medoid at a time, and every change lowers the loss
    seeded: bool = False  # a start, or sampling: takes a seed
    tier: str = "plain"  # one of TIERS

    def __post_init__(self) -> None:
        for field, value, known in (
            ("paper", self.paper, tuple(PAPERS)),
            ("kind", self.kind, KINDS),
            ("tier", self.tier, TIERS),
        ):
            if value not in known:
                raise ValueError(f"{field} of algorithm {self.name!r} is {value!r}, must be one of {known}")
