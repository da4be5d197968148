"""Times of the swaps alone for a library whose calls do more: its whole calls less a call that makes no swaps."""

import pandas as pd

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import FIXED_WORK

# Of these implementations a time of the swap phase is such a difference.
CORRECTED = {name for name, library in references().items() if FIXED_WORK in library.algorithms}
SERIES = ["block", "run", "series", "implementation", "order"]  # shared by the calls that are compared
TIMES = ["seconds", "processor_seconds"]


def swaps_alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Take the median call without swaps of the same block and series off every whole call from given medoids.

    What remains is a time of the phase "swap". A contender has no times in a series in which one of its calls was not
    longer than all those without swaps: it cannot be told from their noise. Rows of a series without such a call stay
    as they are; the calls without swaps are left out.
    """
    fixed = rows[(rows["algorithm"] == FIXED_WORK) & rows["seconds"].notna()]
    rows = rows[rows["algorithm"] != FIXED_WORK]
    if fixed.empty:
        return rows
    whole = (rows["phase"] == "total") & (rows["own_start"] == "")
    here = pd.MultiIndex.from_frame(rows[SERIES])
    by_series = fixed.groupby(SERIES)[TIMES]
    median, longest = (
        each.reindex(here).set_axis(rows.index).where(whole) for each in (by_series.median(), by_series.max())
    )
    corrected = median["seconds"].notna()
    short = corrected & (rows["seconds"] <= longest["seconds"])
    lost = short.groupby([rows[name] for name in [*SERIES, "contender"]]).transform("any")
    rows = rows.assign(phase=rows["phase"].mask(corrected, "swap"))
    rows.loc[corrected, TIMES] = (rows[TIMES] - median).mask(lost)[corrected]
    return rows
