"""cluster: R's package, with the original pam and clara; an author of the papers wrote pam's variants 3 to 6.

The help page of pam describes the variants: "o_1" and "o_2" use the short cuts of Reynolds et al., "f_3" is FastPAM1,
"f_4" makes several swaps in a pass (FastPAM2), "f_5" adds the short cuts of "o_2", "faster" is FasterPAM.

A call also reorders the dissimilarities and computes silhouettes, and its phases cannot be timed separately: its
times are totals. A call that makes no swaps is timed beside the others, so that the study of the swap phase can take
off what is not swaps.
"""

from dataclasses import replace

from kmedoids_bench.algorithms.references.reference import Offer, Reference, SystemR

SWAP = Offer(phase="total", local_optimum=True, makes_start=("build",))
AS_PAM = replace(SWAP, same_result_as="pam")
MATRIX = Reference(
    name="cluster",
    title="R cluster",
    language="C, called from R",
    licence="GPL (>= 2)",
    homepage="https://cran.r-project.org/package=cluster",
    runtime=SystemR("cluster"),
    orders=("dist",),
    dtypes=("float32", "float64", "int32"),  # R computes in float64
    largest_n=65_536,
    algorithms={
        # The call stops after BUILD; its preparation and its end are those of the other calls.
        "build": Offer(phase="start", takes_start=False, same_result_as="build"),
        "no_swap": Offer(title="pam without swaps", phase="total"),
        "pam": AS_PAM,
        "pam_o1": replace(AS_PAM, title="PAM (o_1)"),
        "reynolds": AS_PAM,
        "fastpam1": AS_PAM,
        "fastpam2_f4": replace(SWAP, title="FastPAM2 (f_4)"),
        "fastpam2": SWAP,
        "fasterpam": replace(SWAP, same_result_as="fasterpam"),
    },
)
CLARA = Offer(  # "random" is the choice of its samples
    phase="total", takes_start=False, makes_start=("random",), takes_seed=True, samples="samples"
)

REFERENCES = (
    MATRIX,
    replace(
        MATRIX,
        name="cluster_clara",
        title="R cluster (points)",
        orders=("points",),
        largest_n=None,
        algorithms={"clara": CLARA},
    ),
)
