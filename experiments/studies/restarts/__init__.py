"""What a practitioner acts on: the loss that a time buys, by BUILD and PAM or by FasterPAM from several random starts."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="restarts",
    title="Time to quality: one good start or many random ones?",
    question=(
        "BUILD and PAM give one result. FasterPAM from random medoids gives one in a fraction of that time, so it can be "
        "started several times, and the best result kept. Which loss does each reach in the time that BUILD and PAM "
        "together need?"
    ),
    # FastPAM1 makes PAM's swaps, in a fraction of PAM's time.
    algorithms=("build", "random", "fastpam1", "fasterpam"),
    timed=True,
)
