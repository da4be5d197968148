"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

SAMPLE_SIZES = ({"sample_size": "40+2k"}, {"sample_size": "80+4k"})

STUDY = Study(
    __name__,
    algorithms=("fasterpam", *names("sampling")),
    timed=True,
    whole_calls=True,
    own_starts=True,
    variants=dict.fromkeys(("clara", "fastclara", "fastclara2", "fasterclara"), SAMPLE_SIZES),
)
