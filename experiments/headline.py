"""The README's tables of results, made from a published run: `python -m kmedoids_bench.experiments headline`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import OURS
from kmedoids_bench.experiments.analysis.verdicts import VERDICTS
from kmedoids_bench.experiments.published import RUN
from kmedoids_bench.experiments.report.tables import significant

PROFILE = "paper"  # whose published run the README shows
PRINTED_ON = {
    "dataset": "plants_texture",
    "n": 1599,
    "implementation": OURS,
}  # where the papers print numbers
FOLDER = Path(__file__).resolve().parents[1] / "results" / "published"


def headline(run: Path) -> str:
    """Return what the README says of a published run, in Markdown.

    Parameters
    ----------
    run : Path
        A folder of results/published.
    """
    context = json.loads((run / RUN).read_text(encoding="utf-8"))["context"]
    verdicts, overview, libraries = (
        pd.read_csv(run / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])
        for name in ("claims_verdicts", "swap_time_overview", "swap_time_versus_overall")
    )
    ours = verdicts[verdicts["code_base"] == OURS]
    parts = [
        f"From `results/published/{run.name}` (commit `{context['commit'][:12]}`; `report.html` there has "
        "the intervals and the rows behind every number):",
        *_table(("verdict", "claims", "which"), _counts(ours)),
        "What the papers print, and what this run measured:",
        *_table(("claim", "printed", "measured", "verdict"), _printed(ours)),
        "Time of PAM's swap phase over that of the others, plants texture (n = 1599), our plain kernels, with the "
        "95 % interval:",
        *_table(("start", "k", "FastPAM1", "FasterPAM"), _gains(overview)),
        "Time of each library over that of our plain kernel for the same algorithm, geometric mean of all cells, each "
        "library at its faster memory order (above 1 ours is faster):",
        *_table(("library", "algorithm", "cells", "library / ours"), _versus(libraries)),
    ]
    return "\n".join(parts) + "\n"


def _counts(ours: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for verdict in VERDICTS:
        which = ours.loc[ours["verdict"] == verdict, "claim"]
        yield verdict, str(len(which)), ", ".join(map(str, which)) or "—"


def _printed(ours: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for one in ours[ours["printed"].notna()].itertuples():
        values = one.values_only if isinstance(one.values_only, str) else one.explanation
        yield f"{one.claim}. {one.statement}", str(one.printed), str(values), str(one.verdict)


def _gains(overview: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for name, value in PRINTED_ON.items():
        overview = overview[overview[name] == value]
    for one in overview.sort_values(["start", "k"]).to_dict("records"):
        yield (
            str(one["start_title"]),
            str(one["k"]),
            *(_gain(one, algorithm) for algorithm in ("fastpam1", "fasterpam")),
        )


def _gain(line: dict, algorithm: str) -> str:
    value, note = line[f"{algorithm}_estimate"], line[f"{algorithm}_gain_note"]
    if pd.isna(value):
        return "—" if pd.isna(note) else str(note)
    return _with_interval(value, line[f"{algorithm}_low"], line[f"{algorithm}_high"])


def _versus(libraries: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for one in libraries.to_dict("records"):
        yield (
            str(one["implementation"]),
            str(one["algorithm_title"]),
            str(one["cells"]),
            _with_interval(one["estimate"], one["low"], one["high"]),
        )


def _with_interval(value: float, low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return significant(value, value)
    return f"{significant(value, value)} [{significant(low, value)}, {significant(high, value)}]"


def _table(headings: Sequence[str], lines: Iterator[tuple[str, ...]]) -> list[str]:
    rows = [tuple(headings), ("---",) * len(headings), *lines]
    return ["", *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows), ""]
