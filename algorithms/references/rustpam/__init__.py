"""rustpam: OneBatchPAM in Rust, after the package of its authors.

Like that package it takes points, or the distances to one batch, but no matrix. It computes in float32, and reports the
loss and the labels of all objects. For one medoid it swaps until its limit ends it.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

REFERENCES = (
    Reference(
        name="rustpam",
        title="rustpam 0.2.1",
        language="Rust",
        licence="MIT",
        homepage="https://github.com/Hanziwww/rustpam",
        runtime=Pip(),
        orders=("points",),
        dtypes=("float32",),
        algorithms={"onebatchpam": Offer(phase="total", takes_start=False, makes_start=("random",), takes_seed=True)},
    ),
)
