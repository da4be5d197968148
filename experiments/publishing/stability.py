"""Do two runs of a profile decide the claims alike, and do their numbers agree? `kmedoids-bench stability A B`."""

from pathlib import Path

import numpy as np
import pandas as pd

from kmedoids_bench.datasets.trouble import reading
from kmedoids_bench.experiments.claims.verdicts import UNDECIDED, UNTESTABLE, VERDICTS
from kmedoids_bench.experiments.exhibits.numbers import counted, significant, with_interval
from kmedoids_bench.experiments.report.claims_section import read_verdicts
from kmedoids_bench.experiments.report.outputs import TEMPLATES

RATIO = ("estimate", "low", "high")
IDENTITY = [
    "dataset",
    "n",
    "metric",
    "dtype",
    "start",
    "k",
    "implementation",
    "algorithm",
    "order",
    "own_start",
    "setting",
]
ABSENT = {"verdict": UNTESTABLE, "values": "not measured"}
# Tables of a report whose numbers are compared: what they are, the number with its interval, what tells lines apart.
TABLES = {
    "swap_time_speedup_all": ("Speed-ups over PAM", RATIO, IDENTITY),
    "swap_time_versus_all": ("Times of libraries over ours", RATIO, IDENTITY),
    "claims_measures": ("Measures of claims", ("value", "low", "high"), ["code_base", "quantity", "where"]),
}


def changes(before: Path, after: Path) -> pd.DataFrame:
    """List the claims about which two runs differ; a folder of results without verdicts raises FileNotFoundError.

    The columns are ``claim``, ``code_base``, ``verdict_before``, ``values_before``, ``verdict_after``,
    ``values_after``, ``decided``: whether the first run had decided the claim, and ``contradicted``: whether the second
    run decides it as well, but otherwise.
    """
    both = _verdicts(before, after)
    changed = both[both["verdict_before"] != both["verdict_after"]]
    names = [f"{name}_{run}" for run in ("before", "after") for name in ("verdict", "values")]
    decided, again = (~changed[f"verdict_{run}"].isin((UNDECIDED, UNTESTABLE)) for run in ("before", "after"))
    return changed[["claim", "code_base", *names]].assign(decided=decided, contradicted=decided & again)


def numbers(before: Path, after: Path) -> pd.DataFrame:
    """List the numbers that both runs have with an interval.

    The columns are ``what``, ``where``, value, ``low`` and ``high`` of each run with ``_before`` and ``_after``;
    ``within``, whether the second value lies in the first interval, and ``apart``, whether the intervals are disjoint.
    """
    found = []
    for name, (what, ratio, identity) in TABLES.items():
        paths = [folder / "tables" / f"{name}.csv" for folder in (before, after)]
        if all(path.exists() for path in paths):
            found.append(_joined(paths, ratio, identity).assign(what=what))
    ends = [f"{name}_{run}" for run in ("before", "after") for name in ("value", "low", "high")]
    lines = pd.concat(found) if found else pd.DataFrame(columns=["what", "where", *ends], dtype=object)
    lines = lines.dropna(subset=ends)[["what", "where", *ends]].reset_index(drop=True)
    return lines.assign(
        within=lines["value_after"].between(lines["low_before"], lines["high_before"]),
        apart=(lines["low_after"] > lines["high_before"]) | (lines["high_after"] < lines["low_before"]),
    )


def report(changed: pd.DataFrame, compared: pd.DataFrame) -> str:
    """Write `changes` and `numbers` as sentences."""
    lines = []
    for claim in changed.to_dict("records"):
        verdicts = (f"{claim[f'verdict_{run}']} ({claim[f'values_{run}']})" for run in ("before", "after"))
        note = "" if claim["decided"] else "; the first run had not decided it"
        lines.append(f"claim {claim['claim']} in {claim['code_base']}: {', then '.join(verdicts)}{note}")
    return "\n".join([*lines, *summary(changed, compared)]) + "\n"


def summary(changed: pd.DataFrame, compared: pd.DataFrame) -> list[str]:
    """Say how many verdicts changed, and how many numbers of the second run lie in the intervals of the first."""
    otherwise = int(changed["contradicted"].sum())
    lost = int((changed["decided"] & ~changed["contradicted"]).sum())
    verdicts = (
        f"Verdicts that the first run decided: {otherwise} decided otherwise by the second, {lost} not decided by it."
    )
    return [verdicts if len(changed) else "Both runs decide every claim alike."] + [
        f"{what}: {counted(len(lines), 'number')}. Of the second run's, "
        f"{significant(100 * lines['within'].mean())} % lie in the interval of the first; "
        f"{significant(100 * lines['apart'].mean())} % of the intervals are disjoint."
        for what, lines in compared.groupby("what", sort=False)
    ]


def page(before: Path, after: Path) -> str:
    """Write a page that sets two runs side by side."""
    compared = numbers(before, after)
    farthest = compared.assign(far=np.abs(np.log(compared["value_after"] / compared["value_before"])))
    order = ["apart", "within", "far"]
    farthest = farthest.sort_values(order, ascending=[False, True, False], kind="stable")
    both = _verdicts(before, after)
    return TEMPLATES.get_template("stability.html.j2").render(
        before=before,
        after=after,
        counts=[
            (verdict, *(int((both[f"verdict_{run}"] == verdict).sum()) for run in ("before", "after")))
            for verdict in VERDICTS
        ],
        summary=summary(changes(before, after), compared),
        verdicts=both.to_dict("records"),
        numbers=[
            (
                line["what"],
                line["where"],
                *(_written(line, run) for run in ("before", "after")),
                line["within"],
                line["apart"],
            )
            for line in farthest.to_dict("records")
        ],
    )


def _verdicts(before: Path, after: Path) -> pd.DataFrame:
    """Join the verdicts; what only one run speaks of is not testable in the other."""
    both = read_verdicts(before).merge(
        read_verdicts(after), on=["claim", "code_base"], suffixes=("_before", "_after"), how="outer"
    )
    both["statement_before"] = both["statement_before"].fillna(both["statement_after"])
    return both.fillna({f"{name}_{run}": value for run in ("before", "after") for name, value in ABSENT.items()})


def _joined(paths: list[Path], ratio: tuple[str, ...], identity: list[str]) -> pd.DataFrame:
    """Join the lines of a table in two runs; ``where`` says in words what tells them apart."""
    frames = []
    for path in paths:
        with reading(path, "a table of this version", "make the report again"):
            frame = pd.read_csv(path, keep_default_na=False, na_values={name: [""] for name in ratio})
            keys = [name for name in identity if name in frame]
            frame["where"] = [", ".join(str(part) for part in line if part != "") for line in frame[keys].to_numpy()]
            frames.append(frame.rename(columns=dict(zip(ratio, ("value", "low", "high"), strict=True))))
    names = ["where", "value", "low", "high"]
    first, second = (frame[names].drop_duplicates("where") for frame in frames)
    return first.merge(second, on="where", suffixes=("_before", "_after"))


def _written(line: dict, run: str) -> str:
    return with_interval(*(line[f"{name}_{run}"] for name in ("value", "low", "high")))
