"""ELKI: the papers' own platform, in Java.

ELKI takes part where the user has it. Install a JDK, version 11 or newer. Download the bundle `elki-bundle-0.8.0.jar`
from https://elki-project.github.io/releases/, or build it with ELKI's own instructions. Then name it:
`export KMEDOIDS_BENCH_ELKI=/path/to/elki-bundle-0.8.0.jar`. A class path of several entries works too, with ELKI's
classes and those of the libraries that they need.

Our `Elki.java` calls ELKI's public classes on a matrix in memory and times the swaps alone. The passes and swaps are
those that ELKI logs; it logs no swaps of Alternating, and not exactly those of FastPAM, which is our FastPAM2.

ELKI tries candidates in the order of the data, and from the same start each of its algorithms makes the swaps of ours.
With equal dissimilarities Alternating and FastPAM may part from ours: in Alternating ties fall otherwise, and FastPAM
ends a pass at a swap that gains nothing. With a single medoid ReynoldsPAM, FastPAM1, FastPAM and FasterPAM return the
start.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Jar, Offer, Reference

SWAP = Offer(local_optimum=True, makes_start=("build",))
SAME = {name: replace(SWAP, same_result_as=name) for name in ("eagerpam", "fastpam2", "fasterpam")}
AS_PAM = replace(SWAP, same_result_as="pam")

REFERENCES = (
    Reference(
        name="elki",
        title="ELKI",
        language="Java",
        licence="AGPL-3.0",
        homepage="https://elki-project.github.io",
        runtime=Jar("KMEDOIDS_BENCH_ELKI", "elki-bundle-0.8.0.jar"),
        orders=("C",),
        dtypes=("float32", "float64", "int32"),  # it computes in float64
        algorithms={
            "build": Offer(phase="start", takes_start=False, same_result_as="build"),
            "pam": AS_PAM,
            "reynolds": AS_PAM,
            "fastpam1": AS_PAM,
            **SAME,
            "alternating": replace(SWAP, local_optimum=False, same_result_as="alternating"),
        },
    ),
)
