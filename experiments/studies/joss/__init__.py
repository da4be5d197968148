"""The companion paper's table, measured again: MNIST 10 000, k = 10, all implementations that take part."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=("pam", "alternating", "fasterpam", "kmedoids_pyclustering"),
    timed=True,
    whole_calls=True,
    beyond={"pam": "resende_werneck"},
)
