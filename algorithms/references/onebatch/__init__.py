"""onebatch: OneBatchPAM, which judges FasterPAM's swaps by the distances to one random batch of points.

It is approximate by design. The loss and the labels that it reports cover the batch only, with scaled and weighted
distances, so the adapter leaves them out. It computes in float32.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

REFERENCES = (
    Reference(
        name="onebatch",
        title="onebatch 0.1.0",
        language="Cython",
        licence="BSD-3-Clause",
        homepage="https://github.com/antoinedemathelin/onebatch",
        runtime=Pip(),
        orders=("points",),
        dtypes=("float32",),
        algorithms={"onebatchpam": Offer(phase="total", takes_start=False, makes_start=("random",), takes_seed=True)},
    ),
)
