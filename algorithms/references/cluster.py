"""cluster: R's package, with the original pam and clara; pam's variants 3 to 6 are by an author of the papers.

The records only; the functions are in R (`cluster.R`). The help page of pam says which variant is what: "o_1" and
"o_2" the short cuts of Reynolds et al., "f_3" FastPAM1, "f_4" several swaps a pass (FastPAM2), "f_5" the same with
the short cuts of "o_2", "faster" FasterPAM.

A call cannot be told apart into its phases, and it does more than to cluster: it reorders the dissimilarities, and
computes silhouettes. So its times are totals.
"""

SWAP = {"phase": "total", "local_optimum": True, "makes_start": ("build",)}

COMMON = {
    "language": "C, called from R",
    "licence": "GPL (>= 2)",
    "homepage": "https://cran.r-project.org/package=cluster",
    "runtime": "R",
    "adapter": "cluster.R",
    "dtypes": ("float32", "float64", "int32"),  # R computes in float64
}

REFERENCE = (
    {
        **COMMON,
        "name": "cluster",
        "title": "R cluster",
        "orders": ("dist",),
        "largest_n": 65_536,
        "algorithms": {
            # The call stops after BUILD, but sets out and ends like any other.
            "build": {"phase": "start", "takes_start": False, "same_result_as": "build"},
            "pam": {**SWAP, "same_result_as": "pam"},
            "pam_o1": {**SWAP, "same_result_as": "pam", "title": "PAM (o_1)"},
            "reynolds": {**SWAP, "same_result_as": "pam"},
            "fastpam1": {**SWAP, "same_result_as": "pam"},
            "fastpam2_f4": {**SWAP, "title": "FastPAM2 (f_4)"},
            "fastpam2": SWAP,
            "fasterpam": {**SWAP, "same_result_as": "fasterpam"},
        },
    },
    {
        **COMMON,
        "name": "cluster_clara",
        "title": "R cluster (points)",
        "orders": ("points",),
        "algorithms": {
            "clara": {
                "phase": "total",
                "takes_start": False,
                "makes_start": ("random",),  # random is the choice of its samples
                "takes_seed": True,
                "samples": "samples",
            }
        },
    },
)
