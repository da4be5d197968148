"""The k-medoids algorithms of Schubert & Rousseeuw, as plain compiled loops that read like the papers.

    from kmedoids_bench.algorithms import Points, fasterclara, fasterpam, pam

    fasterpam(distances, k=10, start="random", seed=0)      # makes its own start
    fasterpam(distances, medoids)                           # continues from given start medoids
    pam(distances, k=10, start="lab", seed=0)               # any start, by its name
    fasterclara(Points(coordinates), k=10, seed=0)          # samples, and no matrix

Files, in reading order:

- vocabulary: `problem` (validated input), `clustering` (the result), `nearest` (nearest and second nearest
  medoid, their update after a swap), `loss` (the loss, what swaps do to it, the tolerance, the rule for ties)
- starts: `build`, `lab`, `random_start`, `kmeanspp`, `park_jun`, `greedy_g`, `alternate_refinement` (of any other)
- swaps: `pam`; the same swaps faster: `reynolds`, `fastpam1a`, `fastpam1`; several swaps a pass: `fastpam2`; eager
  swaps: `eagerpam`, `fasterpam`; no swaps but steps: `alternating`
- the p-median field's way to the same results: `resende_werneck` for PAM, `build_gains` for BUILD
- silhouettes: `pammedsil`; the same swaps faster: `fastmsc`; eager swaps: `fastermsc`; and which k: `dynmsc`. They
  raise the mean medoid silhouette; `silhouettes/ratios` has their loss, `silhouettes/three_nearest` what it needs
- sampling: `clara`, `fastclara`, `fastclara2`, `fasterclara`; `clarans`, `fastclarans`, `fasterclarans`; `onebatchpam`.
  They also work from `points`, whose dissimilarities (`metrics`) are evaluated when needed
- `bounds`: how far from the optimum a result is at most, and proven optima; a package of its own
- `outcome` is what kernels return, `interrupt` how Ctrl-C stops them, `descent` the steps that swap loops share,
  `single_medoid` the case k = 1, `local_search` what the public calls share, `kernel` how they are compiled,
  `algorithm` and `registry` how they are found, `keywords` what they answer to the parameters of other libraries,
  `silhouette` and `picture` what a result tells of itself

Notation, paper -> here:

    x_1 .. x_n       objects             0 .. n-1, `o` for any object
    d(x_o, x_c)      dissimilarity       dist[c, o]: row = medoid or candidate c, column = object o
                                         by_object[o, c]: the transpose, row = object o
    m_1 .. m_k       medoids             medoids[i], i is the slot
    x_c              candidate           candidate, c
    TD               total deviation     loss
    near(o), sec(o)  nearest medoids     near.first[o], near.second[o]: slots
    dn(o), ds(o)     their distances     near.d_first[o], near.d_second[o]
    R_i, dTD^-mi     removal loss        removal[i]
    A_c, dTD^+xc     shared gain         shared, gains.shared[c]
    B_ic             correction          gains.extra[i, c]; in changes[i] together with R_i
    dTD(i, c)        loss change         changes[i] + shared
    AMS              mean medoid         mean_silhouette: 1 - loss / n, where the loss of `silhouettes/` is the
                     silhouette          sum over all o of d1(o) / d2(o), near.d_first[o] / near.d_second[o]

Four rules, the same in every file:

- Direction. Matrices need not be symmetric: dist[c, o] is what object o costs when c is its medoid.
- Ties. Strictly less is better; the first met wins, so the lowest candidate, then the lowest slot, also where
  the loops are nested the other way. Data in general position has ties too: of two objects that only have each
  other, either is as good a medoid.
- Duplicates. A medoid belongs to itself, also when another medoid lies at distance zero. There are always k
  medoids, also when fewer would do.
- Tolerance. A swap must lower the loss by more than 1e-12 of it (`loss.TOLERANCE`), the loss summed anew and
  not brought up to date by differences.

Sums are float64 whatever the matrix holds. For integers they are exact as long as they stay below 2^53, and so
they are for float32 unless its numbers differ by many orders of magnitude: then ties are ties, whoever adds up in
whatever order. With float64 rounding decides between equally good swaps, and two correct programs may part ways.

Where the papers, or the programs around them, leave a choice, it is made once:

- FastPAM1 is two algorithms: `fastpam1a` as in 2019, O(n^2) a pass only on average, and `fastpam1` as in 2021.
- A pass goes once over the candidates. The last one, which brings nothing, counts; for eager algorithms so does
  a pass that was started and not ended. An evaluation is one candidate against all slots; a look-up is one entry
  of the matrix read. Filling the caches counts as look-ups, the loss and the labels of the result do not.
- k = 1 is answered with the best single medoid, by every swap algorithm. Its medoid silhouette counts as 0.
- An object in the same place as its two nearest medoids has the medoid silhouette 1: the ratio 0 / 0 is 0.
- DynMSC removes the medoid without which the silhouette stays largest, and of equally good k returns the least.
- FastPAM2 tries the later swaps of a pass best first; one that gains too little ends its slot's turn, not the pass.
- LAB counts what the candidate itself gains, as BUILD does. Its samples have 10 + ceil(sqrt(n)) objects.
- k-means++ draws by the distances as they are, not by their squares, unless told to.
- GreedyG repeats its alternating steps until nothing changes. Park & Jun's medoids come in the order of their rule.
- Alternating changes several medoids at once: its log has all of them, each with the loss after the whole pass.
- A search on maintained gains ends only when FastPAM1's full scan agrees.
- Sampling algorithms choose the best of their runs by assigning all objects; the look-ups for that count. FastCLARA
  searches with FastPAM1 from BUILD. CLARANS draws with replacement, and FasterCLARANS is defined here.
- OneBatchPAM ends as FasterPAM does, after a full circle of candidates without a swap, and weighs by whole numbers.
"""

import importlib
from typing import TYPE_CHECKING

from kmedoids_bench.algorithms.core.registry import public_function

if TYPE_CHECKING:  # for editors and type checkers; see __getattr__
    from kmedoids_bench.algorithms.core.clustering import Clustering
    from kmedoids_bench.algorithms.core.points import Points
    from kmedoids_bench.algorithms.core.problem import Problem
    from kmedoids_bench.algorithms.sampling.clara import clara
    from kmedoids_bench.algorithms.sampling.clarans import clarans
    from kmedoids_bench.algorithms.sampling.fastclara import fastclara
    from kmedoids_bench.algorithms.sampling.fastclara2 import fastclara2
    from kmedoids_bench.algorithms.sampling.fastclarans import fastclarans
    from kmedoids_bench.algorithms.sampling.fasterclara import fasterclara
    from kmedoids_bench.algorithms.sampling.fasterclarans import fasterclarans
    from kmedoids_bench.algorithms.sampling.onebatchpam import onebatchpam
    from kmedoids_bench.algorithms.silhouettes.dynmsc import dynmsc
    from kmedoids_bench.algorithms.silhouettes.fastermsc import fastermsc
    from kmedoids_bench.algorithms.silhouettes.fastmsc import fastmsc
    from kmedoids_bench.algorithms.silhouettes.pammedsil import pammedsil
    from kmedoids_bench.algorithms.starts.alternate_refinement import alternate_refinement
    from kmedoids_bench.algorithms.starts.build import build
    from kmedoids_bench.algorithms.starts.build_gains import build_gains
    from kmedoids_bench.algorithms.starts.greedy_g import greedy_g
    from kmedoids_bench.algorithms.starts.kmeanspp import kmeanspp
    from kmedoids_bench.algorithms.starts.lab import lab
    from kmedoids_bench.algorithms.starts.park_jun import park_jun
    from kmedoids_bench.algorithms.starts.random_start import random_start
    from kmedoids_bench.algorithms.swaps.alternating import alternating
    from kmedoids_bench.algorithms.swaps.eagerpam import eagerpam
    from kmedoids_bench.algorithms.swaps.fasterpam import fasterpam
    from kmedoids_bench.algorithms.swaps.fastpam1 import fastpam1
    from kmedoids_bench.algorithms.swaps.fastpam1a import fastpam1a
    from kmedoids_bench.algorithms.swaps.fastpam2 import fastpam2
    from kmedoids_bench.algorithms.swaps.pam import pam
    from kmedoids_bench.algorithms.swaps.resende_werneck import resende_werneck
    from kmedoids_bench.algorithms.swaps.reynolds import reynolds

__all__ = [
    "Clustering",
    "Points",
    "Problem",
    "alternate_refinement",
    "alternating",
    "build",
    "build_gains",
    "clara",
    "clarans",
    "dynmsc",
    "eagerpam",
    "fastclara",
    "fastclara2",
    "fastclarans",
    "fasterclara",
    "fasterclarans",
    "fastermsc",
    "fasterpam",
    "fastmsc",
    "fastpam1",
    "fastpam1a",
    "fastpam2",
    "greedy_g",
    "kmeanspp",
    "lab",
    "onebatchpam",
    "pam",
    "pammedsil",
    "park_jun",
    "random_start",
    "resende_werneck",
    "reynolds",
]

CLASSES = {"Clustering": "clustering", "Points": "points", "Problem": "problem"}  # and their files in `core`


def __getattr__(name: str):
    """Import what a name stands for when it is first used: the import of numba takes a second."""
    if name in CLASSES:
        return getattr(importlib.import_module(f"{__name__}.core.{CLASSES[name]}"), name)
    return public_function(name, "plain")


def __dir__() -> list[str]:
    return __all__
