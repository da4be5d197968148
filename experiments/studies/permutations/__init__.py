"""How much FasterPAM's result depends on the order of the data."""

from kmedoids_bench.experiments.studies.study import Study

# The order of the data, and random ones. FastPAM1 makes PAM's swaps, which do not depend on it but for ties.
ORDERS = ({}, *({"order": seed} for seed in range(24)))

STUDY = Study(__name__, algorithms=("fastpam1", "fasterpam"), variants={"fasterpam": ORDERS}, timed=False)
