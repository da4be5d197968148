"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

from kmedoids_bench.experiments.studies.study import Study

CLARA, CLARANS = ("clara", "fastclara", "fastclara2", "fasterclara"), ("clarans", "fastclarans", "fasterclarans")
SAMPLE_SIZES = ({"sample_size": "40+2k"}, {"sample_size": "80+4k"})

STUDY = Study(
    __name__,
    algorithms=("fasterpam", *CLARA, *CLARANS),
    timed=True,
    whole_calls=True,
    own_starts=True,
    variants=dict.fromkeys(CLARA, SAMPLE_SIZES),
)
