"""aeon: k-medoids, CLARA and CLARANS of the toolkit for time series, in Python with compiled distances.

Its objects are series: a point counts as a series of its coordinates. It takes no matrix, but computes the distances
itself: all of them for KMedoids, those of the samples for CLARA. CLARANS keeps every one that it has computed, in a
matrix of all. The library says that its PAM gives PAM's result. For one medoid, its PAM and its CLARA raise an error.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

SWAP = Offer(phase="total", makes_start=("random",))
SAMPLING = Offer(phase="total", takes_start=False, makes_start=("random",), takes_seed=True)

REFERENCES = (
    Reference(
        name="aeon",
        title="aeon 1.6.0",
        language="Python",
        licence="BSD-3-Clause",
        homepage="https://www.aeon-toolkit.org",
        runtime=Pip(),
        orders=("points",),
        dtypes=("float32", "float64", "int32"),  # it computes in float64
        algorithms={
            "pam": replace(SWAP, same_result_as="pam", local_optimum=True),
            "alternating": SWAP,
            "clara": replace(SAMPLING, samples="n_sampling_iters"),
            "clarans": replace(SAMPLING, samples="n_init"),
        },
    ),
)
