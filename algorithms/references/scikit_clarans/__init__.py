"""scikit-clarans: CLARANS and FastCLARANS as scikit-learn estimators, from a matrix or from points.

Both make two searches from random starts, as ours do. CLARANS gives up after 1.25 % of the k(n-k) swaps have failed,
but not before 250; FastCLARANS after 2.5 % of the n-k candidates, but not before 250 / k.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

OFFER = Offer(
    phase="total",
    takes_start=False,  # the library could, but our CLARANS cannot
    makes_start=("random",),
    takes_seed=True,
    samples="num_local",
)

REFERENCES = (
    Reference(
        name="scikit_clarans",
        title="scikit-clarans 0.3.4",
        language="Cython",
        licence="MIT",
        homepage="https://github.com/ThienNguyen3001/scikit-clarans",
        runtime=Pip(),
        orders=("C", "points"),
        dtypes=("float32", "float64", "int32"),  # it computes in float32 or float64
        algorithms={"clarans": OFFER, "fastclarans": OFFER},
    ),
)
