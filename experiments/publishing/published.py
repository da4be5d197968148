"""Published runs: what a reader needs to check a report without measuring, small enough to be kept in the repository.

A folder of results/published holds

- ``rows.parquet``  every row the report is made of, the failed ones too
- ``run.json``      profile, machine, commit, and what each step of the run said
- ``report.html``, ``tables/``, ``figures/``  made from them, and made again by `read_run` and the same report code
"""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.report.context import DataSource, ReportContext, Unavailable
from kmedoids_bench.experiments.rows.reading import NESTED, rows_frame

ROWS, RUN = "rows.parquet", "run.json"
LARGEST_BYTES = 25_000_000  # of all published runs together: they are cloned with the code
KEPT = ("report.html", "tables", "figures")


def publish(rows: pd.DataFrame, context: ReportContext, results: Path, target: Path) -> Path:
    """Copy a run's results and its rows to a folder that is committed.

    Parameters
    ----------
    rows : DataFrame
        The rows the report was made of.
    context : ReportContext
        What the report was told.
    results : Path
        Folder of the report, the tables and the figures.
    target : Path
        Replaced if it is there.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    Trouble
        If there is nothing to publish, the code had changes that are not committed, or it is too large.
    """
    if rows.empty:
        raise Trouble("there are no current rows", "measure first, e.g. make paper")
    if context.dirty or bool(rows["dirty"].fillna(False).any()):
        raise Trouble("rows or report come from code that is not committed", "commit, and measure again")
    draft = target.with_name(f".{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    write_rows(rows, draft / ROWS)
    run = {"context": asdict(context)}
    (draft / RUN).write_text(json.dumps(run, indent=1, default=str) + "\n", encoding="utf-8")
    for name in KEPT:
        source = results / name
        if source.is_dir():
            # Vectors only: a png of each figure would double the size.
            shutil.copytree(source, draft / name, ignore=shutil.ignore_patterns("*.png"))
        else:
            shutil.copy(source, draft / name)
    size = sum(path.stat().st_size for path in draft.rglob("*") if path.is_file())
    if size > LARGEST_BYTES:
        shutil.rmtree(draft)
        raise Trouble(
            f"the run has {size / 1e6:.0f} MB, {LARGEST_BYTES / 1e6:.0f} MB are allowed", "publish a smaller profile"
        )
    shutil.rmtree(target, ignore_errors=True)
    draft.replace(target)
    return target


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as parquet; lists and dicts become JSON texts."""
    flat = rows.assign(**{name: rows[name].map(_text) for name in NESTED})
    flat.to_parquet(path, index=False, compression="zstd")


def read_run(folder: Path) -> tuple[pd.DataFrame, ReportContext]:
    """Read a published run: its rows, and what its report was told.

    Raises
    ------
    Trouble
        If the folder is not a published run.
    """
    try:
        flat = pd.read_parquet(folder / ROWS)
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble(f"{folder} is not a published run: {error}") from error
    records = flat.assign(**{name: flat[name].map(_parsed) for name in NESTED}).to_dict("records")
    rows = rows_frame([{key: value for key, value in one.items() if not _missing(value)} for one in records])
    told = run["context"]
    context = ReportContext(**told)
    return rows, replace(
        context,
        datasets=[DataSource(**one) for one in told["datasets"]],
        unavailable=[Unavailable(**one) for one in told["unavailable"]],
        time_spent=[(what, seconds) for what, seconds in told["time_spent"]],
    )


def _text(value: object) -> str | None:
    return json.dumps(value) if isinstance(value, list | dict) else None


def _parsed(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else None


def _missing(value: Any) -> bool:
    return value is None or (not isinstance(value, list | dict) and bool(pd.isna(value)))
