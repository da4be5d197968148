"""pyclustering: its `kmedoids` in C++; the library is no longer maintained.

Its documentation calls the algorithm PAM. In each pass it looks for PAM's best swap, but it makes the swap before it
checks whether the loss falls, and keeps the last swap even if the loss rises. Objects at distance zero from a medoid
are no candidates. Here it therefore has a name of its own, and promises the local optimum that the name PAM implies.

Its `clarans` knows only squared Euclidean distances and takes no seed, so it is not offered.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

REFERENCES = (
    Reference(
        name="pyclustering",
        title="pyclustering 0.10.1.2",
        language="C++",
        licence="BSD-3-Clause",
        homepage="https://github.com/annoviko/pyclustering",
        runtime=Pip(),
        orders=("C",),
        dtypes=("float32", "float64", "int32"),  # it computes in float64
        algorithms={
            "kmedoids_pyclustering": Offer(title="kmedoids of pyclustering", phase="total", local_optimum=True)
        },
    ),
)
