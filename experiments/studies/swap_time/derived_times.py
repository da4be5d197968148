"""Times that no single call has: of a library's swaps alone, and of PAM where it would take minutes.

The time of a library's swaps is that of its whole calls less a call that makes no swaps.

The time of PAM is that of its first pass times the passes that were counted. Every pass evaluates all k(n - k) swaps,
but from random medoids the first one takes longer than later ones, probably because its branches are harder to
predict. So a derived time can be too long; problems in which whole calls were timed, too, show by how much. FastPAM1
makes PAM's swaps and so counts its passes; it takes part in the same blocks. So it is with PAMMEDSIL and FastMSC.
"""

import pandas as pd

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.frames import groups
from kmedoids_bench.experiments.analysis.ratios import RATIO, pair_up, wide_seconds
from kmedoids_bench.experiments.rows.keys import COUNTERS, FIXED_WORK, ONE_PASS_SETTING, OURS, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

# Of these implementations a time of the swap phase is the difference of two calls.
CORRECTED = {name for name, library in references().items() if FIXED_WORK in library.algorithms}
SERIES = ["block", "run", "series", "implementation", "order"]  # shared by the calls that are compared
TIMES = ["seconds", "processor_seconds"]
# The clock of R counts milliseconds: a difference is a time from ten of them on, and from this many times the range of
# the calls without swaps on.
LEAST_SECONDS, LEAST_RANGES = 0.010, 3
PAM, TWIN = "pam", "fastpam1"
SETTING = ", ".join(f"{name}={value}" for name, value in ONE_PASS_SETTING.items())
RESULT = [*COUNTERS, "loss", "local_optimum", "medoid_silhouette", "medoids"]
NOTE = "one pass, times the passes"


def swaps_alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Take the median call without swaps of the same block and series off every whole call from given medoids.

    What remains is a time of the phase "swap". A contender has no times in a problem if in one of its series the median
    of what remains is below `LEAST_SECONDS`, or below `LEAST_RANGES` times the range of the calls without swaps: then
    it is noise, and the series in which it happens to be longer must not stand for all. Rows of a series without such
    a call stay as they are; the calls without swaps are left out.
    """
    fixed = rows[(rows["algorithm"] == FIXED_WORK) & rows["seconds"].notna()]
    rows = rows[rows["algorithm"] != FIXED_WORK]
    if fixed.empty:
        return rows
    whole = (rows["phase"] == "total") & (rows["own_start"] == "")
    here = pd.MultiIndex.from_frame(rows[SERIES])
    of_series = fixed.groupby(SERIES)[TIMES].agg
    median, longest, shortest = (
        of_series(how).reindex(here).set_axis(rows.index).where(whole) for how in ("median", "max", "min")
    )
    corrected = median["seconds"].notna()
    swaps = rows[TIMES] - median
    least = (LEAST_RANGES * (longest - shortest)["seconds"]).clip(lower=LEAST_SECONDS)
    typical = swaps["seconds"].groupby([rows[name] for name in [*SERIES, "contender"]]).transform("median")
    short = corrected & (typical < least)
    lost = short.groupby([rows[name] for name in [*PROBLEM, "contender"]]).transform("any")
    rows = rows.assign(phase=rows["phase"].mask(corrected, "swap"))
    rows.loc[corrected, TIMES] = swaps.mask(lost)[corrected]
    return rows


def with_counted(rows: pd.DataFrame, slow: str = PAM, twin: str = TWIN) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put counted times in the place of single passes, and check them where whole calls were timed, too.

    `slow` is the algorithm whose passes were timed, `twin` the one that makes the same swaps and counts the passes.
    Returns the rows, with a column ``counted`` (bool) and without single passes, and a frame with a line for each
    problem that has both: `PROBLEM`, ``seconds`` and ``counted_seconds`` (medians), and `RATIO` of counted over timed.
    """
    ours = (rows["implementation"] == OURS) & from_given_medoids(rows) & (rows["phase"] == "swap")
    single = rows[ours & (rows["algorithm"] == slow) & (rows["setting"] == SETTING)]
    fast = rows[ours & (rows["algorithm"] == twin) & at_defaults(rows) & (rows["status"] == "ok")]
    whole = rows[ours & (rows["algorithm"] == slow) & at_defaults(rows)]
    others = rows[~rows.index.isin(single.index)].assign(counted=False)
    counts = fast.drop_duplicates("block").set_index("block")[RESULT]
    single = single[(single["status"] == "ok") & single["seconds"].notna() & single["block"].isin(counts.index)]
    passes = single["block"].map(counts["n_passes"]).astype("float64")
    known = counts.reindex(single["block"]).set_axis(single.index)
    counted = single.assign(setting="", contender=f"{OURS}/{slow}/C", counted=True)
    counted[TIMES] = single[TIMES].mul(passes, axis=0)
    counted[RESULT] = known
    checked = _checked(counted, whole[whole["status"] == "ok"])
    return pd.concat([others, counted[~counted["block"].isin(whole["block"])]], ignore_index=True), checked


def _checked(counted: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([counted.assign(contender=NOTE), whole[whole["block"].isin(counted["block"])]])
    lines = []
    for here, group in groups(both, PROBLEM):
        seconds = wide_seconds(group)
        names = [str(name) for name in seconds.columns if name != NOTE]
        if names and (pairs := pair_up(seconds, names[0], NOTE)):
            medians = {"seconds": seconds[names[0]].median(), "counted_seconds": seconds[NOTE].median()}
            lines.append(here | medians | pairs.ratio.columns())
    return pd.DataFrame(lines, columns=[*PROBLEM, "seconds", "counted_seconds", *RATIO])
