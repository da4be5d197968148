"""Run time of the swap phase over k, speed-up over PAM, and every library against this project."""

from kmedoids_bench.experiments.rows.keys import FIXED_WORK
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # Only R's cluster has two more variants, and the call whose time is taken off its other times. Where PAM takes
    # minutes one pass of it is timed, and the passes are counted.
    algorithms=(
        *("pam", "reynolds", "fastpam1a", "fastpam1", "fastpam2", "fasterpam", "pam_o1", "fastpam2_f4"),
        *(FIXED_WORK, "pam_pass"),
    ),
    timed=True,
    beyond={"pam": "resende_werneck"},
)
