"""The field: every implementation of every algorithm on common ground, with what each could not do."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="field",
    title="The field: every implementation on common ground",
    question=(
        "The same matrices, the same start medoids, one thread: how do all implementations compare in time, "
        "in the loss they reach and in memory, is the result the one they promise, and what could they not "
        "do? Times are compared between calls that do the same: a swap phase with a swap phase, a whole call "
        "with a whole call."
    ),
    algorithms=(
        "alternating",
        "build",
        "clara",
        "clarans",
        "eagerpam",
        "fastclara",
        "fastclarans",
        "fasterclara",
        "fasterclarans",
        "fasterpam",
        "fastpam1",
        "fastpam2",
        "pam",
        "reynolds",
        "banditpam",
        "banditpam_orig",
        "fastpam2_f4",
        "kmedoids_pyclustering",
        "onebatchpam",
        "pam_o1",
    ),
    timed=True,
    whole_calls=True,
)
