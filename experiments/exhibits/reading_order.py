"""The order and the names in which studies show their lines."""

import pandas as pd

from kmedoids_bench.experiments.exhibits.style import LOOKS, algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS

TITLES = {
    "algorithm": ("algorithm_title", algorithm_title),
    "result": ("result_title", algorithm_title),
    "start": ("start_title", start_title),
}


def with_titles(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the names as the papers spell them.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    DataFrame
        With ``algorithm_title``, ``result_title`` and ``start_title`` for those of ``algorithm``, ``result``
        and ``start`` it has.
    """
    titles = {new: frame[old].map(spell) for old, (new, spell) in TITLES.items() if old in frame}
    return frame.assign(**titles).reset_index(drop=True)


def in_reading_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort problems by size of k, PAM before FastPAM1 before FasterPAM, this project before libraries.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    DataFrame
        With titles.
    """
    places = {name: place for place, name in enumerate(LOOKS)}
    ranks = {"implementation": lambda name: int(name != OURS), "algorithm": lambda name: places.get(name, len(LOOKS))}
    ranked = frame.assign(**{f"{name}_rank": frame[name].map(rank) for name, rank in ranks.items() if name in frame})
    who = ("implementation_rank", "implementation", "algorithm_rank", "algorithm", "order")
    columns = (*FACET, "start", "k", *who)
    ordered = ranked.sort_values([name for name in columns if name in ranked], kind="stable")
    return with_titles(ordered[list(frame.columns)])
