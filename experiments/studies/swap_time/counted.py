"""Times of PAM where it would take minutes: the time of one pass times the passes that were counted.

A pass of PAM evaluates all k(n - k) swaps, whatever it finds, so all passes of a call cost the same. FastPAM1 makes
PAM's swaps and so counts its passes; it takes part in the same blocks.
"""

import pandas as pd

from kmedoids_bench.experiments.analysis.ratios import RATIO, pair_up, wide_seconds
from kmedoids_bench.experiments.rows.keys import COUNTERS, ONE_PASS_SETTING, OURS, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

PAM, TWIN = "pam", "fastpam1"
SETTING = ", ".join(f"{name}={value}" for name, value in ONE_PASS_SETTING.items())
RESULT = [*COUNTERS, "loss", "local_optimum", "medoids"]
NOTE = "one pass, times the passes"


def with_counted(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put counted times in the place of single passes, and check them where whole calls were timed, too.

    Returns the rows, with a column ``counted`` (bool) and without single passes, and a frame with a line for each
    problem that has both: `PROBLEM`, ``seconds`` and ``counted_seconds`` (medians), and `RATIO` of counted over timed.
    """
    ours = (rows["implementation"] == OURS) & from_given_medoids(rows) & (rows["phase"] == "swap")
    single = rows[ours & (rows["algorithm"] == PAM) & (rows["setting"] == SETTING)]
    twin = rows[ours & (rows["algorithm"] == TWIN) & at_defaults(rows) & (rows["status"] == "ok")]
    whole = rows[ours & (rows["algorithm"] == PAM) & at_defaults(rows)]
    others = rows[~rows.index.isin(single.index)].assign(counted=False)
    counts = twin.drop_duplicates("block").set_index("block")[RESULT]
    single = single[(single["status"] == "ok") & single["seconds"].notna() & single["block"].isin(counts.index)]
    passes = single["block"].map(counts["n_passes"]).astype("float64")
    known = counts.reindex(single["block"]).set_axis(single.index)
    name = f"{OURS}/{PAM}/C"
    counted = single.assign(
        setting="",
        contender=name,
        counted=True,
        seconds=single["seconds"] * passes,
        processor_seconds=single["processor_seconds"] * passes,
        **{column: known[column] for column in RESULT},
    )
    checked = _checked(counted, whole[whole["status"] == "ok"])
    return pd.concat([others, counted[~counted["block"].isin(whole["block"])]], ignore_index=True), checked


def _checked(counted: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([counted.assign(contender=NOTE), whole[whole["block"].isin(counted["block"])]])
    lines = []
    for key, group in both.groupby(PROBLEM):
        seconds = wide_seconds(group)
        names = [str(name) for name in seconds.columns if name != NOTE]
        pairs = pair_up(seconds, names[0], NOTE) if names else None
        if pairs:
            medians = {"seconds": seconds[names[0]].median(), "counted_seconds": seconds[NOTE].median()}
            lines.append(dict(zip(PROBLEM, key, strict=True)) | medians | pairs.ratio.columns())
    return pd.DataFrame(lines, columns=[*PROBLEM, "seconds", "counted_seconds", *RATIO])
