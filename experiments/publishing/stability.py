"""Do two runs of a profile decide the claims alike? `python -m kmedoids_bench.experiments stability ONE OTHER`."""

from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.claims.verdicts import UNDECIDED, UNTESTABLE

VERDICTS = Path("tables") / "claims_verdicts.csv"
OPEN = (UNDECIDED, UNTESTABLE)


def changes(one: Path, other: Path) -> pd.DataFrame:
    """List the claims about which two runs differ.

    Parameters
    ----------
    one, other : Path
        Folders of results, each with ``tables/claims_verdicts.csv``.

    Returns
    -------
    DataFrame
        ``claim``, ``code_base``, ``verdict`` and ``values_only`` of either run (with ``_one`` and ``_other``),
        ``decided`` (whether the first run had decided it: the change then is of a decided verdict).

    Raises
    ------
    FileNotFoundError
        If a folder has no verdicts.
    """
    first, second = (pd.read_csv(folder / VERDICTS) for folder in (one, other))
    both = first.merge(second, on=["claim", "code_base"], suffixes=("_one", "_other"))
    differ = both[both["verdict_one"] != both["verdict_other"]]
    names = [f"{name}_{which}" for which in ("one", "other") for name in ("verdict", "values_only")]
    return differ[["claim", "code_base", *names]].assign(decided=~differ["verdict_one"].isin(OPEN))


def report(found: pd.DataFrame) -> str:
    """Say in words what `changes` found."""
    if found.empty:
        return "Both runs decide every claim alike.\n"
    lines = []
    for one in found.to_dict("records"):
        before, after = (f"{one[f'verdict_{which}']} ({one[f'values_only_{which}']})" for which in ("one", "other"))
        open_before = "" if one["decided"] else "; the first had not decided it"
        lines.append(f"claim {one['claim']} in {one['code_base']}: {before}, then {after}{open_before}")
    broken = int(found["decided"].sum())
    last = f"{broken} decided {'verdict' if broken == 1 else 'verdicts'} changed."
    return "\n".join([*lines, last]) + "\n"
