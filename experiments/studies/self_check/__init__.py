"""The instrument measured with itself: equal contenders under two names, each in a process of its own."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="self_check",
    title="Self-check: what the instrument sees where there is nothing to see",
    question=(
        "Each contender is measured twice, under two names and in processes of its own. Both do the same, so the true "
        "ratio of their times is 1. How often does an interval of this run exclude 1, and how small a difference could "
        "the run have seen?"
    ),
    algorithms=("pam", "fastpam1", "fasterpam"),
    timed=True,
    twice=True,
)
