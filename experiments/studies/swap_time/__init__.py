"""Run time of the swap phase over k, speed-up over PAM, and every library against this project."""

from kmedoids_bench.experiments.rows.keys import FIXED_WORK, ONE_PASS
from kmedoids_bench.experiments.studies.study import Study, quantities

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
    # Only R's cluster has two more variants, and the call whose time is taken off its other times. Where PAM takes
    # minutes one pass of it is timed, and the passes are counted.
    algorithms=(
        *("pam", "reynolds", "fastpam1a", "fastpam1", "fastpam2", "fasterpam", "pam_o1", "fastpam2_f4"),
        *(FIXED_WORK, ONE_PASS),
    ),
    timed=True,
    beyond={"pam": "resende_werneck"},
    quantities=(
        *quantities("slope", fastpam1_slope="Time of PAM over that of FastPAM1 grows with this power of k, k >= 10"),
        *quantities(
            "ratio",
            fastpam1_at_2="Time of PAM over the time of FastPAM1 at k = 2",
            fastpam1_smallest_step=(
                "Speed-up of FastPAM1 over PAM at one k over that at the next smaller k, where it grows least"
            ),
            fastpam2_at_100="Time of PAM over the time of FastPAM2 on plants texture, k = 100",
            fasterpam_at_100="Time of PAM over the time of FasterPAM on plants texture, k = 100",
            fasterpam_at_200="Time of PAM over the time of FasterPAM on plants texture, k = 200",
            fasterpam_growth_100_200="Speed-up of FasterPAM over PAM on plants texture at k = 200 over that at k = 100",
            fastpam1_over_k="Time of PAM over the time of FastPAM1, over k, for each k >= 10",
            cheaper_candidates_over_k="Time per candidate of PAM over that of FasterPAM, over k, for each k >= 10",
            fewer_candidates="Candidates that PAM evaluates over those of FasterPAM, smallest value over k >= 10",
            fasterpam_candidate_growth="Time per candidate of FasterPAM at k = 200 over that at k = 10",
        ),
        *quantities(
            "slope",
            pam_iteration_slope="Time of an iteration of PAM grows with this power of k, k >= 10",
            fastpam1_iteration_slope="Time of an iteration of FastPAM1 grows with this power of k, k >= 10",
            reynolds_slope="Time of PAM over that of Reynolds' variant grows with this power of k, k >= 10",
        ),
        *quantities("ratio", reynolds_gain="Time of PAM over that of Reynolds' variant, geometric mean over k >= 10"),
        *quantities("ratio", form_a_over_b="Time of FastPAM1 in form A over its time in form B, geometric mean over k"),
    ),
)
