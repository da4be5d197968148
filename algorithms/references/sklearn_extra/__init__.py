"""scikit-learn-extra: k-medoids as scikit-learn estimators; KMedoids takes a matrix, CLARA takes points.

Two of its starts have the names of ours but are not the same: its k-means++ is the greedy variant with several
trials, and its `heuristic` does not divide as Park & Jun do. They are not offered.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

SWAP = Offer(phase="total", makes_start=("build", "random"))
MATRIX = Reference(
    name="sklearn_extra",
    title="scikit-learn-extra 0.3.0",
    language="Cython",
    licence="BSD-3-Clause",
    homepage="https://github.com/scikit-learn-contrib/scikit-learn-extra",
    runtime=Pip(),
    orders=("C", "F"),
    dtypes=("float32", "float64", "int32"),  # it computes in float32 or float64
    algorithms={
        "pam": replace(SWAP, same_result_as="pam", local_optimum=True),
        "alternating": replace(SWAP, same_result_as="alternating"),
    },
)
CLARA = Offer(phase="total", takes_start=False, makes_start=("random",), takes_seed=True, samples="n_sampling_iter")

REFERENCES = (
    MATRIX,
    replace(
        MATRIX,
        name="sklearn_extra_clara",
        title="scikit-learn-extra 0.3.0 (points)",
        language="Python",
        orders=("points",),
        algorithms={"clara": CLARA},
    ),
)
