"""Do two runs of a profile decide the claims alike? `python -m kmedoids_bench.experiments stability BEFORE AFTER`."""

from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.claims.verdicts import UNDECIDED, UNTESTABLE

VERDICTS = Path("tables") / "claims_verdicts.csv"


def changes(before: Path, after: Path) -> pd.DataFrame:
    """List the claims about which two runs differ; a folder of results without verdicts raises FileNotFoundError.

    The columns are ``claim``, ``code_base``, ``verdict_before``, ``values_only_before``, ``verdict_after``,
    ``values_only_after`` and ``decided``: whether the first run had decided the claim.
    """
    first, second = (pd.read_csv(folder / VERDICTS) for folder in (before, after))
    both = first.merge(second, on=["claim", "code_base"], suffixes=("_before", "_after"))
    changed = both[both["verdict_before"] != both["verdict_after"]]
    names = [f"{name}_{run}" for run in ("before", "after") for name in ("verdict", "values_only")]
    decided = ~changed["verdict_before"].isin((UNDECIDED, UNTESTABLE))
    return changed[["claim", "code_base", *names]].assign(decided=decided)


def report(changed: pd.DataFrame) -> str:
    """Write `changes` as sentences."""
    if changed.empty:
        return "Both runs decide every claim alike.\n"
    lines = []
    for claim in changed.to_dict("records"):
        verdicts = (f"{claim[f'verdict_{run}']} ({claim[f'values_only_{run}']})" for run in ("before", "after"))
        note = "" if claim["decided"] else "; the first run had not decided it"
        lines.append(f"claim {claim['claim']} in {claim['code_base']}: {', then '.join(verdicts)}{note}")
    count = int(changed["decided"].sum())
    return "\n".join([*lines, f"{count} decided {'verdict' if count == 1 else 'verdicts'} changed."]) + "\n"
