"""The page that leads to all published runs: what each one is, its verdicts, and its most important numbers.

Runs that others have contributed lie in the folder ``contributed`` beside the project's own. The page lists all runs by
machine, because rows of one machine are never mixed with those of another.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble, reading
from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.claims.verdicts import VERDICTS
from kmedoids_bench.experiments.publishing import audit
from kmedoids_bench.experiments.publishing.published import ROWS, SUMS, check_sums, read_context
from kmedoids_bench.experiments.report.about_rows import commits
from kmedoids_bench.experiments.report.claims_section import read_verdicts
from kmedoids_bench.experiments.report.outputs import TEMPLATES
from kmedoids_bench.experiments.rows.keys import OURS

CONTRIBUTED = "contributed"  # the folder of runs that others have measured
MACHINE = ["machine", "cpu", "cores", "ram_bytes"]


def page(folder: Path) -> str:
    """Write the page for the runs in a folder: all folders in it with a report. Raises Trouble if there are none, or if
    a contributed run is damaged or was altered.
    """
    runs = [_run(path.parent, path.parent.name) for path in sorted(folder.glob("*/report.html"))]
    if not runs:
        raise Trouble(f"{folder} has no published run", "make publish PROFILE=<name> writes one")
    # Runs that decide claims come first.
    runs.sort(key=lambda run: not run["counts"])
    contributed = []
    for path in sorted((folder / CONTRIBUTED).glob("*/report.html")):
        check_sums(path.parent)
        contributed.append(_run(path.parent, f"{CONTRIBUTED}/{path.parent.name}"))
    machines = _by_machine(folder, [*runs, *contributed])
    audited = audit.summary(folder / audit.NAME) if (folder / audit.NAME / audit.PAGE).exists() else None
    template = TEMPLATES.get_template("index.html.j2")
    return template.render(runs=runs, audit=audited, contributed=contributed, machines=machines)


def _by_machine(folder: Path, runs: Sequence[dict]) -> list[tuple[str, list[dict]]]:
    """Put the runs of one machine together; a machine is named by processor, cores, memory and identity."""
    found = []
    for run in runs:
        first = pd.read_parquet(folder / run["name"] / ROWS, columns=MACHINE).iloc[0]
        ram = "" if pd.isna(first["ram_bytes"]) else f", {first['ram_bytes'] / 2**30:.0f} GiB"
        found.append((f"{first['cpu']}, {first['cores']} cores{ram} ({first['machine']})", run))
    return list(gathered(found).items())


def _run(folder: Path, name: str) -> dict[str, Any]:
    with reading(folder / "tables", "a folder of tables of this version", "write them again: kmedoids-bench redraw"):
        lines = pd.read_csv(folder / "tables" / "run_headlines.csv", keep_default_na=False)
        what, *headlines = lines[["value", "words"]].itertuples(index=False, name=None)
    counts = []
    if (folder / "tables" / "claims_verdicts.csv").exists():
        verdicts = read_verdicts(folder)
        ours = verdicts.loc[verdicts["code_base"] == OURS, "verdict"].value_counts()
        counts = [(verdict, ours[verdict]) for verdict in VERDICTS if verdict in ours]
    return {
        "name": name,
        "title": read_context(folder).title,
        "commit": ", ".join(commits(pd.read_parquet(folder / ROWS, columns=["commit", "dirty"]))),
        "sums": (folder / SUMS).exists(),
        "what": what[1],
        "headlines": headlines,
        "counts": counts,
        "figures": (folder / "figures").is_dir(),
    }
