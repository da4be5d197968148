"""Ablations: what each idea of the papers saves by itself, and what their settings are worth. Counters, no clock."""

from kmedoids_bench.experiments.studies.study import Study

# Swap eagerly or the best swap of a pass, each slot by itself or the sums shared by all slots: all four combinations.
FACTORS = ("pam", "eagerpam", "fastpam1", "fasterpam")
CLARA_SIZES = ("20+1k", "40+2k", "80+4k", "160+8k")
LAB_SIZES = ("5+1sqrt(n)", "10+1sqrt(n)", "20+2sqrt(n)", "40+4sqrt(n)")
RATES = ("1.25% of n-k", "2.5% of n-k", "5% of n-k", "10% of n-k")
# Algorithm -> its parameter, the values that are tried, and the one of the papers among them.
SETTINGS = {
    "clara": ("sample_size", CLARA_SIZES, "40+2k"),
    "fasterclara": ("sample_size", CLARA_SIZES, "80+4k"),
    "fastclarans": ("max_candidates", RATES, "2.5% of n-k"),
    "lab": ("sample_size", LAB_SIZES, "10+1sqrt(n)"),
}

STUDY = Study(
    __name__,
    algorithms=(*FACTORS, *SETTINGS),
    timed=False,
    variants={name: tuple({what: value} for value in values) for name, (what, values, _) in SETTINGS.items()},
)
