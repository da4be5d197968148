"""Do two runs of a profile decide the claims alike? `python -m kmedoids_bench.experiments stability BEFORE AFTER`."""

from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.claims.verdicts import UNDECIDED, UNTESTABLE
from kmedoids_bench.experiments.report.claims_section import read_verdicts


def changes(before: Path, after: Path) -> pd.DataFrame:
    """List the claims about which two runs differ; a folder of results without verdicts raises FileNotFoundError.

    The columns are ``claim``, ``code_base``, ``verdict_before``, ``values_before``, ``verdict_after``,
    ``values_after`` and ``decided``: whether the first run had decided the claim.
    """
    both = read_verdicts(before).merge(read_verdicts(after), on=["claim", "code_base"], suffixes=("_before", "_after"))
    changed = both[both["verdict_before"] != both["verdict_after"]]
    names = [f"{name}_{run}" for run in ("before", "after") for name in ("verdict", "values")]
    decided = ~changed["verdict_before"].isin((UNDECIDED, UNTESTABLE))
    return changed[["claim", "code_base", *names]].assign(decided=decided)


def report(changed: pd.DataFrame) -> str:
    """Write `changes` as sentences."""
    if changed.empty:
        return "Both runs decide every claim alike.\n"
    lines = []
    for claim in changed.to_dict("records"):
        verdicts = (f"{claim[f'verdict_{run}']} ({claim[f'values_{run}']})" for run in ("before", "after"))
        note = "" if claim["decided"] else "; the first run had not decided it"
        lines.append(f"claim {claim['claim']} in {claim['code_base']}: {', then '.join(verdicts)}{note}")
    count = int(changed["decided"].sum())
    return "\n".join([*lines, f"{count} decided {'verdict' if count == 1 else 'verdicts'} changed."]) + "\n"
