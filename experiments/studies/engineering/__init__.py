"""Our tuned kernels beside the plain ones, every library at its best setting, and the machine's limit."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="engineering",
    title="Engineering: the tuned kernels",
    question=(
        "The plain kernels show the papers' steps; the tuned kernels (kmedoids_bench_tuned) compute the same results "
        "as fast as the machine allows. How much faster are they than the plain kernels and than the fastest library "
        "at its best setting? Do two threads pay? How close do they come to the rate at which the machine reads "
        "memory? And is PAM itself faster than a library's FasterPAM?"
    ),
    algorithms=("fastpam1", "fasterpam", "alternating", "build", "lab"),
    timed=True,
    threads=(1, 2),
    tuned=("pam", "fasterpam", "alternating", "build", "lab", "streaming"),
)
