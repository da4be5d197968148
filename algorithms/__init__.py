"""The k-medoids algorithms of Schubert & Rousseeuw, as plain compiled loops that read like the papers.

    from kmedoids_bench.algorithms import build, random_start, pam, fastpam1, fasterpam

    fasterpam(distances, k=10, start="random", seed=0)      # makes its own start
    fasterpam(distances, medoids)                           # continues from given start medoids

Files, in reading order: `problem` (validated input), `clustering` (the result), `nearest` (nearest and second
nearest medoid, their update after a swap), `loss` (the loss and what swaps do to it, the tolerance), then one
file per algorithm: `build`, `random_start`; `pam`, `fastpam1`, `fasterpam`. `search` is what kernels return,
`single_medoid` the case k = 1, `local_search` what the public calls share, `kernel` how they are compiled,
`algorithm` and `registry` how they are found.

Notation, paper -> here:

    x_1 .. x_n       objects             0 .. n-1, `o` for any object
    d(x_o, x_c)      dissimilarity       dist[c, o]: row = medoid or candidate c, column = object o
    m_1 .. m_k       medoids             medoids[i], i is the slot
    x_c              candidate           candidate, c
    TD               total deviation     loss
    near(o), sec(o)  nearest medoids     near.first[o], near.second[o]: slots
    dn(o), ds(o)     their distances     near.d_first[o], near.d_second[o]
    R_i, dTD^-mi     removal loss        removal[i]
    A_c, dTD^+xc     shared gain         shared
    dTD(i, c)        loss change         changes[i] + shared

Four rules, the same in every file:

- Direction. Matrices need not be symmetric: dist[c, o] is what object o costs when c is its medoid.
- Ties. Strictly less is better; the first met wins, so the lowest candidate, then the lowest slot. Data in
  general position has ties too: of two objects that only have each other, either is as good a medoid.
- Duplicates. A medoid belongs to itself, also when another medoid lies at distance zero.
- Tolerance. A swap must lower the loss by more than 1e-12 of it (`loss.TOLERANCE`).

Sums are float64 whatever the matrix holds. For integers they are exact as long as they stay below 2^53, and so
they are for float32 unless its numbers differ by many orders of magnitude: then ties are ties, whoever adds up in
whatever order. With float64 rounding decides between equally good swaps, and two correct programs may part ways.
"""

from kmedoids_bench.algorithms.build import build
from kmedoids_bench.algorithms.clustering import Clustering
from kmedoids_bench.algorithms.fasterpam import fasterpam
from kmedoids_bench.algorithms.fastpam1 import fastpam1
from kmedoids_bench.algorithms.pam import pam
from kmedoids_bench.algorithms.problem import Problem
from kmedoids_bench.algorithms.random_start import random_start

__all__ = ["Clustering", "Problem", "build", "fasterpam", "fastpam1", "pam", "random_start"]
