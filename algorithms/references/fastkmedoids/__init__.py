"""fastkmedoids: PAM of scikit-learn-extra on one sample, and all other objects to the nearest of its medoids.

It takes a table of points and no matrix. Its dissimilarity is a generalized Gower distance; where all columns are
numbers, as here, that is a multiple of the Euclidean or of the Manhattan distance. The default sample is a tenth of the
objects, so time and memory grow with n². It reports labels and no loss.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

REFERENCES = (
    Reference(
        name="fastkmedoids",
        title="fastkmedoids 0.0.49",
        language="Python",
        licence="MIT",
        homepage="https://github.com/FabioScielzoOrtiz/FastKmedoids-package",
        runtime=Pip(),
        orders=("points",),
        dtypes=("float32", "float64", "int32"),  # it computes in float64
        algorithms={
            "fastkmedoids": Offer(
                title="FastKmedoids", phase="total", takes_start=False, makes_start=("random",), takes_seed=True
            )
        },
    ),
)
