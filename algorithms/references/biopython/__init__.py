"""Biopython: the k-medoids of its C Clustering Library, `Bio.Cluster.kmedoids`, which alternates.

It starts from a clustering, not from medoids, so the adapter hands over the nearest of the start medoids for every
object. It leaves the only object of a cluster where it is and stops when the loss no longer falls, so its result is not
always that of Alternating. It reads the lower triangle of the matrix only.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

REFERENCES = (
    Reference(
        name="biopython",
        title="Biopython 1.88",
        language="C",
        licence="Biopython License",
        homepage="https://biopython.org",
        runtime=Pip(),
        orders=("C", "F"),
        dtypes=("float32", "float64", "int32"),  # it computes in float64
        algorithms={"alternating": Offer(phase="total")},
    ),
)
