"""Self-check: every contender is measured twice, under two names, each in a process of its own."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(__name__, algorithms=("pam", "fastpam1", "fasterpam"), timed=True, twice=True)
