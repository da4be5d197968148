"""Run time of the swap phase over k, speed-up over PAM, and every library against this project."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="swap_time",
    title="Run time of the swap phase over k",
    question=(
        "PAM evaluates each of its k(n - k) possible swaps on its own, in O(n). FastPAM1 finds the same best "
        "swap for all k medoids at once, which should make each iteration about k times cheaper; FasterPAM "
        "also takes every improving swap at once. How much faster is the swap phase, from the same start and "
        "on the same matrix, within one implementation, and how do the libraries' implementations compare "
        "with this project's?"
    ),
    algorithms=("pam", "reynolds", "fastpam1a", "fastpam1", "fastpam2", "fasterpam", "pam_o1", "fastpam2_f4"),
    timed=True,
    beyond={"pam": "resende_werneck"},
    quantities=(
        Quantity("fastpam1_slope", "", "slope of log(time of PAM / time of FastPAM1) over log(k), k >= 10, same start"),
        Quantity("fastpam1_at_2", "", "time of PAM / time of FastPAM1 at k = 2"),
        Quantity("fastpam2_at_100", "", "time of PAM / time of FastPAM2 at k = 100, plants texture"),
        Quantity(
            "fasterpam_at_100",
            "",
            "time of PAM / time of FasterPAM on plants texture at k = 100 and k = 200, and how much it grows between",
        ),
        Quantity(
            "fasterpam_at_200",
            "",
            "time of PAM / time of FasterPAM on plants texture at k = 100 and k = 200, and how much it grows between",
        ),
        Quantity(
            "fasterpam_growth_100_200",
            "",
            "time of PAM / time of FasterPAM on plants texture at k = 100 and k = 200, and how much it grows between",
        ),
        Quantity(
            "cheaper_candidates",
            "",
            "time of PAM / time of FasterPAM as (time per candidate) x (candidates evaluated), both factors, k >= 10",
        ),
        Quantity(
            "fewer_candidates",
            "",
            "time of PAM / time of FasterPAM as (time per candidate) x (candidates evaluated), both factors, k >= 10",
        ),
        Quantity(
            "fastpam1_smallest_step",
            "",
            "smallest ratio of the speed-ups of FastPAM1 over PAM at successive k; 10 % are allowed for noise",
        ),
        Quantity(
            "fasterpam_candidate_growth", "", "time per evaluated candidate of FasterPAM at k = 200 over that at k = 10"
        ),
        Quantity("pam_iteration_slope", "", "slopes over log(k) of log(time per iteration), k >= 10"),
        Quantity("fastpam1_iteration_slope", "", "slopes over log(k) of log(time per iteration), k >= 10"),
        Quantity("reynolds_slope", "", "slope of log(time of PAM / time of Reynolds' variant) over log(k), k >= 10"),
        Quantity("form_a_over_b", "", "time of form A / time of form B"),
    ),
)
