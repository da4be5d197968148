"""ELKI: the papers' own platform, in Java; every call starts a new Java process.

ELKI is on no package registry. To let it take part, install Java, download the bundle `elki-bundle-0.8.0.jar` (or a
newer one) from ELKI's home page, and name it: `export KMEDOIDS_BENCH_ELKI=/path/to/elki-bundle-0.8.0.jar`.

The adapter is written from ELKI's documentation and from the options and log lines in its public source. We have not
run it with a real ELKI yet; its tests use a substitute for Java.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Jar, Offer, Reference

SWAP = Offer(local_optimum=True, makes_start=("build",))
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
            "pam": AS_PAM,
            "reynolds": AS_PAM,
            "fastpam1": AS_PAM,
            "eagerpam": SWAP,
            "fastpam2": SWAP,
            "fasterpam": SWAP,
        },
    ),
)
