"""All algorithms side by side on the same data: what each costs and how good its result is."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="every_algorithm",
    title="Every algorithm side by side",
    question=(
        "The papers describe a family: starts, swap algorithms that differ in how much they evaluate before "
        "they swap, and sampling algorithms that never see the whole matrix. What does each cost on the same "
        "problem, in time and in numbers that do not depend on the machine, and how good is its result?"
    ),
    algorithms=(
        "alternate_refinement",
        "alternating",
        "build",
        "build_gains",
        "clara",
        "clarans",
        "eagerpam",
        "fastclara",
        "fastclarans",
        "fasterclara",
        "fasterclarans",
        "fasterpam",
        "fastpam1",
        "fastpam1a",
        "fastpam2",
        "greedy_g",
        "kmeanspp",
        "lab",
        "pam",
        "park_jun",
        "random",
        "resende_werneck",
        "reynolds",
    ),
    timed=True,
)
