"""BanditPAM: k-medoids with multi-armed bandits, in C++, by its authors.

What version 6.0.2 calls BanditPAM is BanditPAM++ (Tiwari et al. 2023): a candidate is one arm for all medoids, and
distances to a fixed permutation of the objects are kept in a cache. BanditPAM_orig is the algorithm of 2020, with that
cache. Without the cache (`use_cache=False`) both raise an error.

Two records, because only the two bandit algorithms accept a matrix. PAM and FastPAM1 ignore a matrix and compute
dissimilarities from the points in each call. All four choose BUILD's medoids first (the bandits approximate them) and
accept no others. The library computes in float32.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

BANDITS = {
    name: Offer(title=title, phase="total", takes_start=False, makes_start=("build",), takes_seed=True)
    for name, title in (("banditpam", "BanditPAM++"), ("banditpam_orig", "BanditPAM"))
}
EXACT = Offer(phase="total", takes_start=False, makes_start=("build",), same_result_as="pam", local_optimum=True)
MATRIX = Reference(
    name="banditpam",
    title="banditpam 6.0.2",
    language="C++",
    licence="MIT",
    homepage="https://github.com/motiwari/BanditPAM",
    runtime=Pip(),
    orders=("C",),  # it copies the matrix in any order
    dtypes=("float32",),
    algorithms=BANDITS,
)

REFERENCES = (
    MATRIX,
    replace(
        MATRIX,
        name="banditpam_points",
        title="banditpam 6.0.2 (points)",
        orders=("points",),
        algorithms=BANDITS | {"pam": EXACT, "fastpam1": EXACT},
    ),
)
