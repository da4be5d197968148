"""kmedoids: the papers' authors' library in Rust, with a Python wrapper, in three versions.

Version 0.5.5 reads columns, so it is several times faster on a matrix in F order; 0.4.3, released before that change,
reads rows. Version 0.3.3 is of the time of the companion paper. Each version is measured in both orders.

Of the algorithms that raise the medoid silhouette those of 0.5.5 take part. They take matrices of floats only.
"""

from kmedoids_bench.algorithms.references.reference import Offer, Pip, Reference

SILHOUETTES = {
    "pammedsil": Offer(same_result_as="pammedsil", local_optimum=True),
    "fastmsc": Offer(same_result_as="pammedsil", local_optimum=True),
    "fastermsc": Offer(same_result_as="fastermsc", local_optimum=True),
    "dynmsc": Offer(chooses_k=True),
}

REFERENCES = tuple(
    Reference(
        name=f"kmedoids_{number}",
        title=f"kmedoids {version}",
        language="Rust",
        licence="GPL-3.0",
        homepage="https://github.com/kno10/python-kmedoids",
        runtime=Pip(f"requirements_{number}"),
        orders=("C", "F"),
        algorithms={
            "build": Offer(phase="start", takes_start=False, same_result_as="build"),
            "pam": Offer(same_result_as="pam", local_optimum=True, makes_start=("build",)),
            "fastpam1": Offer(same_result_as="pam", local_optimum=True, makes_start=("build", "random")),
            "fasterpam": Offer(
                same_result_as="fasterpam", local_optimum=True, makes_start=("build", "random"), threads=(1, 2)
            ),
            "alternating": Offer(same_result_as="alternating", makes_start=("build", "random")),
        }
        | (SILHOUETTES if version == "0.5.5" else {}),
    )
    for version, number in (("0.5.5", "055"), ("0.4.3", "043"), ("0.3.3", "033"))
)
