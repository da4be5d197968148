"""The page that leads to all published runs: what each one is, its verdicts, and its most important numbers."""

from pathlib import Path
from typing import Any

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble, reading
from kmedoids_bench.experiments.claims.verdicts import VERDICTS
from kmedoids_bench.experiments.publishing.published import read_context
from kmedoids_bench.experiments.report.claims_section import read_verdicts
from kmedoids_bench.experiments.report.outputs import TEMPLATES
from kmedoids_bench.experiments.rows.keys import OURS


def page(folder: Path) -> str:
    """Write the page for the runs in a folder: all folders in it with a report. Raises Trouble if there are none."""
    runs = [_run(path.parent) for path in sorted(folder.glob("*/report.html"))]
    if not runs:
        raise Trouble(f"{folder} has no published run", "make publish PROFILE=<name> writes one")
    # Runs that decide claims come first.
    runs.sort(key=lambda run: not run["counts"])
    return TEMPLATES.get_template("index.html.j2").render(runs=runs)


def _run(folder: Path) -> dict[str, Any]:
    with reading(folder / "tables", "a folder of tables of this version", "write them again: kmedoids-bench redraw"):
        lines = pd.read_csv(folder / "tables" / "run_headlines.csv", keep_default_na=False)
        what, *headlines = lines[["value", "words"]].itertuples(index=False, name=None)
    counts = []
    if (folder / "tables" / "claims_verdicts.csv").exists():
        verdicts = read_verdicts(folder)
        ours = verdicts.loc[verdicts["code_base"] == OURS, "verdict"].value_counts()
        counts = [(verdict, ours[verdict]) for verdict in VERDICTS if verdict in ours]
    return {
        "name": folder.name,
        "title": read_context(folder).title,
        "what": what[1],
        "headlines": headlines,
        "counts": counts,
        "figures": (folder / "figures").is_dir(),
    }
